package org.primum.fairness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.ScoreScale;
import org.primum.fairness.tally.Tally;

/// What Fairlearn's MetricFrame says of groups, derived from what we say of them: our own number
/// wherever there is one, and Fairlearn's stand-in where a denominator is 0. A stand-in that enters
/// its minimum, maximum, difference or ratio is put in here too, so that every number it prints is
/// explained, the wrong ones as well.
///
/// @param groups by Fairlearn's names: the values with a bar between them
record FairlearnFrame(Map<String, GroupTally> groups) {

  static final List<String> METRICS =
      List.of(
          "selection_rate",
          "tpr",
          "fnr",
          "fpr",
          "tnr",
          "accuracy",
          "precision",
          "recall",
          "f1",
          "balanced_accuracy",
          "zero_one_loss",
          "mean_prediction");

  private static final AuditData.Target YES_OR_NO = Fixtures.cohortPolicy(false).data().target();

  /// @param of positions of attributes in the tally
  /// @param completeCases without the rows that have no value of any attribute of the tally
  static FairlearnFrame of(Tally tally, List<Integer> of, boolean completeCases) {
    Map<String, GroupTally> groups = new LinkedHashMap<>();
    tally
        .cells()
        .forEach((values, counts) -> {
          if (!(completeCases && values.contains(Attribute.MISSING))) {
            String name = String.join("|", of.stream().map(values::get).toList());
            groups.merge(name, counts, GroupTally::plus);
          }
        });
    return new FairlearnFrame(groups);
  }

  GroupTally everyone() {
    return groups.values().stream().reduce(GroupTally.NONE, GroupTally::plus);
  }

  GroupTally rest(String group) {
    return groups.entrySet().stream()
        .filter(g -> !g.getKey().equals(group))
        .map(Map.Entry::getValue)
        .reduce(GroupTally.NONE, GroupTally::plus);
  }

  Estimate ours(String metric, GroupTally group) {
    return new GroupMetrics(YES_OR_NO, everyone(), new ScoreScale.Exact())
        .estimate(MetricRef.of(metric(metric)), group);
  }

  private static Metric metric(String name) {
    return switch (name) {
      case "precision" -> Metric.PPV;
      case "recall" -> Metric.TPR;
      case "zero_one_loss" -> Metric.ERROR_RATE;
      case "mean_prediction" -> Metric.SELECTION_RATE;
      default -> Metric.find(name).orElseThrow();
    };
  }

  boolean defined(String metric) {
    return groups.values().stream().allMatch(g -> ours(metric, g).defined());
  }

  /// What Fairlearn prints for a group: 0 for 0/0, and for the balanced accuracy of one class the
  /// rate of that class.
  double theirs(String metric, GroupTally group) {
    if (metric.equals("count")) {
      return (double) group.n();
    }
    Estimate ours = ours(metric, group);
    if (ours.defined()) {
      return ours.value();
    }
    return metric.equals("balanced_accuracy")
        ? Math.max(orZero(ours("tpr", group)), orZero(ours("tnr", group)))
        : 0;
  }

  private static double orZero(Estimate estimate) {
    return estimate.defined() ? estimate.value() : 0;
  }

  double min(String metric) {
    return groups.values().stream().mapToDouble(g -> theirs(metric, g)).min().orElseThrow();
  }

  double max(String metric) {
    return groups.values().stream().mapToDouble(g -> theirs(metric, g)).max().orElseThrow();
  }

  /// Our own comparisons say it wherever no stand-in is in it.
  private boolean comparable(String metric) {
    return !metric.equals("count") && groups.size() > 1 && defined(metric);
  }

  private List<Estimate> estimates(String metric) {
    return groups.values().stream().map(g -> ours(metric, g)).toList();
  }

  double differenceBetweenGroups(String metric) {
    return comparable(metric)
        ? Contrast.range(estimates(metric), 1).point()
        : max(metric) - min(metric);
  }

  double ratioBetweenGroups(String metric) {
    return comparable(metric) && max(metric) > 0
        ? Contrast.ratioRange(estimates(metric), 1).point()
        : min(metric) / max(metric);
  }

  double differenceToOverall(String metric) {
    GroupTally everyone = everyone();
    ToDoubleFunction<String> difference =
        comparable(metric)
            ? g ->
                Contrast.overall(
                        ours(metric, tally(g)), ours(metric, rest(g)), ours(metric, everyone))
                    .point()
            : g -> theirs(metric, tally(g)) - theirs(metric, everyone);
    return groups.keySet().stream()
        .mapToDouble(g -> Math.abs(difference.applyAsDouble(g)))
        .max()
        .orElseThrow();
  }

  private GroupTally tally(String group) {
    return groups.getOrDefault(group, GroupTally.NONE);
  }

  /// The smaller of group over everyone and its inverse, of the worst group.
  double ratioToOverall(String metric) {
    double overall = theirs(metric, everyone());
    double worst = Double.NaN;
    for (GroupTally group : groups.values()) {
      double ratio = theirs(metric, group) / overall;
      double folded = ratio > 1 ? 1 / ratio : ratio;
      worst = Double.isNaN(worst) || folded < worst ? folded : worst;
    }
    return worst;
  }

  double value(String aggregate, String metric) {
    return switch (aggregate) {
      case "group_min" -> min(metric);
      case "group_max" -> max(metric);
      case "difference_between_groups" -> differenceBetweenGroups(metric);
      case "ratio_between_groups" -> ratioBetweenGroups(metric);
      case "difference_to_overall" -> differenceToOverall(metric);
      case "ratio_to_overall" -> ratioToOverall(metric);
      default -> throw new IllegalArgumentException(aggregate);
    };
  }

  /// Fairlearn's six functions: `demographic_parity_difference|between_groups`,
  /// `equalized_odds_ratio|to_overall|mean`.
  double function(String name) {
    List<String> parts = List.of(name.split("\\|", -1));
    String function = parts.getFirst();
    String aggregate =
        (function.endsWith("_ratio") ? "ratio_" : "difference_")
            + (parts.size() > 1 ? parts.get(1) : "between_groups");
    if (function.startsWith("demographic_parity")) {
      return value(aggregate, "selection_rate");
    }
    double tpr = value(aggregate, "tpr");
    if (function.startsWith("equal_opportunity")) {
      return tpr;
    }
    double fpr = value(aggregate, "fpr");
    if (parts.getLast().equals("mean")) {
      return (tpr + fpr) / 2;
    }
    return function.endsWith("_ratio") ? pythonMin(tpr, fpr) : pythonMax(tpr, fpr);
  }

  /// Python's `min`: keeps the first where the second is not smaller, so NaN wins only in front.
  private static double pythonMin(double first, double second) {
    return second < first ? second : first;
  }

  private static double pythonMax(double first, double second) {
    return second > first ? second : first;
  }
}
