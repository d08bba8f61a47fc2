package org.primum.explain.drift;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/// What a number came to where chance alone decided, many times.
final class ChanceDraws {

  /// Draws that quantiles of one in a hundred are read from.
  static final int LEAST = 199;

  private static final double NEAR = 0.1;
  private static final double FAR = 0.01;

  private final double[] sorted;

  private ChanceDraws(double[] sorted) {
    this.sorted = sorted;
  }

  /// @param count at least [#LEAST]
  static ChanceDraws of(int count, DoubleSupplier draw) {
    double[] draws = new double[count];
    Arrays.setAll(draws, _ -> draw.getAsDouble());
    Arrays.sort(draws);
    return new ChanceDraws(draws);
  }

  /// What chance exceeds in a share `alpha` of samples.
  ///
  /// A quantile that the draws do not reach goes on from those of one in ten and one in a hundred
  /// as an exponential distribution does, whose tail is heavier than that of a sum of many rows.
  double quantile(double alpha) {
    if (Math.ceil((sorted.length + 1) * (1 - alpha)) <= sorted.length) {
      return read(alpha);
    }
    double near = read(NEAR);
    double far = read(FAR);
    return near + (far - near) * Math.log(NEAR / alpha) / Math.log(NEAR / FAR);
  }

  private double read(double alpha) {
    return sorted[(int) Math.ceil((sorted.length + 1) * (1 - alpha)) - 1];
  }
}
