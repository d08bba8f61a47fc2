package org.primum.fairness.policy;

import org.primum.fairness.policy.Definition.Formula;
import org.primum.fairness.policy.Definition.Scale;
import org.primum.fairness.policy.Metric.Better;
import org.primum.fairness.policy.Metric.Family;
import org.primum.fairness.policy.Metric.Method;

/// The metrics of the rates of the decisions, counted in the contingency table.
final class RateDefinitions {

  static final Definition SELECTION_RATE =
      new Definition(
          Family.RATE,
          "selection_rate",
          "predicted positive among all",
          new Formula("(tp + fp) / n", "rows with a prediction", "no predictions"),
          Scale.share(Better.NEITHER),
          Method.WILSON,
          "Hardt, Price, Srebro 2016",
          "pprev",
          "ar");

  static final Definition TPR =
      new Definition(
          Family.RATE,
          "tpr",
          "found among the positives: the clinic's sensitivity",
          new Formula("tp / (tp + fn)", "positives with a prediction", "no positives"),
          Scale.share(Better.HIGHER),
          Method.WILSON,
          "Hardt, Price, Srebro 2016",
          "recall",
          "sensitivity");

  static final Definition FPR =
      new Definition(
          Family.RATE,
          "fpr",
          "flagged by mistake among the negatives",
          new Formula("fp / (fp + tn)", "negatives with a prediction", "no negatives"),
          Scale.share(Better.LOWER),
          Method.WILSON,
          "Hardt, Price, Srebro 2016");

  static final Definition TNR =
      new Definition(
          Family.RATE,
          "tnr",
          "left alone among the negatives: the clinic's specificity",
          new Formula("tn / (fp + tn)", "negatives with a prediction", "no negatives"),
          Scale.share(Better.HIGHER),
          Method.WILSON,
          "Hardt, Price, Srebro 2016",
          "specificity");

  static final Definition FNR =
      new Definition(
          Family.RATE,
          "fnr",
          "missed among the positives",
          new Formula("fn / (tp + fn)", "positives with a prediction", "no positives"),
          Scale.share(Better.LOWER),
          Method.WILSON,
          "Hardt, Price, Srebro 2016",
          "miss_rate");

  static final Definition PPV =
      new Definition(
          Family.RATE,
          "ppv",
          "true among the predicted positives",
          new Formula(
              "tp / (tp + fp)",
              "predicted positives with a label",
              "nobody was predicted positive"),
          Scale.share(Better.HIGHER),
          Method.WILSON,
          "Chouldechova 2017",
          "precision");

  static final Definition NPV =
      new Definition(
          Family.RATE,
          "npv",
          "true among the predicted negatives",
          new Formula(
              "tn / (tn + fn)",
              "predicted negatives with a label",
              "nobody was predicted negative"),
          Scale.share(Better.HIGHER),
          Method.WILSON,
          "Chouldechova 2017");

  static final Definition FDR =
      new Definition(
          Family.RATE,
          "fdr",
          "false among the predicted positives",
          new Formula(
              "fp / (tp + fp)",
              "predicted positives with a label",
              "nobody was predicted positive"),
          Scale.share(Better.LOWER),
          Method.WILSON,
          "Chouldechova 2017");

  static final Definition FOR =
      new Definition(
          Family.RATE,
          "for",
          "false among the predicted negatives",
          new Formula(
              "fn / (tn + fn)",
              "predicted negatives with a label",
              "nobody was predicted negative"),
          Scale.share(Better.LOWER),
          Method.WILSON,
          "Chouldechova 2017");

  static final Definition ACCURACY =
      new Definition(
          Family.RATE,
          "accuracy",
          "right among all",
          new Formula(
              "(tp + tn) / n",
              "rows with label and prediction",
              "no rows with label and prediction"),
          Scale.share(Better.HIGHER),
          Method.WILSON,
          "Berk et al. 2021");

  static final Definition ERROR_RATE =
      new Definition(
          Family.RATE,
          "error_rate",
          "wrong among all",
          new Formula(
              "(fp + fn) / n",
              "rows with label and prediction",
              "no rows with label and prediction"),
          Scale.share(Better.LOWER),
          Method.WILSON,
          "Berk et al. 2021");

  static final Definition BASE_RATE =
      new Definition(
          Family.RATE,
          "base_rate",
          "positives among all; it speaks of the data, not of the model",
          new Formula("(tp + fn) / n", "rows with a label", "no labels"),
          Scale.share(Better.NEITHER),
          Method.WILSON,
          "Hardt, Price, Srebro 2016",
          "prevalence",
          "label_rate");

  static final Definition BALANCED_ACCURACY =
      new Definition(
          Family.RATE,
          "balanced_accuracy",
          "mean of tpr and tnr",
          new Formula(
              "(tpr + tnr) / 2",
              "positives and negatives with a prediction",
              "no positives, or no negatives"),
          Scale.share(Better.HIGHER),
          Method.MOVER,
          "Brodersen et al. 2010");

  static final Definition F1 =
      new Definition(
          Family.RATE,
          "f1",
          "harmonic mean of ppv and tpr",
          new Formula(
              "2 tp / (2 tp + fp + fn)",
              "rows that are positive or predicted positive",
              "nobody is positive or predicted positive"),
          Scale.share(Better.HIGHER),
          Method.IMAGE,
          "van Rijsbergen 1979");

  static final Definition MCC =
      new Definition(
          Family.RATE,
          "mcc",
          "correlation of label and prediction",
          new Formula(
              "(tp tn - fp fn) / sqrt((tp + fp)(tp + fn)(tn + fp)(tn + fn))",
              "rows with label and prediction",
              "labels, or predictions, are all the same"),
          new Scale(Better.HIGHER, -1, 1),
          Method.FISHER_Z,
          "Matthews 1975",
          "matthews_corrcoef",
          "phi");

  static final Definition COHEN_KAPPA =
      new Definition(
          Family.RATE,
          "cohen_kappa",
          "agreement of label and prediction beyond that of chance",
          new Formula(
              "(accuracy - chance) / (1 - chance), chance = sum of the products of the shares",
              "rows with label and prediction",
              "labels and predictions are all the same"),
          new Scale(Better.HIGHER, -1, 1),
          Method.FISHER_Z,
          "Cohen 1960",
          "kappa");

  static final Definition PREDICTED_POSITIVE_SHARE =
      new Definition(
          Family.RATE,
          "predicted_positive_share",
          "share of all who are predicted positive",
          new Formula(
              "(tp + fp) of the group / (tp + fp) of everyone",
              "predicted positives of everyone",
              "nobody was predicted positive"),
          Scale.share(Better.NEITHER),
          Method.WILSON,
          "Saleiro et al. 2018 (Aequitas)",
          "ppr");

  static final Definition CONFUSION_TENSOR =
      new Definition(
          Family.RATE,
          "confusion_tensor",
          "taken for a class among those of a class, as in confusion_tensor[red as green]; of itself"
              + " it is the tpr of the class",
          new Formula(
              "n of a true and a predicted class / n of the true class",
              "rows of the true class with a prediction",
              "nobody of the class"),
          Scale.share(Better.NEITHER),
          Method.WILSON,
          "Stehman 1997");

  private RateDefinitions() {}
}
