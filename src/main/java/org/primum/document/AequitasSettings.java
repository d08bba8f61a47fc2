package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.proposal.Imported;
import org.primum.fairness.proposal.Imported.Demand;
import org.primum.fairness.proposal.Imported.Limits;
import org.primum.gate.ConfigInvalidException;

/// The `configs.yaml` of Aequitas: each measure holds the ratio of every group to the reference
/// between `fairness_threshold` and its inverse.
///
/// @param source how messages call it
record AequitasSettings(String source, JsonNode root) {

  private static final double USUAL = 0.8;

  private static final Map<String, List<Metric>> MEASURES =
      Map.ofEntries(
          Map.entry("Statistical Parity", List.of(Metric.PREDICTED_POSITIVE_SHARE)),
          Map.entry("Impact Parity", List.of(Metric.SELECTION_RATE)),
          Map.entry("FDR Parity", List.of(Metric.FDR)),
          Map.entry("FPR Parity", List.of(Metric.FPR)),
          Map.entry("FNR Parity", List.of(Metric.FNR)),
          Map.entry("FOR Parity", List.of(Metric.FOR)),
          Map.entry("TPR Parity", List.of(Metric.TPR)),
          Map.entry("TNR Parity", List.of(Metric.TNR)),
          Map.entry("NPV Parity", List.of(Metric.NPV)),
          Map.entry("Precision Parity", List.of(Metric.PPV)),
          Map.entry("TypeI Parity", List.of(Metric.FDR, Metric.FPR)),
          Map.entry("TypeII Parity", List.of(Metric.FOR, Metric.FNR)),
          Map.entry("Equalized Odds", List.of(Metric.FPR, Metric.TPR)));

  /// What Aequitas takes where the file does not say.
  private static final List<String> DEFAULT =
      List.of(
          "Statistical Parity",
          "Impact Parity",
          "FDR Parity",
          "FPR Parity",
          "FNR Parity",
          "FOR Parity",
          "TPR Parity",
          "Precision Parity");

  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("ref_groups_method", ""),
          Map.entry("ref_groups", ""),
          Map.entry("fairness_threshold", ""),
          Map.entry("fairness_measures", ""),
          Map.entry("attr_cols", ""),
          Map.entry(
              "score_thresholds",
              "flags the top of a ranking; write who is flagged into the prediction column, or set"
                  + " data.decision.threshold"),
          Map.entry("db", "where the data is, no part of a policy"),
          Map.entry("project_description", "no part of a policy"),
          Map.entry("report", "no part of a policy"),
          Map.entry("plot_bias_disparities", "no part of a policy"),
          Map.entry("plot_bias_metrics", "no part of a policy"));

  Imported read() {
    List<String> left = new ArrayList<>();
    ImportedSettings.leave(root, KNOWN, left);
    SequencedMap<String, String> references = references(left);
    if (references.isEmpty()) {
      throw new ConfigInvalidException(
          source
              + ": attr_cols: name the attributes; Aequitas takes all other columns, a policy says which");
    }
    return new Imported(
        "aequitas",
        new Imported.Columns("label_value", new Imported.Decision.Flagged("score"), ""),
        references,
        demands(references.keySet(), left),
        left);
  }

  private SequencedMap<String, String> references(List<String> left) {
    SequencedMap<String, String> references = new LinkedHashMap<>();
    ImportedSettings.texts(root.path("attr_cols")).forEach(a -> references.put(a, ""));
    String method = root.path("ref_groups_method").asText("majority");
    for (Map.Entry<String, JsonNode> group : root.path("ref_groups").properties()) {
      references.put(group.getKey(), method.equals("predefined") ? group.getValue().asText() : "");
    }
    if (!method.equals("majority") && !method.equals("predefined")) {
      left.add(
          "ref_groups_method: "
              + method
              + ": a reference per metric is none that a policy can name; the largest group is taken");
    }
    return references;
  }

  private List<Demand> demands(Set<String> attributes, List<String> left) {
    double tau = root.path("fairness_threshold").asDouble(USUAL);
    if (!(tau > 0 && tau <= 1)) {
      throw new ConfigInvalidException(
          source + ": fairness_threshold: a number above 0 and at most 1, got " + tau);
    }
    List<String> measures = ImportedSettings.texts(root.path("fairness_measures"));
    Set<Demand> demands = new LinkedHashSet<>();
    for (String measure : measures.isEmpty() ? DEFAULT : measures) {
      List<Metric> metrics = MEASURES.getOrDefault(measure, List.of());
      if (metrics.isEmpty()) {
        left.add(measure + ": not a measure of Aequitas that this import knows");
      }
      for (Metric metric : metrics) {
        for (String attribute : attributes) {
          demands.add(
              new Demand(
                  measure,
                  MetricRef.of(metric),
                  Rule.Compare.RATIO,
                  List.of(attribute),
                  new Limits(tau, 1 / tau)));
        }
      }
    }
    return List.copyOf(demands);
  }
}
