package org.primum.fairness.policy;

import org.primum.fairness.policy.Definition.Formula;
import org.primum.fairness.policy.Definition.Scale;
import org.primum.fairness.policy.Metric.Better;
import org.primum.fairness.policy.Metric.Family;
import org.primum.fairness.policy.Metric.Method;

/// The metrics of the data.
final class DataDefinitions {

  static final Definition REPRESENTATION =
      new Definition(
          Family.DATA,
          "representation",
          "share of the group among the rows",
          new Formula("n of the group / n", "all rows", "no rows"),
          Scale.share(Better.NEITHER),
          Method.WILSON,
          "EU AI Act 2024/1689, art. 10(3)");

  static final Definition MISSING_RATE =
      new Definition(
          Family.DATA,
          "missing_rate",
          "rows without a value of the attribute",
          new Formula("n without a value / n", "all rows", "no rows"),
          Scale.share(Better.LOWER),
          Method.WILSON,
          "45 CFR 92.210");

  static final Definition CLASS_IMBALANCE =
      new Definition(
          Family.DATA,
          "class_imbalance",
          "everyone else less the group, among the rows: above 0 the group is the smaller part",
          new Formula("(n of everyone else - n of the group) / n", "all rows", "no rows"),
          new Scale(Better.NEITHER, -1, 1),
          Method.IMAGE,
          "Hardt et al. 2021 (SageMaker Clarify)");

  static final Definition KL =
      new Definition(
          Family.DATA,
          "kl",
          "divergence of the group's labels from everyone's, in nats (Kullback, Leibler)",
          new Formula(
              "p ln(p / q) + (1 - p) ln((1 - p) / (1 - q)), p = base_rate of the group, q = of everyone",
              "rows with a label",
              "no labels"),
          Scale.fromZero(Better.LOWER),
          Method.IMAGE,
          "Kullback, Leibler 1951");

  static final Definition JS =
      new Definition(
          Family.DATA,
          "js",
          "divergence of the group's labels from everyone's, in nats (Jensen, Shannon)",
          new Formula(
              "(kl(p, m) + kl(q, m)) / 2, m = (p + q) / 2, p and q as in kl",
              "rows with a label",
              "no labels"),
          new Scale(Better.LOWER, 0, Math.log(2)),
          Method.IMAGE,
          "Lin 1991");

  static final Definition LABEL_MISSING_RATE =
      new Definition(
          Family.DATA,
          "label_missing_rate",
          "rows without a label",
          new Formula("n without a label / n", "all rows", "no rows"),
          Scale.share(Better.LOWER),
          Method.WILSON,
          "Obermeyer et al. 2019");

  static final Definition PREDICTION_MISSING_RATE =
      new Definition(
          Family.DATA,
          "prediction_missing_rate",
          "rows without a prediction",
          new Formula("n without a prediction / n", "all rows", "no rows"),
          Scale.share(Better.LOWER),
          Method.WILSON,
          "FDA, Health Canada, MHRA 2021 (GMLP)");

  private DataDefinitions() {}
}
