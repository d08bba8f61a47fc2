package org.primum.fairness;

import java.util.Arrays;
import java.util.Optional;
import org.primum.gate.Measure;

/// A rate of one group: a proportion of its contingency table, in [0, 1].
///
/// A zero denominator has no rate: 0 would say that a group without positives is never missed
/// (Fairlearn returns 0 for both its true and its false negative rate). Rows without a label or a
/// prediction are left out of the rates that need one. Hardt, Price, Srebro 2016,
/// [arXiv:1610.02413](https://arxiv.org/abs/1610.02413), for the parity notions built on these.
public enum GroupRate {
  /// Predicted positive among all: (tp + fp) / n.
  SELECTION_RATE(
      "selection_rate", Counts.SELECTED, Counts.SELECTED | Counts.NOT_SELECTED, "no predictions"),
  /// Found among the positives, the clinic's sensitivity: tp / (tp + fn). Best 1.
  TPR("tpr", Counts.TP, Counts.TP | Counts.FN, "no positives"),
  /// False alarms among the negatives: fp / (fp + tn). Best 0.
  FPR("fpr", Counts.FP, Counts.FP | Counts.TN, "no negatives"),
  /// Left alone among the negatives, the clinic's specificity: tn / (fp + tn). Best 1.
  TNR("tnr", Counts.TN, Counts.FP | Counts.TN, "no negatives"),
  /// Missed among the positives: fn / (tp + fn). Best 0.
  FNR("fnr", Counts.FN, Counts.TP | Counts.FN, "no positives"),
  /// True among the predicted positives: tp / (tp + fp). Best 1.
  PPV("ppv", Counts.TP, Counts.TP | Counts.FP, "nobody was predicted positive"),
  /// True among the predicted negatives: tn / (tn + fn). Best 1.
  NPV("npv", Counts.TN, Counts.TN | Counts.FN, "nobody was predicted negative"),
  /// Right among all: (tp + tn) / n. Best 1.
  ACCURACY(
      "accuracy",
      Counts.TP | Counts.TN,
      Counts.TP | Counts.TN | Counts.FP | Counts.FN,
      "no rows with label and prediction"),
  /// Positives among all: (tp + fn) / n. It speaks of the data, not of the model.
  BASE_RATE("base_rate", Counts.POSITIVES, Counts.POSITIVES | Counts.NEGATIVES, "no labels");

  private final String id;
  private final int events;
  private final int total;
  private final String undefined;

  GroupRate(String id, int events, int total, String undefined) {
    this.id = id;
    this.events = events;
    this.total = total;
    this.undefined = undefined;
  }

  /// The name in policies and result files.
  public String id() {
    return id;
  }

  /// What the denominator lacks where it is zero.
  public String undefined() {
    return undefined;
  }

  public static Optional<GroupRate> find(String id) {
    return Arrays.stream(values()).filter(r -> r.id.equals(id)).findFirst();
  }

  public Proportion proportion(Counts counts) {
    return Proportion.of(counts.over(events), counts.over(total));
  }

  /// The rate of a group, or unknown where its denominator is zero.
  public Measure measure(Counts counts) {
    return proportion(counts).measure(undefined);
  }

  /// How many rows of the denominator the policy asks for before it judges.
  double required(Minimum minimum) {
    return switch (this) {
      case TPR, FNR -> minimum.positives();
      case FPR, TNR -> minimum.negatives();
      case SELECTION_RATE, PPV, NPV, ACCURACY, BASE_RATE -> minimum.n();
    };
  }

  /// What the rows of the denominator are called.
  String denominatorName() {
    return switch (this) {
      case TPR, FNR -> "positives";
      case FPR, TNR -> "negatives";
      case PPV -> "predicted positives";
      case NPV -> "predicted negatives";
      case SELECTION_RATE, ACCURACY, BASE_RATE -> "patients";
    };
  }
}
