package org.primum.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.fairness.metric.GroupRate;
import org.primum.fairness.policy.Group;
import org.primum.gate.Comparison;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;

/// What equal predictive values and equal hit rates would force on the groups of a table, at the
/// base rates of these data.
///
/// Given how many have the outcome (p), the share of flags that are right (ppv) and the share of
/// those with the outcome who are found (tpr), the false positive rate has no freedom left: `fpr =
/// p / (1 - p) * (1 - ppv) / ppv * tpr`. So with unequal p, equal ppv and tpr mean unequal fpr.
/// Chouldechova 2017, *Fair prediction with disparate impact*, equation 2.6,
/// [arXiv:1703.00056](https://arxiv.org/abs/1703.00056).
///
/// @param table name of the groups' table
/// @param reference the group whose ppv and tpr all others are given
/// @param groups the reference first
public record BaseRateConflict(String table, String reference, List<Implied> groups) {

  public BaseRateConflict {
    groups = List.copyOf(groups);
  }

  /// @param baseRate of the group, strictly between 0 and 1
  /// @param fpr as measured
  /// @param implied the fpr it would have with the reference's ppv and tpr
  public record Implied(String group, double baseRate, double fpr, double implied) {}

  /// The false positive rate that a base rate forces.
  ///
  /// @param baseRate in (0, 1)
  /// @param ppv in (0, 1]
  /// @param tpr in [0, 1]
  /// @return not negative; above 1 where no model can have the three at once
  static double impliedFpr(double baseRate, double ppv, double tpr) {
    return baseRate / (1 - baseRate) * (1 - ppv) / ppv * tpr;
  }

  /// Empty where the reference has no ppv or tpr, or there is nobody to hold against it.
  static Optional<BaseRateConflict> of(GroupTable table, List<Measurement> metrics) {
    String reference = table.reference().name();
    Optional<Double> ppv = value(metrics, GroupRate.PPV, reference).filter(v -> v > 0);
    Optional<Double> tpr = value(metrics, GroupRate.TPR, reference);
    if (ppv.isEmpty() || tpr.isEmpty()) {
      return Optional.empty();
    }
    List<Implied> groups = new ArrayList<>();
    for (Group group : table.groups().keySet()) {
      Optional<Double> rate =
          value(metrics, GroupRate.BASE_RATE, group.name()).filter(p -> p > 0 && p < 1);
      Optional<Double> fpr = value(metrics, GroupRate.FPR, group.name());
      if (rate.isPresent() && fpr.isPresent()) {
        double implied = impliedFpr(rate.get(), ppv.get(), tpr.get());
        Implied one = new Implied(group.name(), rate.get(), fpr.get(), implied);
        groups.add(group.equals(table.reference()) ? 0 : groups.size(), one);
      }
    }
    boolean held = groups.size() > 1 && groups.getFirst().group().equals(reference);
    return held
        ? Optional.of(new BaseRateConflict(table.name(), reference, groups))
        : Optional.empty();
  }

  private static Optional<Double> value(List<Measurement> metrics, GroupRate rate, String group) {
    return metrics.stream()
        .filter(m -> m.metric().equals(rate.id()) && m.group().equals(group))
        .filter(m -> m.comparison() instanceof Comparison.Alone)
        .findFirst()
        .flatMap(m ->
            m.value() instanceof Measure.Known(double value)
                ? Optional.of(value)
                : Optional.empty());
  }

  /// Whether the groups would be moved apart by half a person of 100 or more.
  public boolean matters() {
    return Math.abs(farthest().implied() - groups.getFirst().implied()) >= 0.005;
  }

  /// The group that equal ppv and tpr would move the farthest from the reference.
  public Implied farthest() {
    double own = groups.getFirst().implied();
    return groups.stream()
        .max(java.util.Comparator.comparingDouble(g -> Math.abs(g.implied() - own)))
        .orElseThrow();
  }
}
