/// The gate, the registry of models in use, and what moves its pointers.
@NullMarked
package org.primum.step.release;

import org.jspecify.annotations.NullMarked;
