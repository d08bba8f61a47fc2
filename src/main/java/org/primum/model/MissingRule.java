package org.primum.model;

/// Which values a split takes as missing, and where it sends them.
public enum MissingRule {
  /// NaN goes left.
  NAN_LEFT,
  /// NaN goes right.
  NAN_RIGHT,
  /// NaN and values within 1e-35 of zero go left (LightGBM `zero_as_missing`).
  ZERO_LEFT,
  /// NaN and values within 1e-35 of zero go right.
  ZERO_RIGHT,
  /// Nothing is missing: NaN is read as 0 (LightGBM `use_missing=false`).
  NAN_IS_ZERO;

  /// LightGBM's `kZeroThreshold`.
  static final double ZERO_THRESHOLD = 1e-35;
}
