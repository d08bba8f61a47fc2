/// Scores against outcomes, from histograms: ROC curve, average precision, and how two groups'
/// scores differ.
@NullMarked
package org.primum.fairness.statistics.score;

import org.jspecify.annotations.NullMarked;
