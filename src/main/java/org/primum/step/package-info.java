/// The steps: each reads its inputs, calls one pure function of the domain, and writes what came of
/// it.
@NullMarked
package org.primum.step;

import org.jspecify.annotations.NullMarked;
