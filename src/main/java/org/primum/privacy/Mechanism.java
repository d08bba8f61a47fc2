package org.primum.privacy;

import org.primum.privacy.noise.DiscreteGaussian;
import org.primum.privacy.noise.DiscreteLaplace;
import org.primum.privacy.noise.IntegerNoise;
import org.primum.privacy.noise.Rational;

/// Noise that keeps an integer answer of some sensitivity to a privacy loss.
///
/// @param sensitivity above zero
public record Mechanism(Sensitivity sensitivity, PrivacyLoss loss, IntegerNoise noise) {

  /// The noise for a loss: discrete Laplace of scale `L1 / epsilon` for pure differential privacy,
  /// discrete Gaussian of `sigma2 = L2^2 / (2 rho)` for zCDP. Both are exact fractions: nothing is
  /// rounded, so nothing is rounded the wrong way.
  ///
  /// @throws IllegalArgumentException where the sensitivity is zero: the answer is then public, and
  ///   noise of scale zero would only look like protection
  public static Mechanism of(Sensitivity sensitivity, PrivacyLoss loss) {
    if (sensitivity.l1().signum() <= 0) {
      throw new IllegalArgumentException(
          "one patient cannot change this answer, so it needs no budget; leave the query out");
    }
    return new Mechanism(sensitivity, loss, noise(sensitivity, loss));
  }

  private static IntegerNoise noise(Sensitivity sensitivity, PrivacyLoss loss) {
    Rational amount = Rational.of(loss.amount());
    return switch (loss) {
      case PrivacyLoss.Pure _ ->
          new DiscreteLaplace(Rational.of(sensitivity.l1()).dividedBy(amount));
      case PrivacyLoss.ZeroConcentrated _ ->
          new DiscreteGaussian(
              Rational.of(sensitivity.l2Squared()).dividedBy(amount.times(Rational.of(2))));
    };
  }

  /// The name in files.
  public String name() {
    return switch (noise) {
      case DiscreteLaplace _ -> "discrete-laplace";
      case DiscreteGaussian _ -> "discrete-gaussian";
    };
  }

  /// The exact parameter, `scale 2/3` or `sigma2 50`, in steps of the answer's grid.
  public String parameter() {
    return switch (noise) {
      case DiscreteLaplace(Rational scale) -> "scale " + scale;
      case DiscreteGaussian gaussian -> "sigma2 " + gaussian.sigma2();
    };
  }

  /// How far the noise spreads, for display: the scale of the Laplace, sigma of the Gaussian, in
  /// units of the answer.
  public double scale() {
    return switch (noise) {
      case DiscreteLaplace(Rational scale) -> Accuracy.toDouble(scale);
      case DiscreteGaussian gaussian -> Math.sqrt(Accuracy.toDouble(gaussian.sigma2()));
    };
  }
}
