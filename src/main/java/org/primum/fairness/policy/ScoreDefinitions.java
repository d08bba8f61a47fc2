package org.primum.fairness.policy;

import org.primum.fairness.policy.Definition.Formula;
import org.primum.fairness.policy.Definition.Scale;
import org.primum.fairness.policy.Metric.Better;
import org.primum.fairness.policy.Metric.Family;
import org.primum.fairness.policy.Metric.Method;

/// The metrics of the score, before a threshold.
final class ScoreDefinitions {

  static final Definition AUROC =
      new Definition(
          Family.SCORE,
          "auroc",
          "probability that a positive has a higher score than a negative",
          new Formula(
              "P(s+ > s-) + P(s+ = s-) / 2",
              "positives and negatives with a score",
              "no positives, or no negatives"),
          Scale.share(Better.HIGHER),
          Method.DELONG,
          "DeLong, DeLong, Clarke-Pearson 1988",
          "auc",
          "roc_auc");

  static final Definition GINI =
      new Definition(
          Family.SCORE,
          "gini",
          "twice the area above chance",
          new Formula(
              "2 auroc - 1",
              "positives and negatives with a score",
              "no positives, or no negatives"),
          new Scale(Better.HIGHER, -1, 1),
          Method.DELONG,
          "Hand, Till 2001");

  static final Definition AUPRC =
      new Definition(
          Family.SCORE,
          "auprc",
          "average precision over the recalls",
          new Formula("sum (R_k - R_k-1) P_k", "positives with a score", "no positives"),
          Scale.share(Better.HIGHER),
          Method.LOGIT,
          "Boyd, Eng, Page 2013",
          "average_precision");

  static final Definition BRIER =
      new Definition(
          Family.SCORE,
          "brier",
          "mean squared distance of score and outcome",
          new Formula(
              "sum (s - y)^2 / n", "rows with label and score", "no rows with label and score"),
          Scale.share(Better.LOWER),
          Method.T,
          "Brier 1950");

  static final Definition LOG_LOSS =
      new Definition(
          Family.SCORE,
          "log_loss",
          "mean surprise in nats; scores are kept 2^-52 away from 0 and 1",
          new Formula(
              "-sum (y ln s + (1 - y) ln (1 - s)) / n",
              "rows with label and score",
              "no rows with label and score"),
          Scale.fromZero(Better.LOWER),
          Method.T,
          "Good 1952");

  static final Definition MEAN_SCORE =
      new Definition(
          Family.SCORE,
          "mean_score",
          "mean predicted probability",
          new Formula("sum s / n", "rows with a score", "no scores"),
          Scale.share(Better.NEITHER),
          Method.T,
          "Kamishima et al. 2012");

  static final Definition KS_SCORE =
      new Definition(
          Family.SCORE,
          "ks_score",
          "largest distance of two distributions of scores (Kolmogorov, Smirnov): a group and the"
              + " reference, or everyone else; above 0 by chance alone",
          new Formula(
              "max |F(s) - G(s)|, F and G the shares with that score or less",
              "rows with a score, of both",
              "no scores of the group, or of whom it is held against"),
          Scale.share(Better.ZERO),
          Method.BAND,
          "Smirnov 1939");

  static final Definition W1_SCORE =
      new Definition(
          Family.SCORE,
          "w1_score",
          "how far a score has to move on average to turn one distribution into the other"
              + " (Wasserstein's first distance); above 0 by chance alone",
          new Formula(
              "integral |F(s) - G(s)| ds",
              "rows with a score, of both",
              "no scores of the group, or of whom it is held against"),
          Scale.share(Better.ZERO),
          Method.AREA,
          "Vallender 1974");

  private ScoreDefinitions() {}
}
