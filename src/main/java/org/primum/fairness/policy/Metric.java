package org.primum.fairness.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Every number an audit knows: its name, what it is made of, and which way is better.
///
/// The one place where a metric is described: policies are read by it, result files name it, and
/// docs/metrics.md is written from it. A metric without a denominator has no value: never 0, 1 or
/// 10, whatever other tools print.
public enum Metric {
  // ---- rates of the contingency table
  SELECTION_RATE(
      Family.RATE,
      "selection_rate",
      "predicted positive among all",
      "(tp + fp) / n",
      "rows with a prediction",
      Better.NEITHER,
      0,
      1,
      "no predictions",
      Method.WILSON,
      "Hardt, Price, Srebro 2016",
      "pprev",
      "ar"),
  TPR(
      Family.RATE,
      "tpr",
      "found among the positives: the clinic's sensitivity",
      "tp / (tp + fn)",
      "positives with a prediction",
      Better.HIGHER,
      0,
      1,
      "no positives",
      Method.WILSON,
      "Hardt, Price, Srebro 2016",
      "recall",
      "sensitivity"),
  FPR(
      Family.RATE,
      "fpr",
      "flagged by mistake among the negatives",
      "fp / (fp + tn)",
      "negatives with a prediction",
      Better.LOWER,
      0,
      1,
      "no negatives",
      Method.WILSON,
      "Hardt, Price, Srebro 2016"),
  TNR(
      Family.RATE,
      "tnr",
      "left alone among the negatives: the clinic's specificity",
      "tn / (fp + tn)",
      "negatives with a prediction",
      Better.HIGHER,
      0,
      1,
      "no negatives",
      Method.WILSON,
      "Hardt, Price, Srebro 2016",
      "specificity"),
  FNR(
      Family.RATE,
      "fnr",
      "missed among the positives",
      "fn / (tp + fn)",
      "positives with a prediction",
      Better.LOWER,
      0,
      1,
      "no positives",
      Method.WILSON,
      "Hardt, Price, Srebro 2016",
      "miss_rate"),
  PPV(
      Family.RATE,
      "ppv",
      "true among the predicted positives",
      "tp / (tp + fp)",
      "predicted positives with a label",
      Better.HIGHER,
      0,
      1,
      "nobody was predicted positive",
      Method.WILSON,
      "Chouldechova 2017",
      "precision"),
  NPV(
      Family.RATE,
      "npv",
      "true among the predicted negatives",
      "tn / (tn + fn)",
      "predicted negatives with a label",
      Better.HIGHER,
      0,
      1,
      "nobody was predicted negative",
      Method.WILSON,
      "Chouldechova 2017"),
  FDR(
      Family.RATE,
      "fdr",
      "false among the predicted positives",
      "fp / (tp + fp)",
      "predicted positives with a label",
      Better.LOWER,
      0,
      1,
      "nobody was predicted positive",
      Method.WILSON,
      "Chouldechova 2017"),
  FOR(
      Family.RATE,
      "for",
      "false among the predicted negatives",
      "fn / (tn + fn)",
      "predicted negatives with a label",
      Better.LOWER,
      0,
      1,
      "nobody was predicted negative",
      Method.WILSON,
      "Chouldechova 2017"),
  ACCURACY(
      Family.RATE,
      "accuracy",
      "right among all",
      "(tp + tn) / n",
      "rows with label and prediction",
      Better.HIGHER,
      0,
      1,
      "no rows with label and prediction",
      Method.WILSON,
      "Berk et al. 2021"),
  ERROR_RATE(
      Family.RATE,
      "error_rate",
      "wrong among all",
      "(fp + fn) / n",
      "rows with label and prediction",
      Better.LOWER,
      0,
      1,
      "no rows with label and prediction",
      Method.WILSON,
      "Berk et al. 2021"),
  BASE_RATE(
      Family.RATE,
      "base_rate",
      "positives among all; it speaks of the data, not of the model",
      "(tp + fn) / n",
      "rows with a label",
      Better.NEITHER,
      0,
      1,
      "no labels",
      Method.WILSON,
      "Hardt, Price, Srebro 2016",
      "prevalence",
      "label_rate"),
  BALANCED_ACCURACY(
      Family.RATE,
      "balanced_accuracy",
      "mean of tpr and tnr",
      "(tpr + tnr) / 2",
      "positives and negatives with a prediction",
      Better.HIGHER,
      0,
      1,
      "no positives, or no negatives",
      Method.MOVER,
      "Brodersen et al. 2010"),
  F1(
      Family.RATE,
      "f1",
      "harmonic mean of ppv and tpr",
      "2 tp / (2 tp + fp + fn)",
      "rows that are positive or predicted positive",
      Better.HIGHER,
      0,
      1,
      "nobody is positive or predicted positive",
      Method.IMAGE,
      "van Rijsbergen 1979"),
  MCC(
      Family.RATE,
      "mcc",
      "correlation of label and prediction",
      "(tp tn - fp fn) / sqrt((tp + fp)(tp + fn)(tn + fp)(tn + fn))",
      "rows with label and prediction",
      Better.HIGHER,
      -1,
      1,
      "labels, or predictions, are all the same",
      Method.FISHER_Z,
      "Matthews 1975",
      "matthews_corrcoef",
      "phi"),
  COHEN_KAPPA(
      Family.RATE,
      "cohen_kappa",
      "agreement of label and prediction beyond that of chance",
      "(accuracy - chance) / (1 - chance), chance = sum of the products of the shares",
      "rows with label and prediction",
      Better.HIGHER,
      -1,
      1,
      "labels and predictions are all the same",
      Method.FISHER_Z,
      "Cohen 1960",
      "kappa"),
  PREDICTED_POSITIVE_SHARE(
      Family.RATE,
      "predicted_positive_share",
      "share of all who are predicted positive",
      "(tp + fp) of the group / (tp + fp) of everyone",
      "predicted positives of everyone",
      Better.NEITHER,
      0,
      1,
      "nobody was predicted positive",
      Method.WILSON,
      "Saleiro et al. 2018 (Aequitas)",
      "ppr"),

  // ---- the score, before a threshold
  AUROC(
      Family.SCORE,
      "auroc",
      "probability that a positive has a higher score than a negative",
      "P(s+ > s-) + P(s+ = s-) / 2",
      "positives and negatives with a score",
      Better.HIGHER,
      0,
      1,
      "no positives, or no negatives",
      Method.DELONG,
      "DeLong, DeLong, Clarke-Pearson 1988",
      "auc",
      "roc_auc"),
  GINI(
      Family.SCORE,
      "gini",
      "twice the area above chance",
      "2 auroc - 1",
      "positives and negatives with a score",
      Better.HIGHER,
      -1,
      1,
      "no positives, or no negatives",
      Method.DELONG,
      "Hand, Till 2001"),
  AUPRC(
      Family.SCORE,
      "auprc",
      "average precision over the recalls",
      "sum (R_k - R_k-1) P_k",
      "positives with a score",
      Better.HIGHER,
      0,
      1,
      "no positives",
      Method.LOGIT,
      "Boyd, Eng, Page 2013",
      "average_precision"),
  BRIER(
      Family.SCORE,
      "brier",
      "mean squared distance of score and outcome",
      "sum (s - y)^2 / n",
      "rows with label and score",
      Better.LOWER,
      0,
      1,
      "no rows with label and score",
      Method.T,
      "Brier 1950"),
  LOG_LOSS(
      Family.SCORE,
      "log_loss",
      "mean surprise in nats; scores are kept 2^-52 away from 0 and 1",
      "-sum (y ln s + (1 - y) ln (1 - s)) / n",
      "rows with label and score",
      Better.LOWER,
      0,
      Double.POSITIVE_INFINITY,
      "no rows with label and score",
      Method.T,
      "Good 1952"),
  MEAN_SCORE(
      Family.SCORE,
      "mean_score",
      "mean predicted probability",
      "sum s / n",
      "rows with a score",
      Better.NEITHER,
      0,
      1,
      "no scores",
      Method.T,
      "Kamishima et al. 2012"),

  // ---- whether a score of 0.3 means three in ten
  O_E(
      Family.CALIBRATION,
      "o_e",
      "observed over expected events",
      "sum y / sum s",
      "rows with label and score",
      Better.ONE,
      0,
      Double.POSITIVE_INFINITY,
      "no rows with label and score, or all scores are 0",
      Method.IMAGE,
      "Riley et al. 2019"),
  CALIBRATION_GAP(
      Family.CALIBRATION,
      "calibration_gap",
      "observed minus expected rate",
      "(sum y - sum s) / n",
      "rows with label and score",
      Better.ZERO,
      -1,
      1,
      "no rows with label and score",
      Method.T,
      "Van Calster et al. 2019"),
  CALIBRATION_INTERCEPT(
      Family.CALIBRATION,
      "calibration_intercept",
      "calibration in the large: by how many logits all scores are off",
      "a of logit P(y) = a + logit s",
      "rows with label and score",
      Better.ZERO,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      "no positives, no negatives, or a score of exactly 0 or 1",
      Method.WALD,
      "Cox 1958"),
  CALIBRATION_SLOPE(
      Family.CALIBRATION,
      "calibration_slope",
      "below 1 the scores are too extreme, above 1 too timid",
      "b of logit P(y) = a + b logit s",
      "rows with label and score",
      Better.ONE,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      "no positives, no negatives, a score of exactly 0 or 1, or scores that are all the same or"
          + " separate the two",
      Method.WALD,
      "Cox 1958"),
  ECE(
      Family.CALIBRATION,
      "ece",
      "mean distance of observed and expected over ten bins; biased upward where bins are small",
      "sum n_b |mean y_b - mean s_b| / n",
      "rows with label and score",
      Better.LOWER,
      0,
      1,
      "no rows with label and score",
      Method.FOLDED,
      "Naeini, Cooper, Hauskrecht 2015"),
  MCE(
      Family.CALIBRATION,
      "mce",
      "largest distance of observed and expected over ten bins",
      "max |mean y_b - mean s_b|",
      "rows with label and score",
      Better.LOWER,
      0,
      1,
      "no rows with label and score",
      Method.BINS,
      "Naeini, Cooper, Hauskrecht 2015"),

  // ---- what it does for patients
  NET_BENEFIT(
      Family.CLINICAL,
      "net_benefit",
      "true alerts less false ones, weighed by the odds of the threshold `@t`",
      "tp/n - fp/n * t/(1 - t)",
      "rows with label and score",
      Better.HIGHER,
      Double.NEGATIVE_INFINITY,
      1,
      "no rows with label and score",
      Method.MOVER,
      "Vickers, Elkin 2006"),
  STANDARDIZED_NET_BENEFIT(
      Family.CLINICAL,
      "standardized_net_benefit",
      "net benefit over that of a perfect model",
      "net_benefit / base rate",
      "rows with label and score",
      Better.HIGHER,
      Double.NEGATIVE_INFINITY,
      1,
      "no positives",
      Method.MOVER,
      "Kerr et al. 2016"),
  NNT_ALERT(
      Family.CLINICAL,
      "nnt_alert",
      "alerts for each patient who is found",
      "1 / ppv",
      "predicted positives with a label",
      Better.LOWER,
      1,
      Double.POSITIVE_INFINITY,
      "nobody was found",
      Method.IMAGE,
      "Romero-Brufau et al. 2015",
      "number_needed_to_alert"),
  SENSITIVITY_AT_ALERT_RATE(
      Family.CLINICAL,
      "sensitivity_at_alert_rate",
      "found among the positives where the share `@r` of everyone with the highest scores is"
          + " alerted",
      "P(s >= q_(1-r) | y = 1)",
      "positives with a score",
      Better.HIGHER,
      0,
      1,
      "no positives",
      Method.WILSON,
      "Romero-Brufau et al. 2015"),
  ACCESS_SHARE(
      Family.CLINICAL,
      "access_share",
      "share of the group among those whose score reaches everyone's quantile `@q`",
      "#(s >= quantile, group) / #(s >= quantile)",
      "rows at or above the quantile",
      Better.NEITHER,
      0,
      1,
      "nobody reaches the quantile",
      Method.WILSON,
      "Obermeyer et al. 2019"),
  NEED_AT(
      Family.CLINICAL,
      "need_at",
      "mean need of those whose score reaches everyone's quantile `@q`: at equal score equal need;"
          + " `need_gap@q` is its difference to the reference",
      "mean need | s >= quantile",
      "rows with need, at or above the quantile",
      Better.NEITHER,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      "nobody with a need reaches the quantile",
      Method.T,
      "Obermeyer et al. 2019",
      "need_gap"),

  // ---- numbers as outcome
  MAE(
      Family.REGRESSION,
      "mae",
      "mean absolute error, in the unit of the label",
      "sum |p - y| / n",
      "rows with label and prediction",
      Better.LOWER,
      0,
      Double.POSITIVE_INFINITY,
      "no rows with label and prediction",
      Method.T,
      "Agarwal, Dudik, Wu 2019"),
  RMSE(
      Family.REGRESSION,
      "rmse",
      "root mean squared error, in the unit of the label",
      "sqrt(sum (p - y)^2 / n)",
      "rows with label and prediction",
      Better.LOWER,
      0,
      Double.POSITIVE_INFINITY,
      "no rows with label and prediction",
      Method.DELTA,
      "Agarwal, Dudik, Wu 2019"),
  BIAS(
      Family.REGRESSION,
      "bias",
      "mean error: above 0 too high",
      "sum (p - y) / n",
      "rows with label and prediction",
      Better.ZERO,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      "no rows with label and prediction",
      Method.T,
      "Calders et al. 2013",
      "mean_residual"),
  R2(
      Family.REGRESSION,
      "r2",
      "share of the label's variance that is explained",
      "1 - sum (p - y)^2 / sum (y - mean y)^2",
      "rows with label and prediction",
      Better.HIGHER,
      Double.NEGATIVE_INFINITY,
      1,
      "fewer than two labels, or all the same",
      Method.DELTA,
      "Wright 1921"),
  MEAN_PREDICTION(
      Family.REGRESSION,
      "mean_prediction",
      "mean of the predictions, in the unit of the label",
      "sum p / n",
      "rows with a prediction",
      Better.NEITHER,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      "no predictions",
      Method.T,
      "Calders et al. 2013"),

  // ---- the data
  REPRESENTATION(
      Family.DATA,
      "representation",
      "share of the group among the rows",
      "n of the group / n",
      "all rows",
      Better.NEITHER,
      0,
      1,
      "no rows",
      Method.WILSON,
      "EU AI Act 2024/1689, art. 10(3)"),
  MISSING_RATE(
      Family.DATA,
      "missing_rate",
      "rows without a value of the attribute",
      "n without a value / n",
      "all rows",
      Better.LOWER,
      0,
      1,
      "no rows",
      Method.WILSON,
      "45 CFR 92.210"),
  CLASS_IMBALANCE(
      Family.DATA,
      "class_imbalance",
      "everyone else less the group, among the rows: above 0 the group is the smaller part",
      "(n of everyone else - n of the group) / n",
      "all rows",
      Better.NEITHER,
      -1,
      1,
      "no rows",
      Method.IMAGE,
      "Hardt et al. 2021 (SageMaker Clarify)"),
  KL(
      Family.DATA,
      "kl",
      "divergence of the group's labels from everyone's, in nats (Kullback, Leibler)",
      "p ln(p / q) + (1 - p) ln((1 - p) / (1 - q)), p = base_rate of the group, q = of everyone",
      "rows with a label",
      Better.LOWER,
      0,
      Double.POSITIVE_INFINITY,
      "no labels",
      Method.IMAGE,
      "Kullback, Leibler 1951"),
  JS(
      Family.DATA,
      "js",
      "divergence of the group's labels from everyone's, in nats (Jensen, Shannon)",
      "(kl(p, m) + kl(q, m)) / 2, m = (p + q) / 2, p and q as in kl",
      "rows with a label",
      Better.LOWER,
      0,
      Math.log(2),
      "no labels",
      Method.IMAGE,
      "Lin 1991"),
  LABEL_MISSING_RATE(
      Family.DATA,
      "label_missing_rate",
      "rows without a label",
      "n without a label / n",
      "all rows",
      Better.LOWER,
      0,
      1,
      "no rows",
      Method.WILSON,
      "Obermeyer et al. 2019"),
  PREDICTION_MISSING_RATE(
      Family.DATA,
      "prediction_missing_rate",
      "rows without a prediction",
      "n without a prediction / n",
      "all rows",
      Better.LOWER,
      0,
      1,
      "no rows",
      Method.WILSON,
      "FDA, Health Canada, MHRA 2021 (GMLP)"),

  // ---- composites of several rates
  EQUALIZED_ODDS(
      Family.COMPOSITE,
      "equalized_odds",
      "the farther apart of true and false positive rates",
      "max(|tpr - reference|, |fpr - reference|)",
      "positives, and negatives, with a prediction",
      Better.ZERO,
      0,
      1,
      "a group without positives or without negatives",
      Method.PARTS,
      "Hardt, Price, Srebro 2016",
      "equalized_odds@max"),
  EQUALIZED_ODDS_MEAN(
      Family.COMPOSITE,
      "equalized_odds_mean",
      "how far apart true and false positive rates are, on average",
      "(|tpr - reference| + |fpr - reference|) / 2",
      "positives, and negatives, with a prediction",
      Better.ZERO,
      0,
      1,
      "a group without positives or without negatives",
      Method.PARTS,
      "Hardt, Price, Srebro 2016",
      "equalized_odds@mean"),
  AVERAGE_ODDS(
      Family.COMPOSITE,
      "average_odds",
      "mean of true and false positive rate; differences of opposite sign cancel",
      "(tpr + fpr) / 2",
      "positives, and negatives, with a prediction",
      Better.NEITHER,
      0,
      1,
      "no positives, or no negatives",
      Method.MOVER,
      "Bellamy et al. 2018 (AIF360)"),
  AVERAGE_ABS_ODDS(
      Family.COMPOSITE,
      "average_abs_odds",
      "mean distance of true and false positive rate; nothing cancels",
      "(|tpr - reference| + |fpr - reference|) / 2",
      "positives, and negatives, with a prediction",
      Better.ZERO,
      0,
      1,
      "a group without positives or without negatives",
      Method.PARTS,
      "Bellamy et al. 2018 (AIF360)"),
  AVERAGE_PREDICTIVE_VALUE(
      Family.COMPOSITE,
      "average_predictive_value",
      "mean of precision and false omission rate; differences of opposite sign cancel",
      "(ppv + for) / 2",
      "predicted positives, and predicted negatives, with a label",
      Better.NEITHER,
      0,
      1,
      "nobody, or everybody, was predicted positive",
      Method.MOVER,
      "Bellamy et al. 2018 (AIF360)"),
  TREATMENT_EQUALITY(
      Family.COMPOSITE,
      "treatment_equality",
      "missed for each one flagged by mistake",
      "fn / fp",
      "false positives",
      Better.NEITHER,
      0,
      Double.POSITIVE_INFINITY,
      "no false positives",
      Method.ODDS,
      "Berk et al. 2021"),

  // ---- inequality
  GEI(
      Family.INEQUALITY,
      "gei",
      "generalized entropy of the benefit 1 + prediction - label; gei@1 weighs otherwise, 2 if nothing"
          + " is said",
      "mean((b / mean(b))^a - 1) / (a (a - 1))",
      "rows with label and prediction",
      Better.ZERO,
      0,
      Double.POSITIVE_INFINITY,
      "no rows with label and prediction, or all were missed",
      Method.BOOTSTRAP,
      "Speicher et al. 2018",
      "generalized_entropy_index"),
  THEIL(
      Family.INEQUALITY,
      "theil",
      "Theil's index of the benefit 1 + prediction - label",
      "mean(b / mean(b) ln(b / mean(b)))",
      "rows with label and prediction",
      Better.ZERO,
      0,
      Double.POSITIVE_INFINITY,
      "no rows with label and prediction, or all were missed",
      Method.BOOTSTRAP,
      "Speicher et al. 2018",
      "theil_index"),
  COEFFICIENT_OF_VARIATION(
      Family.INEQUALITY,
      "coefficient_of_variation",
      "spread of the benefit 1 + prediction - label over its mean",
      "sqrt(2 gei@2)",
      "rows with label and prediction",
      Better.ZERO,
      0,
      Double.POSITIVE_INFINITY,
      "no rows with label and prediction, or all were missed",
      Method.BOOTSTRAP,
      "Speicher et al. 2018"),
  BETWEEN_GROUP_GEI(
      Family.INEQUALITY,
      "between_group_gei",
      "the part of gei that lies between groups: everyone has the mean benefit of their group",
      "gei of the groups' mean benefits",
      "rows with label and prediction",
      Better.ZERO,
      0,
      Double.POSITIVE_INFINITY,
      "fewer than two groups with label and prediction",
      Method.TESTED_BOOTSTRAP,
      "Speicher et al. 2018"),
  BETWEEN_GROUP_THEIL(
      Family.INEQUALITY,
      "between_group_theil",
      "the part of Theil's index that lies between groups",
      "theil of the groups' mean benefits",
      "rows with label and prediction",
      Better.ZERO,
      0,
      Double.POSITIVE_INFINITY,
      "fewer than two groups with label and prediction",
      Method.TESTED_BOOTSTRAP,
      "Speicher et al. 2018"),
  EDF(
      Family.INEQUALITY,
      "edf",
      "differential fairness: the largest ratio of two groups' chances to be selected, or not",
      "max |ln(p / q)|, p = (selected + 1/2) / (n + 1)",
      "rows with a prediction",
      Better.ZERO,
      0,
      Double.POSITIVE_INFINITY,
      "fewer than two groups with a prediction",
      Method.PAIRS,
      "Foulds et al. 2020"),
  EDF_AMPLIFICATION(
      Family.INEQUALITY,
      "edf_amplification",
      "differential fairness of the predictions minus that of the labels",
      "edf - edf of the labels",
      "rows with label and prediction",
      Better.LOWER,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      "fewer than two groups with label and prediction",
      Method.PARTS,
      "Foulds et al. 2020"),
  CDD(
      Family.INEQUALITY,
      "cdd",
      "conditional demographic disparity: the group's share of the rejected minus its share of the"
          + " selected, averaged over the strata of the condition",
      "sum n_s (rejected_g / rejected - selected_g / selected)_s / sum n_s",
      "rows with a prediction, by stratum",
      Better.ZERO,
      -1,
      1,
      "a stratum in which nobody, or everybody, is selected",
      Method.MOVER,
      "Wachter, Mittelstadt, Russell 2021"),

  // ---- all groups at once
  HOMOGENEITY(
      Family.OMNIBUS,
      "homogeneity",
      "p-value that a rate is the same in all groups, as in homogeneity[tpr]",
      "chi-square of rate by group; permutation where an expected count is below 5",
      "as the rate",
      Better.NEITHER,
      0,
      1,
      "fewer than two groups with the rate",
      Method.P_VALUE,
      "Pearson 1900"),
  MAX_T(
      Family.OMNIBUS,
      "max_t",
      "p-value that no group's rate differs from the reference, as in max_t[tpr]",
      "the largest standardized difference, Dunnett's distribution",
      "as the rate",
      Better.NEITHER,
      0,
      1,
      "no group to hold against the reference",
      Method.P_VALUE,
      "Dunnett 1955"),

  // ---- what tells the group
  CRAMERS_V(
      Family.PROXY,
      "cramers_v",
      "how strongly a column goes with an attribute",
      "sqrt(chi-square / (n min(rows - 1, columns - 1)))",
      "all rows",
      Better.ZERO,
      0,
      1,
      "one value only",
      Method.NONE,
      "Cramér 1946"),
  MUTUAL_INFORMATION(
      Family.PROXY,
      "mutual_information",
      "what a column tells of an attribute, in nats",
      "sum p(x, a) ln(p(x, a) / (p(x) p(a)))",
      "all rows",
      Better.ZERO,
      0,
      Double.POSITIVE_INFINITY,
      "no rows",
      Method.NONE,
      "Shannon 1948"),
  AUC_SENSITIVE_FROM_FEATURE(
      Family.PROXY,
      "auc_sensitive_from_feature",
      "how well a column's values tell the group from everyone else",
      "area under the curve of the group's share at each value",
      "the group, and everyone else",
      Better.LOWER,
      0.5,
      1,
      "nobody else",
      Method.DELONG,
      "Hanley, McNeil 1982"),
  AUC_SENSITIVE_FROM_SCORE(
      Family.PROXY,
      "auc_sensitive_from_score",
      "how well the score tells the group from everyone else; 0.5 is not at all",
      "P(score of the group > score of another) + P(equal) / 2",
      "the group, and everyone else, with a score",
      Better.NEITHER,
      0,
      1,
      "no scores of the group, or of everyone else",
      Method.DELONG,
      "Hanley, McNeil 1982"),
  SCORE_RESIDUAL_DEPENDENCE(
      Family.PROXY,
      "score_residual_dependence",
      "how far the score tells the group among those with the same label",
      "|auc of group by score - 1/2| within the label, the larger of the two labels",
      "the group, and everyone else, with score and label",
      Better.ZERO,
      0,
      0.5,
      "a label that the group, or everyone else, does not have",
      Method.PARTS,
      "Hardt, Price, Srebro 2016");

  /// What kind of number it is.
  public enum Family {
    RATE("Rates of the decisions"),
    SCORE("The score"),
    CALIBRATION("Calibration"),
    CLINICAL("What it does for patients"),
    REGRESSION("Numbers as outcome"),
    DATA("The data"),
    COMPOSITE("Several rates in one"),
    INEQUALITY("Inequality"),
    OMNIBUS("All groups at once"),
    PROXY("What tells the group");

    private final String title;

    Family(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  /// Which values are good.
  public enum Better {
    HIGHER,
    LOWER,
    /// The nearer to 0.
    ZERO,
    /// The nearer to 1.
    ONE,
    /// None by itself; it is compared between groups.
    NEITHER
  }

  /// Where its interval comes from.
  public enum Method {
    WILSON("Wilson's score interval"),
    IMAGE("image of Wilson's score interval"),
    FISHER_Z(
        "normal on Fisher's z scale; image of Wilson's interval of the accuracy where it has no spread"),
    MOVER("variance recovered from the intervals of its parts (Zou, Donner 2008)"),
    DELONG(
        "DeLong's variance on the logit scale; Newcombe's method 5 below 100 of a class, and where"
            + " the classes are separated"),
    LOGIT("delta method on the logit scale; Wilson's where there is no spread"),
    FOLDED("normal, from the folded normal of each bin; the lower end less what chance can add"),
    BINS("Wilson's of each bin, for all bins at once (Bonferroni)"),
    T("Student's t"),
    DELTA("Student's t, through the delta method"),
    WALD("Wald, from the information of the fit"),
    BOOTSTRAP("count bootstrap"),
    TESTED_BOOTSTRAP(
        "count bootstrap; it reaches 0 exactly where chi-square does not reject equality"),
    ODDS("Wilson's score interval, as odds"),
    PARTS("from the intervals of its parts, paid for together (Bonferroni)"),
    PAIRS("from those of all pairs, paid for together (Bonferroni)"),
    P_VALUE("none: it is a p-value"),
    NONE("none");

    private final String words;

    Method(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /// Whom a number is of.
  public enum Scope {
    /// Of each group, and compared between groups.
    GROUP,
    /// Of a group and what it is held against, both at once.
    PAIR,
    /// Of all groups of an attribute or intersection at once.
    TABLE,
    /// Of a group in all strata of the condition at once.
    STRATA,
    /// Of a column beside the sensitive ones; never in a rule.
    COLUMN
  }

  private final Family family;
  private final String id;
  private final String meaning;
  private final String formula;
  private final String denominator;
  private final Better better;
  private final double low;
  private final double high;
  private final String undefined;
  private final Method method;
  private final String source;

  /// With a space between them.
  private final String aliases;

  Metric(
      Family family,
      String id,
      String meaning,
      String formula,
      String denominator,
      Better better,
      double low,
      double high,
      String undefined,
      Method method,
      String source,
      String... aliases) {
    this.family = family;
    this.id = id;
    this.meaning = meaning;
    this.formula = formula;
    this.denominator = denominator;
    this.better = better;
    this.low = low;
    this.high = high;
    this.undefined = undefined;
    this.method = method;
    this.source = source;
    this.aliases = String.join(" ", aliases);
  }

  public Family family() {
    return family;
  }

  /// The name in policies and result files, without an argument.
  public String id() {
    return id;
  }

  /// What it is, in a line.
  public String meaning() {
    return meaning;
  }

  public String formula() {
    return formula;
  }

  /// Which rows are counted below the line.
  public String denominator() {
    return denominator;
  }

  public Better better() {
    return better;
  }

  /// The smallest value it can take; may be infinite.
  public double low() {
    return low;
  }

  /// The largest value it can take; may be infinite.
  public double high() {
    return high;
  }

  /// Why it has no value where it has none.
  public String undefined() {
    return undefined;
  }

  /// Where its interval comes from.
  public Method method() {
    return method;
  }

  public String source() {
    return source;
  }

  /// Other tools' names of the same number, of the same orientation.
  public List<String> aliases() {
    return aliases.isEmpty() ? List.of() : List.of(aliases.split(" ", -1));
  }

  /// Whom the number is of.
  public Scope scope() {
    return switch (this) {
      case EQUALIZED_ODDS, EQUALIZED_ODDS_MEAN, AVERAGE_ABS_ODDS -> Scope.PAIR;
      case BETWEEN_GROUP_GEI, BETWEEN_GROUP_THEIL, EDF, EDF_AMPLIFICATION, HOMOGENEITY, MAX_T ->
          Scope.TABLE;
      case CDD -> Scope.STRATA;
      case CRAMERS_V,
          MUTUAL_INFORMATION,
          AUC_SENSITIVE_FROM_FEATURE,
          AUC_SENSITIVE_FROM_SCORE,
          SCORE_RESIDUAL_DEPENDENCE ->
          Scope.COLUMN;
      default -> Scope.GROUP;
    };
  }

  /// Whether the name needs a number behind an `@`: a threshold, a rate or a quantile.
  public boolean takesArgument() {
    return switch (this) {
      case NET_BENEFIT,
          STANDARDIZED_NET_BENEFIT,
          SENSITIVITY_AT_ALERT_RATE,
          ACCESS_SHARE,
          NEED_AT ->
          true;
      default -> false;
    };
  }

  /// Whether it is made of scores, which not all data has.
  public boolean needsScore() {
    return switch (family) {
      case SCORE, CALIBRATION -> true;
      case CLINICAL -> this != NNT_ALERT;
      case RATE, REGRESSION, DATA, COMPOSITE, INEQUALITY, OMNIBUS, PROXY -> false;
    };
  }

  /// What a rule compares that calls a metric by this name and does not say: a `need_gap` is a
  /// difference.
  public static Rule.Compare usualCompare(String name) {
    return name.startsWith("need_gap") ? Rule.Compare.DIFFERENCE : Rule.Compare.NONE;
  }

  /// The metric of that name or alias.
  public static Optional<Metric> find(String name) {
    return Arrays.stream(values())
        .filter(m -> m.id.equals(name) || m.aliases().contains(name))
        .findFirst();
  }
}
