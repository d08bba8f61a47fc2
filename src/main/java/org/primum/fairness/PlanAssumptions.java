package org.primum.fairness;

import java.util.Map;
import java.util.TreeMap;
import org.primum.fairness.metric.GroupRate;
import org.primum.fairness.policy.Metric;
import org.primum.gate.ConfigInvalidException;

/// What a plan takes to be true of patients nobody has seen yet.
///
/// @param baseRate share of patients with the outcome
/// @param rates assumed in the reference; those of other metrics follow from base rate, tpr and fpr
/// @param referenceRows rows of the reference for each row of the group
/// @param groups of an attribute whose groups the policy does not declare
/// @param gap how far beyond its limit the truth lies where harm is to be proven; 0 for as far as
///   the limit is from parity, or five points
public record PlanAssumptions(
    double baseRate, Map<Metric, Double> rates, double referenceRows, int groups, double gap) {

  /// A readmission model as there are many: 15 in 100 have the outcome, 70 of these and 10 of the
  /// others are flagged; groups of one size.
  public static final PlanAssumptions USUAL =
      new PlanAssumptions(0.15, Map.of(Metric.TPR, 0.7, Metric.FPR, 0.1), 1, 5, 0);

  public PlanAssumptions {
    Map<Metric, Double> all = new TreeMap<>(rates);
    all.putIfAbsent(Metric.TPR, complement(all, Metric.FNR, 0.7));
    all.putIfAbsent(Metric.FPR, complement(all, Metric.TNR, 0.1));
    rates = Map.copyOf(all);
    boolean shares =
        baseRate > 0 && baseRate < 1 && rates.values().stream().allMatch(r -> r > 0 && r < 1);
    if (!shares) {
      throw new ConfigInvalidException("a plan assumes rates between 0 and 1, without either");
    }
    if (!(referenceRows > 0 && referenceRows <= 1000 && groups > 1 && gap >= 0)) {
      throw new ConfigInvalidException(
          "a plan assumes a reference of up to 1,000 rows a row, two groups or more, and no negative"
              + " gap");
    }
  }

  private static double complement(Map<Metric, Double> rates, Metric other, double usual) {
    Double known = rates.get(other);
    return known == null ? usual : 1 - known;
  }

  /// The rate of a metric in the reference.
  double rate(Metric metric) {
    Double known = rates.get(metric);
    if (known != null) {
      return known;
    }
    double tpr = rate(Metric.TPR);
    double fpr = rate(Metric.FPR);
    double found = baseRate * tpr;
    double alarms = (1 - baseRate) * fpr;
    return switch (metric) {
      case FNR -> 1 - tpr;
      case TNR -> 1 - fpr;
      case SELECTION_RATE -> found + alarms;
      case PPV -> found / (found + alarms);
      case FDR -> alarms / (found + alarms);
      case FOR -> (baseRate - found) / (1 - found - alarms);
      case NPV -> 1 - (baseRate - found) / (1 - found - alarms);
      case ACCURACY -> 1 - baseRate + found - alarms;
      case ERROR_RATE -> baseRate - found + alarms;
      case BASE_RATE -> baseRate;
      default -> throw new IllegalStateException(metric.id() + " is not planned");
    };
  }

  /// Whether the number of rows that a metric needs follows from its rate alone.
  static boolean isPlanned(Metric metric) {
    return GroupRate.of(metric).isPresent()
        && metric != Metric.LABEL_MISSING_RATE
        && metric != Metric.PREDICTION_MISSING_RATE;
  }

  /// The share of patients that are in the denominator of a metric.
  double share(Metric metric) {
    double selected = rate(Metric.SELECTION_RATE);
    return switch (metric) {
      case TPR, FNR -> baseRate;
      case FPR, TNR -> 1 - baseRate;
      case PPV, FDR -> selected;
      case NPV, FOR -> 1 - selected;
      default -> 1;
    };
  }
}
