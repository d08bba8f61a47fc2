/// Exact noise: samplers in integers only, fed with cryptographic bits.
///
/// Nothing in here knows a floating-point number, and a test reads the byte code to keep it so:
/// noise made from doubles leaves gaps that tell neighbouring datasets apart (Mironov 2012, *On
/// significance of the least significant bits for differential privacy*).
@NullMarked
package org.primum.privacy.noise;

import org.jspecify.annotations.NullMarked;
