/// Protobuf messages, pulled field by field with bounded memory whatever the bytes say.
@NullMarked
package org.primum.model.wire;

import org.jspecify.annotations.NullMarked;
