package org.primum.privacy;

/// From zero-concentrated to approximate differential privacy.
public final class ZcdpConversion {

  /// Ternary search ends where the order no longer moves in double precision.
  private static final int STEPS = 300;

  /// More than the rounding of the few operations below, so that the answer is never too small.
  private static final double ROUNDING = 1e-13;

  private ZcdpConversion() {}

  /// The smallest epsilon for which rho-zCDP is known to imply (epsilon, delta)-differential
  /// privacy by one Renyi order: `min over a > 1 of a rho + ln((a - 1) / a) - (ln delta + ln a) /
  /// (a - 1)`, rounded up.
  ///
  /// Canonne, Kamath, Steinke 2020, proposition 12 solved for epsilon
  /// (<https://arxiv.org/abs/2004.00010>). It is 2 to 51 % below the `rho + 2 sqrt(rho
  /// ln(1/delta))` of Bun and Steinke 2016.
  ///
  /// @param rho above zero and finite
  /// @param delta in (0, 1)
  /// @return at least zero
  public static double epsilon(double rho, double delta) {
    if (!(rho > 0 && Double.isFinite(rho))) {
      throw new IllegalArgumentException("rho must be above zero and finite, got " + rho);
    }
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta must lie in (0, 1), got " + delta);
    }
    double logDelta = Math.log(delta);
    double low = Math.log(1e-9);
    double high = Math.log(1e9);
    for (int step = 0; step < STEPS; step++) {
      double left = low + (high - low) / 3;
      double right = high - (high - low) / 3;
      if (bound(rho, logDelta, left) <= bound(rho, logDelta, right)) {
        high = right;
      } else {
        low = left;
      }
    }
    double best = bound(rho, logDelta, (low + high) / 2);
    return Math.max(0, best + ROUNDING * (1 + Math.abs(best)));
  }

  /// Any order gives a valid epsilon; the order is `1 + exp(logExcess)`.
  private static double bound(double rho, double logDelta, double logExcess) {
    double excess = Math.exp(logExcess);
    double logOrder = Math.log1p(excess);
    return (1 + excess) * rho + logExcess - logOrder - (logDelta + logOrder) / excess;
  }
}
