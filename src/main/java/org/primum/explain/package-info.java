/// Exact Shapley values of tree ensembles and linear models, and what is said of many of them.
@NullMarked
package org.primum.explain;

import org.jspecify.annotations.NullMarked;
