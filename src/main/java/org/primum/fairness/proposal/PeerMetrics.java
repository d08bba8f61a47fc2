package org.primum.fairness.proposal;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.primum.fairness.policy.Metric;

/// What other tools call our metrics, each of the same orientation.
public final class PeerMetrics {

  private PeerMetrics() {}

  /// By name in lower case without anything but letters and digits.
  private static final Map<String, Metric> NAMES =
      Map.ofEntries(
          Map.entry("accuracy", Metric.ACCURACY),
          Map.entry("accuracyscore", Metric.ACCURACY),
          Map.entry("auc", Metric.AUROC),
          Map.entry("aucprecisionrecall", Metric.AUPRC),
          Map.entry("averageprecisionscore", Metric.AUPRC),
          Map.entry("balancedaccuracy", Metric.BALANCED_ACCURACY),
          Map.entry("balancedaccuracyscore", Metric.BALANCED_ACCURACY),
          Map.entry("binaryaccuracy", Metric.ACCURACY),
          Map.entry("binarycrossentropy", Metric.LOG_LOSS),
          Map.entry("brierscoreloss", Metric.BRIER),
          Map.entry("f1score", Metric.F1),
          Map.entry("fallout", Metric.FPR),
          Map.entry("falsediscoveryrate", Metric.FDR),
          Map.entry("falsenegativerate", Metric.FNR),
          Map.entry("falseomissionrate", Metric.FOR),
          Map.entry("falsepositiverate", Metric.FPR),
          Map.entry("logloss", Metric.LOG_LOSS),
          Map.entry("meanlabel", Metric.BASE_RATE),
          Map.entry("missrate", Metric.FNR),
          Map.entry("negativepredictivevalue", Metric.NPV),
          Map.entry("positivepredictivevalue", Metric.PPV),
          Map.entry("positiverate", Metric.SELECTION_RATE),
          Map.entry("precision", Metric.PPV),
          Map.entry("precisionscore", Metric.PPV),
          Map.entry("predictedpositiverate", Metric.SELECTION_RATE),
          Map.entry("prevalence", Metric.BASE_RATE),
          Map.entry("recall", Metric.TPR),
          Map.entry("recallscore", Metric.TPR),
          Map.entry("rocaucscore", Metric.AUROC),
          Map.entry("selectionrate", Metric.SELECTION_RATE),
          Map.entry("specificity", Metric.TNR),
          Map.entry("truenegativerate", Metric.TNR),
          Map.entry("truepositiverate", Metric.TPR),
          Map.entry("zerooneloss", Metric.ERROR_RATE));

  /// The metric of a name, in whatever case its tool writes it.
  public static Optional<Metric> find(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return Optional.ofNullable(NAMES.get(plain)).or(() -> Metric.find(plain));
  }
}
