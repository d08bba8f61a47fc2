/// Object storage: one interface, a directory and S3 behind it. The only home of the MinIO SDK.
@NullMarked
package org.primum.store;

import org.jspecify.annotations.NullMarked;
