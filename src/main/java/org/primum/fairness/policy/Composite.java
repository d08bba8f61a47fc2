package org.primum.fairness.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Threshold;

/// A number made of several comparisons at once. Where one part has no value, the composite has
/// none: AIF360 returns the other part.
public enum Composite {
  /// Small only where each part is small: a rule on it is the rules on its parts.
  EQUALIZED_ODDS(Metric.EQUALIZED_ODDS, true, Metric.TPR, Metric.FPR),
  EQUALIZED_ODDS_MEAN(Metric.EQUALIZED_ODDS_MEAN, false, Metric.TPR, Metric.FPR),
  AVERAGE_ABS_ODDS(Metric.AVERAGE_ABS_ODDS, false, Metric.TPR, Metric.FPR);

  private final Metric metric;
  private final boolean largest;
  private final Metric one;
  private final Metric other;

  Composite(Metric metric, boolean largest, Metric one, Metric other) {
    this.metric = metric;
    this.largest = largest;
    this.one = one;
    this.other = other;
  }

  public Metric metric() {
    return metric;
  }

  /// Whether it is the largest of its parts, not their mean.
  public boolean largest() {
    return largest;
  }

  /// The rates it is made of.
  public List<MetricRef> parts() {
    return List.of(MetricRef.of(one), MetricRef.of(other));
  }

  /// The composite that a metric is; empty where it is none.
  public static Optional<Composite> of(Metric metric) {
    return Arrays.stream(values()).filter(c -> c.metric == metric).findFirst();
  }

  /// The rules on the parts of a rule on this composite: each has to be met, so the composite is
  /// met where, and only where, all of them are. For a mean each part carries the same limit, and
  /// is only asked for its number.
  public List<Rule> partsOf(Rule rule) {
    Rule.Compare compare =
        switch (rule.compare()) {
          case NONE, DIFFERENCE -> Rule.Compare.ABS_DIFFERENCE;
          case ABS_DIFFERENCE,
              WORST,
              MAX_MIN,
              MIN_MAX_RATIO,
              VS_OVERALL,
              VS_REST,
              RATIO,
              LOG_RATIO,
              BASELINE ->
              rule.compare();
        };
    return parts().stream()
        .map(part -> rule.with(part, compare, bothSides(rule, compare)))
        .toList();
  }

  /// A part against everyone has a sign, and its limit holds in both directions.
  private static List<Threshold> bothSides(Rule rule, Rule.Compare compare) {
    boolean signed = compare == Rule.Compare.VS_OVERALL || compare == Rule.Compare.VS_REST;
    return signed && rule.limits().getFirst() instanceof Threshold.AtMost(double max)
        ? List.of(new Threshold.AtLeast(-max), new Threshold.AtMost(max))
        : rule.limits();
  }

  /// Refuses what a rule on a metric of more than one group cannot ask.
  static void check(
      String where,
      Metric metric,
      Rule.Compare compare,
      List<Threshold> limits,
      Rule.Decide decide) {
    switch (metric.scope()) {
      case GROUP -> {}
      case PAIR ->
          of(metric)
              .ifPresentOrElse(
                  composite -> checkPair(where, composite, compare, limits),
                  () -> checkDistance(where, metric, compare, limits));
      case TABLE, STRATA -> checkTable(where, metric, compare, decide);
      case COLUMN -> ProxyRule.check(where, metric, compare, limits, decide);
    }
  }

  private static void checkPair(
      String where, Composite composite, Rule.Compare compare, List<Threshold> limits) {
    String id = composite.metric.id();
    boolean everyone = compare == Rule.Compare.VS_OVERALL || compare == Rule.Compare.VS_REST;
    boolean odd =
        switch (compare) {
          case RATIO, LOG_RATIO, BASELINE -> true;
          case NONE,
              DIFFERENCE,
              MAX_MIN,
              MIN_MAX_RATIO,
              ABS_DIFFERENCE,
              WORST,
              VS_OVERALL,
              VS_REST ->
              false;
        };
    if (odd || (everyone && !composite.largest)) {
      throw new ConfigInvalidException(
          where
              + ": "
              + id
              + " takes compare abs_difference, worst, max_min or min_max_ratio"
              + (composite.largest ? ", vs_overall or vs_rest" : ""));
    }
    boolean ratio = compare == Rule.Compare.MIN_MAX_RATIO;
    for (Threshold limit : limits) {
      if (ratio != limit instanceof Threshold.AtLeast) {
        throw new ConfigInvalidException(
            where + ": " + id + " is never below 0, and takes max; as min_max_ratio it takes min");
      }
    }
  }

  /// A distance has no sign, and is of two groups.
  private static void checkDistance(
      String where, Metric metric, Rule.Compare compare, List<Threshold> limits) {
    boolean known =
        switch (compare) {
          case ABS_DIFFERENCE, WORST, VS_REST -> true;
          case NONE, DIFFERENCE, RATIO, LOG_RATIO, MAX_MIN, MIN_MAX_RATIO, VS_OVERALL, BASELINE ->
              false;
        };
    if (!known) {
      throw new ConfigInvalidException(
          where + ": " + metric.id() + " takes compare abs_difference, worst or vs_rest");
    }
    if (limits.stream().anyMatch(Threshold.AtLeast.class::isInstance)) {
      throw new ConfigInvalidException(
          where + ": " + metric.id() + " is never below 0, and takes max");
    }
  }

  private static void checkTable(
      String where, Metric metric, Rule.Compare compare, Rule.Decide decide) {
    if (compare != Rule.Compare.NONE) {
      throw new ConfigInvalidException(
          where + ": " + metric.id() + " compares groups by itself; leave compare out");
    }
    if (metric.method() == Metric.Method.P_VALUE && decide != Rule.Decide.POINT) {
      throw new ConfigInvalidException(
          where + ": " + metric.id() + " is a p-value; say decide: point");
    }
  }
}
