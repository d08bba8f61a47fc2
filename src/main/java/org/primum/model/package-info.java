/// A trained model as a scorer of feature rows, and the forms (tree ensemble, linear) that
/// explanations read.
@NullMarked
package org.primum.model;

import org.jspecify.annotations.NullMarked;
