package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.proposal.Imported;
import org.primum.fairness.proposal.Imported.Demand;
import org.primum.fairness.proposal.Imported.Limits;
import org.primum.fairness.proposal.PeerMetrics;
import org.primum.gate.ConfigInvalidException;

/// Bounds on Fairlearn's functions. Fairlearn has no file for them; this one is `y_true`, `y_pred`
/// and `sensitive_features` as its functions name them, and `metrics`: a list of `function`, `min`
/// or `max`, and where they are given `method`, `agg` and `sensitive_features`.
///
/// @param source how messages call it
record FairlearnSettings(String source, JsonNode root) {

  private static final Map<String, String> KNOWN =
      Map.of(
          "y_true", "",
          "y_pred", "",
          "sample_weight", "",
          "sensitive_features", "",
          "metrics", "",
          "control_features", "strata are no part of an imported policy");

  /// Fairlearn's names of a comparison of one metric.
  private static final Map<String, Metric> NAMED =
      Map.of("demographic_parity", Metric.SELECTION_RATE, "equal_opportunity", Metric.TPR);

  private static final String ODDS = "equalized_odds";

  Imported read() {
    if (!root.path("metrics").isArray()) {
      throw new ConfigInvalidException(
          source + ": metrics: give a list of {function: …, min: …, max: …}");
    }
    List<Demand> demands = new ArrayList<>();
    List<String> left = new ArrayList<>();
    ImportedSettings.leave(root, KNOWN, left);
    root.path("metrics").forEach(item -> demand(item, demands, left));
    return new Imported(
        "fairlearn",
        new Imported.Columns(
            root.path("y_true").asText("label"),
            new Imported.Decision.Flagged(root.path("y_pred").asText("prediction")),
            root.path("sample_weight").asText("")),
        new LinkedHashMap<>(),
        demands,
        left);
  }

  private void demand(JsonNode item, List<Demand> demands, List<String> left) {
    String function = item.path("function").asText();
    List<String> over =
        ImportedSettings.texts(
            item.path("sensitive_features").isMissingNode()
                ? root.path("sensitive_features")
                : item.path("sensitive_features"));
    if (function.isEmpty() || over.isEmpty()) {
      throw new ConfigInvalidException(
          source + ": metrics: every item needs a function, and sensitive_features somewhere");
    }
    Limits limits =
        new Limits(
            item.path("min").asDouble(Double.NEGATIVE_INFINITY),
            item.path("max").asDouble(Double.POSITIVE_INFINITY));
    Function parsed = Function.of(function);
    Optional<String> obstacle = parsed.obstacle(item, limits);
    if (obstacle.isPresent()) {
      left.add(function + ": " + obstacle.get());
      return;
    }
    boolean overall = item.path("method").asText().equals("to_overall");
    for (Metric metric : parsed.metrics()) {
      for (String attribute : over) {
        demands.add(
            new Demand(
                function,
                MetricRef.of(metric),
                overall ? Rule.Compare.VS_OVERALL : parsed.compare(),
                List.of(attribute),
                overall ? new Limits(0 - limits.max(), limits.max()) : limits));
      }
    }
  }

  /// A function's name taken apart: `recall_score_group_min` is `recall_score`, of each group.
  private record Function(List<Metric> metrics, String suffix) {

    private static final List<String> SUFFIXES =
        List.of("_difference", "_ratio", "_group_min", "_group_max");

    static Function of(String name) {
      String suffix = SUFFIXES.stream().filter(name::endsWith).findFirst().orElse("");
      String base = name.substring(0, name.length() - suffix.length());
      if (base.equals(ODDS)) {
        return new Function(List.of(Metric.TPR, Metric.FPR), suffix);
      }
      return new Function(
          Optional.ofNullable(NAMED.get(base)).or(() -> PeerMetrics.find(base)).stream().toList(),
          suffix);
    }

    Rule.Compare compare() {
      return switch (suffix) {
        case "_difference" -> Rule.Compare.MAX_MIN;
        case "_ratio" -> Rule.Compare.MIN_MAX_RATIO;
        default -> Rule.Compare.NONE;
      };
    }

    Optional<String> obstacle(JsonNode item, Limits limits) {
      if (metrics.isEmpty()) {
        return Optional.of("no metric of a policy is this function");
      }
      if (limits.isNone()) {
        return Optional.of("neither min nor max is given");
      }
      if (!item.path("agg").asText("worst_case").equals("worst_case")) {
        return Optional.of("agg is not worst_case; a policy holds each rate against its limit");
      }
      boolean overall = item.path("method").asText("between_groups").equals("to_overall");
      if (overall && !suffix.equals("_difference")) {
        return Optional.of("to_overall is imported of differences only");
      }
      return backward(limits);
    }

    private Optional<String> backward(Limits limits) {
      boolean most = suffix.equals("_difference") || suffix.equals("_group_max");
      boolean least = suffix.equals("_ratio") || suffix.equals("_group_min");
      return (most && !Double.isInfinite(limits.min()))
              || (least && !Double.isInfinite(limits.max()))
          ? Optional.of("takes " + (most ? "max" : "min") + "; the other bound would ask for a gap")
          : Optional.empty();
    }
  }
}
