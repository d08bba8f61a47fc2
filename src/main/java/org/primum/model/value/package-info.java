/// Values of model files, pulled one after another from JSON or UBJSON, with bounded memory
/// whatever the bytes say.
@NullMarked
package org.primum.model.value;

import org.jspecify.annotations.NullMarked;
