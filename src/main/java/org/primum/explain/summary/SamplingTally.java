package org.primum.explain.summary;

import org.primum.explain.value.SamplingErrors;

/// What is said of many rows' [SamplingErrors]: a commutative monoid, as [ShapleyTally] is.
///
/// @param exactRows rows all of whose values are exact
/// @param coalitions how many all rows asked for
/// @param maxError the largest standard error of a value
/// @param maxCondition the largest condition number of a row's regression, at least 1
public record SamplingTally(long exactRows, long coalitions, double maxError, double maxCondition) {

  /// Of no rows.
  public static final SamplingTally NONE = new SamplingTally(0, 0, 0, 1);

  public SamplingTally {
    if (exactRows < 0 || coalitions < 0 || !(maxError >= 0) || !(maxCondition >= 1)) {
      throw new IllegalArgumentException("counts and errors are not negative");
    }
  }

  /// With the rows of another.
  public SamplingTally plus(SamplingTally other) {
    return new SamplingTally(
        exactRows + other.exactRows,
        coalitions + other.coalitions,
        Math.max(maxError, other.maxError),
        Math.max(maxCondition, other.maxCondition));
  }

  /// With more rows.
  public SamplingTally plus(SamplingErrors errors) {
    SamplingTally sum = this;
    for (int row = 0; row < errors.rows(); row++) {
      double largest = errors.largest(row);
      sum =
          sum.plus(
              new SamplingTally(
                  largest == 0 ? 1 : 0, errors.coalitions(row), largest, errors.condition(row)));
    }
    return sum;
  }
}
