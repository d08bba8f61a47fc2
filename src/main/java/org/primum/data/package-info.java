/// Tables as every floor above sees them: schema, columns in batches, digests. No file format is
/// known here.
@NullMarked
package org.primum.data;

import org.jspecify.annotations.NullMarked;
