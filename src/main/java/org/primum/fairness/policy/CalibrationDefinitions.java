package org.primum.fairness.policy;

import org.primum.fairness.policy.Definition.Formula;
import org.primum.fairness.policy.Definition.Scale;
import org.primum.fairness.policy.Metric.Better;
import org.primum.fairness.policy.Metric.Family;
import org.primum.fairness.policy.Metric.Method;

/// The metrics of whether a score of 0.3 means three in ten.
final class CalibrationDefinitions {

  static final Definition O_E =
      new Definition(
          Family.CALIBRATION,
          "o_e",
          "observed over expected events",
          new Formula(
              "sum y / sum s",
              "rows with label and score",
              "no rows with label and score, or all scores are 0"),
          Scale.fromZero(Better.ONE),
          Method.IMAGE,
          "Riley et al. 2019");

  static final Definition CALIBRATION_GAP =
      new Definition(
          Family.CALIBRATION,
          "calibration_gap",
          "observed minus expected rate",
          new Formula(
              "(sum y - sum s) / n", "rows with label and score", "no rows with label and score"),
          new Scale(Better.ZERO, -1, 1),
          Method.T,
          "Van Calster et al. 2019");

  static final Definition CALIBRATION_INTERCEPT =
      new Definition(
          Family.CALIBRATION,
          "calibration_intercept",
          "calibration in the large: by how many logits all scores are off",
          new Formula(
              "a of logit P(y) = a + logit s",
              "rows with label and score",
              "no positives, no negatives, or a score of exactly 0 or 1"),
          Scale.anything(Better.ZERO),
          Method.WALD,
          "Cox 1958");

  static final Definition CALIBRATION_SLOPE =
      new Definition(
          Family.CALIBRATION,
          "calibration_slope",
          "below 1 the scores are too extreme, above 1 too timid",
          new Formula(
              "b of logit P(y) = a + b logit s",
              "rows with label and score",
              "no positives, no negatives, a score of exactly 0 or 1, or scores that are all the same or"
                  + " separate the two"),
          Scale.anything(Better.ONE),
          Method.WALD,
          "Cox 1958");

  static final Definition ECE =
      new Definition(
          Family.CALIBRATION,
          "ece",
          "mean distance of observed and expected over ten bins; biased upward where bins are small",
          new Formula(
              "sum n_b |mean y_b - mean s_b| / n",
              "rows with label and score",
              "no rows with label and score"),
          Scale.share(Better.LOWER),
          Method.FOLDED,
          "Naeini, Cooper, Hauskrecht 2015");

  static final Definition MCE =
      new Definition(
          Family.CALIBRATION,
          "mce",
          "largest distance of observed and expected over ten bins",
          new Formula(
              "max |mean y_b - mean s_b|",
              "rows with label and score",
              "no rows with label and score"),
          Scale.share(Better.LOWER),
          Method.BINS,
          "Naeini, Cooper, Hauskrecht 2015");

  private CalibrationDefinitions() {}
}
