package org.primum.step.audit;

import java.util.ArrayList;
import java.util.List;
import org.primum.data.NumberColumn;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.policy.Rule;
import org.primum.gate.Threshold;
import org.primum.report.DotIntervals.Unit;

/// A rule of a fairness policy in words, for those who do not know its ids.
record RuleWords(Rule rule) {

  /// What the metric asks, with the names the literature and the policy have for it.
  String metric() {
    return switch (rule.metric().id()) {
      case "tpr" -> "who is found (true positive rate, tpr)";
      case "fnr" -> "who is missed (false negative rate, fnr)";
      case "fpr" -> "who is flagged by mistake (false positive rate, fpr)";
      case "tnr" -> "who is rightly left alone (true negative rate, tnr)";
      case "selection_rate" -> "who is flagged (selection rate)";
      case "ppv" -> "how often a flag is right (positive predictive value, ppv)";
      case "npv" -> "how often no flag is right (negative predictive value, npv)";
      case "base_rate" -> "who has the outcome (base rate)";
      case "accuracy" -> "how often the prediction is right (accuracy)";
      case "missing_rate" -> "how many rows have no value (missing rate)";
      default -> meaning() + " (" + rule.metric().id() + ")";
    };
  }

  /// The catalogue's words, with the number behind the `@` in its place, without the notes that
  /// follow.
  private String meaning() {
    String meaning = rule.metric().metric().meaning();
    String first = meaning.split("; |, as in |, in the unit of |: at equal score", 2)[0];
    String named =
        switch (rule.metric().argument()) {
          case MetricRef.Argument.At(double value) ->
              first.replaceAll("`@[a-z]`", NumberColumn.format(value));
          case MetricRef.Argument.None _,
              MetricRef.Argument.Alpha _,
              MetricRef.Argument.OfColumn _,
              MetricRef.Argument.OfClass _,
              MetricRef.Argument.OfCell _,
              MetricRef.Argument.OfRate _ ->
              first;
        };
    return named.replace("`", "");
  }

  /// The whole rule: metric, comparison and limits.
  String all() {
    List<String> limits = new ArrayList<>();
    rule.limits().stream()
        .filter(limit -> !(limit instanceof Threshold.Present))
        .forEach(limit -> limits.add(limit(limit)));
    String alike = rule.within() == Rule.Within.CONDITION ? ", in each stratum" : "";
    return metric() + ", " + comparison() + alike + ": " + String.join(", ", limits);
  }

  /// One limit, e.g. `at least −10 points`.
  String limit(Threshold limit) {
    return switch (limit) {
      case Threshold.AtLeast(double min) -> "at least " + number(min);
      case Threshold.AtMost(double max) -> "at most " + number(max);
      case Threshold.Present() -> "there";
    };
  }

  /// A limit with its unit, in full, never rounded.
  String number(double limit) {
    double times = unit() == Unit.PLAIN ? 1 : 100;
    String text = NumberColumn.format(Math.rint(limit * times * 1e9) / 1e9).replace('-', '−');
    return switch (unit()) {
      case PLAIN -> text;
      case PERCENT -> text + " %";
      case POINTS -> text + " points";
    };
  }

  /// The unit of what the rule holds against its limits.
  Unit unit() {
    return switch (rule.compare()) {
      case NONE -> unitAlone();
      case DIFFERENCE, ABS_DIFFERENCE, WORST, MAX_MIN, VS_OVERALL, VS_REST, BASELINE ->
          unitAlone() == Unit.PERCENT ? Unit.POINTS : Unit.PLAIN;
      case RATIO, LOG_RATIO, MIN_MAX_RATIO -> Unit.PLAIN;
    };
  }

  /// The unit of the metric of one group: shares of people are told in percent.
  Unit unitAlone() {
    return switch (rule.metric().metric().family()) {
      case RATE, DATA -> Unit.PERCENT;
      case SCORE, CALIBRATION, CLINICAL, REGRESSION, COMPOSITE, INEQUALITY, OMNIBUS, PROXY ->
          Unit.PLAIN;
    };
  }

  private String comparison() {
    return switch (rule.compare()) {
      case NONE ->
          rule.metric().metric().scope() == Metric.Scope.TABLE
              ? "over all groups at once"
              : "in each group";
      case DIFFERENCE -> "each group minus the reference";
      case RATIO -> "each group over the reference";
      case LOG_RATIO -> "the logarithm of each group over the reference";
      case ABS_DIFFERENCE -> "how far each group is from the reference";
      case WORST -> "how far the group farthest from the reference is";
      case MAX_MIN -> "the highest group minus the lowest";
      case MIN_MAX_RATIO -> "the lowest group over the highest";
      case VS_OVERALL -> "each group minus everyone";
      case VS_REST -> "each group minus everyone else";
      case BASELINE -> "each group minus the same group under the model in use";
    };
  }
}
