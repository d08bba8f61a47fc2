/// Explanations: shards of rows, their Shapley values and interactions, what is said and drawn of
/// them, and one patient's own.
@NullMarked
package org.primum.step.explanation;

import org.jspecify.annotations.NullMarked;
