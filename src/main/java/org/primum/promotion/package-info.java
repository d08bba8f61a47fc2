/// The decision to promote, and the pointer that says which model is current.
@NullMarked
package org.primum.promotion;

import org.jspecify.annotations.NullMarked;
