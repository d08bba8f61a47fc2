package org.primum.fairness.policy;

import org.primum.fairness.policy.Definition.Formula;
import org.primum.fairness.policy.Definition.Scale;
import org.primum.fairness.policy.Metric.Better;
import org.primum.fairness.policy.Metric.Family;
import org.primum.fairness.policy.Metric.Method;

/// The metrics of what it does for patients.
final class ClinicalDefinitions {

  static final Definition NET_BENEFIT =
      new Definition(
          Family.CLINICAL,
          "net_benefit",
          "true alerts less false ones, weighed by the odds of the threshold `@t`",
          new Formula(
              "tp/n - fp/n * t/(1 - t)",
              "rows with label and score",
              "no rows with label and score"),
          new Scale(Better.HIGHER, Double.NEGATIVE_INFINITY, 1),
          Method.MOVER,
          "Vickers, Elkin 2006");

  static final Definition STANDARDIZED_NET_BENEFIT =
      new Definition(
          Family.CLINICAL,
          "standardized_net_benefit",
          "net benefit over that of a perfect model",
          new Formula("net_benefit / base rate", "rows with label and score", "no positives"),
          new Scale(Better.HIGHER, Double.NEGATIVE_INFINITY, 1),
          Method.MOVER,
          "Kerr et al. 2016");

  static final Definition NNT_ALERT =
      new Definition(
          Family.CLINICAL,
          "nnt_alert",
          "alerts for each patient who is found",
          new Formula("1 / ppv", "predicted positives with a label", "nobody was found"),
          new Scale(Better.LOWER, 1, Double.POSITIVE_INFINITY),
          Method.IMAGE,
          "Romero-Brufau et al. 2015",
          "number_needed_to_alert");

  static final Definition SENSITIVITY_AT_ALERT_RATE =
      new Definition(
          Family.CLINICAL,
          "sensitivity_at_alert_rate",
          "found among the positives where the share `@r` of everyone with the highest scores is"
              + " alerted",
          new Formula("P(s >= q_(1-r) | y = 1)", "positives with a score", "no positives"),
          Scale.share(Better.HIGHER),
          Method.WILSON,
          "Romero-Brufau et al. 2015");

  static final Definition ACCESS_SHARE =
      new Definition(
          Family.CLINICAL,
          "access_share",
          "share of the group among those whose score reaches everyone's quantile `@q`",
          new Formula(
              "#(s >= quantile, group) / #(s >= quantile)",
              "rows at or above the quantile",
              "nobody reaches the quantile"),
          Scale.share(Better.NEITHER),
          Method.WILSON,
          "Obermeyer et al. 2019");

  static final Definition NEED_AT =
      new Definition(
          Family.CLINICAL,
          "need_at",
          "mean need of those whose score reaches everyone's quantile `@q`: at equal score equal need;"
              + " `need_gap@q` is its difference to the reference",
          new Formula(
              "mean need | s >= quantile",
              "rows with need, at or above the quantile",
              "nobody with a need reaches the quantile"),
          Scale.anything(Better.NEITHER),
          Method.T,
          "Obermeyer et al. 2019",
          "need_gap");

  private ClinicalDefinitions() {}
}
