/// What explanations consist of: values, interactions, groups of features, what is handed on of
/// them.
@NullMarked
package org.primum.explain.value;

import org.jspecify.annotations.NullMarked;
