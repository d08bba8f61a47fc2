/// Shapley values of anything that can be asked: games of coalitions, drawn or enumerated.
@NullMarked
package org.primum.explain.sampling;

import org.jspecify.annotations.NullMarked;
