package org.primum.explain.drift;

import org.primum.random.CounterRandom;
import org.primum.random.Draws;

/// Rows drawn anew from known counts.
final class Redrawn {

  private Redrawn() {}

  /// How many of `rows` rows fall to each count, as a multinomial distribution has it.
  ///
  /// @param counts at least 0, one of them above
  static double[] counts(CounterRandom random, double[] counts, double rows) {
    double[] drawn = new double[counts.length];
    double left = rows;
    double share = sum(counts);
    for (int i = 0; i < counts.length && left > 0; i++) {
      drawn[i] =
          counts[i] >= share ? left : Draws.binomial(random, left, Math.min(1, counts[i] / share));
      left -= drawn[i];
      share -= counts[i];
    }
    return drawn;
  }

  static double sum(double[] counts) {
    double sum = 0;
    for (double count : counts) {
      sum += count;
    }
    return sum;
  }
}
