package org.primum.fairness;

import java.util.OptionalLong;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// Puts what is known into questions, or into findings where there is nothing to ask: who is
/// compared with whom, by which names, and why not.
record Phrasing(FairnessPolicy policy, Rule rule, Threshold limit, GroupTable table) {

  /// What everyone but a group is called.
  private static final String REST = "rest";

  static Phrasing of(Asking asking) {
    return new Phrasing(asking.policy(), asking.rule(), asking.limit(), asking.table());
  }

  Question open(Group group, Contrast contrast, Estimate p) {
    String other =
        switch (rule.compare()) {
          case NONE -> group.name();
          case DIFFERENCE, RATIO, LOG_RATIO, ABS_DIFFERENCE, WORST, MAX_MIN, MIN_MAX_RATIO ->
              table.reference().name();
          case VS_OVERALL -> "everyone";
          case VS_REST -> "everyone else";
          case BASELINE -> "the model in use";
        };
    var between = new Question.Between(group.name(), other);
    long rows = p.support().rows();
    return new Question.Open(
        rule, limit, table.name(), group.name(), comparison(), contrast, rows, between);
  }

  /// A question of all groups at once.
  Question together(Comparison with, Contrast contrast, long rows, Question.Between between) {
    return new Question.Open(
        rule, limit, table.name(), table.name(), with, contrast, rows, between);
  }

  Comparison comparison() {
    return switch (rule.compare()) {
      case NONE -> new Comparison.Alone();
      case DIFFERENCE, RATIO, LOG_RATIO, ABS_DIFFERENCE, WORST ->
          new Comparison.With(rule.compare().id(), table.reference().name());
      case MAX_MIN, MIN_MAX_RATIO -> new Comparison.With(rule.compare().id(), "all");
      case VS_OVERALL -> new Comparison.With(rule.compare().id(), Measurement.OVERALL);
      case VS_REST -> new Comparison.With(rule.compare().id(), REST);
      case BASELINE -> new Comparison.With(rule.compare().id(), Baseline.NAME);
    };
  }

  /// There is no number.
  Question undefined(String group, String reason, long rows) {
    return new Question.Settled(
        settled(group, reason, policy.defaults().onUndefined().status(), rows));
  }

  /// Nobody was there to ask of.
  Question notEvaluated(String why) {
    return new Question.Settled(
        settled(table.name(), "rule not evaluated: " + why, Status.FAIL, 0));
  }

  Finding settled(String group, String reason, Status status, long rows) {
    OptionalLong n =
        rows > 0 && rows < policy.suppressBelow() ? OptionalLong.empty() : OptionalLong.of(rows);
    Measurement measurement =
        new Measurement(
            rule.metric().id(),
            group,
            comparison(),
            new Measure.Unknown(reason),
            new Interval.None(),
            n);
    return new Finding(
        rule.id(), measurement, limit, rule.decide().id(), status, rule.severity(), reason);
  }

  /// A number that is not there, or too small to be told.
  static Finding untold(Rule rule, Threshold limit, String group, Estimate estimate) {
    String reason =
        estimate instanceof Estimate.Undefined(String why, var _)
            ? why
            : "insufficient: too few rows to be shown";
    Measurement none =
        new Measurement(
            rule.metric().id(),
            group,
            new Comparison.Alone(),
            new Measure.Unknown(reason),
            new Interval.None(),
            OptionalLong.empty());
    return new Finding(
        rule.id(), none, limit, rule.decide().id(), Status.INCONCLUSIVE, rule.severity(), reason);
  }
}
