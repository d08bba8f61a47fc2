package org.primum.fairness.policy;

import org.primum.fairness.policy.Definition.Formula;
import org.primum.fairness.policy.Definition.Scale;
import org.primum.fairness.policy.Metric.Better;
import org.primum.fairness.policy.Metric.Family;
import org.primum.fairness.policy.Metric.Method;

/// The metrics of several rates in one.
final class CompositeDefinitions {

  static final Definition EQUALIZED_ODDS =
      new Definition(
          Family.COMPOSITE,
          "equalized_odds",
          "the farther apart of true and false positive rates",
          new Formula(
              "max(|tpr - reference|, |fpr - reference|)",
              "positives, and negatives, with a prediction",
              "a group without positives or without negatives"),
          Scale.share(Better.ZERO),
          Method.PARTS,
          "Hardt, Price, Srebro 2016",
          "equalized_odds@max");

  static final Definition EQUALIZED_ODDS_MEAN =
      new Definition(
          Family.COMPOSITE,
          "equalized_odds_mean",
          "how far apart true and false positive rates are, on average",
          new Formula(
              "(|tpr - reference| + |fpr - reference|) / 2",
              "positives, and negatives, with a prediction",
              "a group without positives or without negatives"),
          Scale.share(Better.ZERO),
          Method.PARTS,
          "Hardt, Price, Srebro 2016",
          "equalized_odds@mean");

  static final Definition AVERAGE_ODDS =
      new Definition(
          Family.COMPOSITE,
          "average_odds",
          "mean of true and false positive rate; differences of opposite sign cancel",
          new Formula(
              "(tpr + fpr) / 2",
              "positives, and negatives, with a prediction",
              "no positives, or no negatives"),
          Scale.share(Better.NEITHER),
          Method.MOVER,
          "Bellamy et al. 2018 (AIF360)");

  static final Definition AVERAGE_ABS_ODDS =
      new Definition(
          Family.COMPOSITE,
          "average_abs_odds",
          "mean distance of true and false positive rate; nothing cancels",
          new Formula(
              "(|tpr - reference| + |fpr - reference|) / 2",
              "positives, and negatives, with a prediction",
              "a group without positives or without negatives"),
          Scale.share(Better.ZERO),
          Method.PARTS,
          "Bellamy et al. 2018 (AIF360)");

  static final Definition AVERAGE_PREDICTIVE_VALUE =
      new Definition(
          Family.COMPOSITE,
          "average_predictive_value",
          "mean of precision and false omission rate; differences of opposite sign cancel",
          new Formula(
              "(ppv + for) / 2",
              "predicted positives, and predicted negatives, with a label",
              "nobody, or everybody, was predicted positive"),
          Scale.share(Better.NEITHER),
          Method.MOVER,
          "Bellamy et al. 2018 (AIF360)");

  static final Definition TREATMENT_EQUALITY =
      new Definition(
          Family.COMPOSITE,
          "treatment_equality",
          "missed for each one flagged by mistake",
          new Formula("fn / fp", "false positives", "no false positives"),
          Scale.fromZero(Better.NEITHER),
          Method.ODDS,
          "Berk et al. 2021");

  private CompositeDefinitions() {}
}
