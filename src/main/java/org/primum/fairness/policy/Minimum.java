package org.primum.fairness.policy;

import org.primum.gate.ConfigInvalidException;

/// How many rows the denominator of a metric needs before a rule judges it; weighted rows count by
/// Kish's effective sample size.
///
/// @param n of selection rate, accuracy, base rate, ppv and npv
/// @param positives of tpr and fnr
/// @param negatives of fpr and tnr
public record Minimum(double n, double positives, double negatives) {

  /// What holds where a policy does not say.
  public static final Minimum USUAL = new Minimum(100, 30, 30);

  public Minimum {
    if (!(n >= 0 && positives >= 0 && negatives >= 0)) {
      throw new ConfigInvalidException("minimum: n, positives and negatives are not negative");
    }
  }
}
