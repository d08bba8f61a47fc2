package org.primum.gate;

/// How strongly the data speaks for what a rule wants proven.
public sealed interface Significance {

  /// The rule was decided without chance: by a value alone, or not at all.
  record None() implements Significance {}

  /// @param p the smallest level at which the interval of this question alone proves it: harm, or
  ///   safety where the rule has to show it; at least 1e-12
  /// @param adjusted the smallest level of the whole family at which it counts as proven
  record Known(double p, double adjusted) implements Significance {
    public Known {
      if (!(p > 0 && p <= 1 && adjusted > 0 && adjusted <= 1)) {
        throw new IllegalArgumentException("p-values " + p + " and adjusted " + adjusted);
      }
    }
  }
}
