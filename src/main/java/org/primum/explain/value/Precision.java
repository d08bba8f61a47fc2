package org.primum.explain.value;

/// In which arithmetic the values of trees are added.
public enum Precision {
  /// What a tree gives to a feature below one split in float32, all else in float64: within 2e-7 of
  /// the exact values on the scale of a margin of 1, and many times as fast.
  MIXED,
  /// Float64 throughout.
  FLOAT64
}
