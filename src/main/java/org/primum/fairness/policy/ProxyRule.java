package org.primum.fairness.policy;

import java.util.List;
import org.primum.fairness.policy.Rule.Compare;
import org.primum.fairness.policy.Rule.Decide;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Threshold;

/// What a rule on a metric of what tells the group can ask: that it tells the group no better than
/// a limit.
public final class ProxyRule {

  private static final double NOTHING_TOLD = 0.5;

  private ProxyRule() {}

  /// The numbers that a rule bounds: of the column it names, or of each of the policy's proxies
  /// where it names none.
  public static List<MetricRef> asked(Rule rule, Context context) {
    boolean each =
        rule.metric().metric().isOfColumn()
            && rule.metric().argument() instanceof MetricRef.Argument.None;
    return each
        ? context.proxies().stream().map(column -> of(rule, column)).toList()
        : List.of(rule.metric());
  }

  private static MetricRef of(Rule rule, Attribute column) {
    return new MetricRef(rule.metric().metric(), new MetricRef.Argument.OfColumn(column.name()));
  }

  /// Whether a metric is one number of all groups, and not one of each.
  public static boolean isOfTable(Metric metric) {
    return metric == Metric.CRAMERS_V || metric == Metric.MUTUAL_INFORMATION;
  }

  /// How many decisions a rule plans.
  ///
  /// @param groups how many there are
  public static int decisions(Rule rule, Context context, int groups) {
    return asked(rule, context).size() * (isOfTable(rule.metric().metric()) ? 1 : groups);
  }

  /// Refuses what such a rule cannot ask.
  static void check(
      String where, Metric metric, Compare compare, List<Threshold> limits, Decide decide) {
    if (compare != Compare.NONE) {
      throw new ConfigInvalidException(
          where
              + ": "
              + metric.id()
              + (isOfTable(metric)
                  ? " is one number of all groups"
                  : " already holds each group against everyone else")
              + "; leave compare and against out");
    }
    if (metric.method() == Metric.Method.P_VALUE && decide != Decide.POINT) {
      throw new ConfigInvalidException(
          where + ": " + metric.id() + " is a p-value; say decide: point");
    }
    for (Threshold limit : limits) {
      checkLimit(where, metric, limit);
    }
  }

  private static void checkLimit(String where, Metric metric, Threshold limit) {
    boolean p = metric.method() == Metric.Method.P_VALUE;
    boolean sided = metric == Metric.AUC_SENSITIVE_FROM_SCORE;
    if (limit instanceof Threshold.AtLeast(double min)) {
      if (!p && !sided) {
        throw new ConfigInvalidException(
            where + ": " + metric.id() + " takes max; min would ask that the group is told");
      }
      if (min > (sided ? NOTHING_TOLD : 1)) {
        throw new ConfigInvalidException(where + ": min " + min + " asks that the group is told");
      }
    }
    if (limit instanceof Threshold.AtMost(double max)) {
      if (p) {
        throw new ConfigInvalidException(
            where + ": " + metric.id() + " takes min; a small p-value speaks for dependence");
      }
      boolean area = metric.id().startsWith("auc_");
      if (max < (area ? NOTHING_TOLD : 0)) {
        throw new ConfigInvalidException(
            where
                + ": max "
                + max
                + " of "
                + metric.id()
                + (area ? "; 0.5 is not told at all" : "; it is never below 0"));
      }
    }
  }

  /// Refuses a rule on what the policy does not count.
  static void require(Rule rule, Context context) {
    String where = "rules." + rule.id() + ".metric: " + rule.metric().id();
    List<String> names = context.proxies().stream().map(Attribute::name).toList();
    if (rule.metric().metric().isOfColumn() && names.isEmpty()) {
      throw new ConfigInvalidException(
          where + " is of columns that may tell a group; name them in proxies.columns");
    }
    if (rule.metric().argument() instanceof MetricRef.Argument.OfColumn(String column)
        && !names.contains(column)) {
      throw new ConfigInvalidException(
          where + " names none of proxies.columns, which are " + String.join(", ", names));
    }
    boolean asked =
        switch (rule.metric().metric()) {
          case AUC_SENSITIVE_FROM_ALL -> context.together() != Context.Together.NOT_ASKED;
          case AUC_SENSITIVE_FROM_ALL_WITH_SCORE ->
              context.together() == Context.Together.INPUTS_AND_SCORE;
          default -> true;
        };
    if (!asked) {
      boolean score = rule.metric().metric() == Metric.AUC_SENSITIVE_FROM_ALL_WITH_SCORE;
      throw new ConfigInvalidException(
          where
              + " is fit on rows, which is done only where it is asked for: say proxies.together: "
              + (score ? "inputs-and-score" : "inputs"));
    }
  }
}
