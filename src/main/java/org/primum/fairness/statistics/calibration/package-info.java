/// Predicted risks against what happened, from counts by score: observed over expected, intercept
/// and slope, binned errors.
@NullMarked
package org.primum.fairness.statistics.calibration;

import org.jspecify.annotations.NullMarked;
