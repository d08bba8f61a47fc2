/// What a background counts to in trees, and the values of leaves against it.
@NullMarked
package org.primum.explain.background;

import org.jspecify.annotations.NullMarked;
