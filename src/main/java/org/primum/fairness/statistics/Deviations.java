package org.primum.fairness.statistics;

import java.util.Arrays;

/// How far a number lies from its value in each bootstrap replicate.
///
/// Two numbers from the same replicates say how much they vary together: groups that share
/// patients, or two models on the same patients.
public final class Deviations {

  /// Nothing was drawn.
  public static final Deviations NONE = new Deviations(new double[0]);

  /// A variance below this is nothing but rounding.
  private static final double NO_VARIANCE = 1e-20;

  private static final double ROUNDING = 1e-12;

  private final double[] deviations;

  private Deviations(double[] deviations) {
    this.deviations = deviations;
  }

  /// @param deviations one for each replicate, finite
  public static Deviations of(double[] deviations) {
    return new Deviations(deviations.clone());
  }

  /// The mean of two numbers of the same replicates; nothing where one was not drawn.
  public static Deviations mean(Deviations one, Deviations other) {
    if (one.deviations.length != other.deviations.length) {
      return NONE;
    }
    double[] mean = new double[one.deviations.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (one.deviations[i] + other.deviations[i]) / 2;
    }
    return new Deviations(mean);
  }

  public boolean drawn() {
    return deviations.length > 0;
  }

  /// The mean of the squared deviations; 0 where nothing was drawn, or nothing but rounding varies.
  public double variance() {
    double sum = 0;
    for (double deviation : deviations) {
      sum += deviation * deviation;
    }
    double variance = drawn() ? sum / deviations.length : 0;
    return variance < NO_VARIANCE ? 0 : variance;
  }

  /// The correlation with another number of the same replicates, in [-1, 1]. Within two standard
  /// errors of zero, `2 / sqrt(replicates)`, it is taken as zero: groups that share nobody have
  /// none. Zero too where one of them was not drawn or does not vary.
  public double correlation(Deviations other) {
    if (deviations.length != other.deviations.length || !drawn()) {
      return 0;
    }
    double product = 0;
    for (int i = 0; i < deviations.length; i++) {
      product += deviations[i] * other.deviations[i];
    }
    double scale = Math.sqrt(variance()) * Math.sqrt(other.variance()) * deviations.length;
    double correlation = scale > 0 ? Math.clamp(product / scale, -1, 1) : 0;
    if (Math.abs(correlation) < 2 / Math.sqrt(deviations.length)) {
      return 0;
    }
    return 1 - Math.abs(correlation) < ROUNDING ? Math.signum(correlation) : correlation;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Deviations replicates
        && Arrays.equals(deviations, replicates.deviations);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(deviations);
  }

  @Override
  public String toString() {
    return deviations.length + " replicates";
  }
}
