package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.proposal.Imported;
import org.primum.fairness.proposal.Imported.Demand;
import org.primum.fairness.proposal.Imported.Limits;
import org.primum.fairness.proposal.PeerMetrics;
import org.primum.gate.ConfigInvalidException;

/// The EvalConfig of TensorFlow Model Analysis as JSON, its keys in either spelling of protocol
/// buffers. Value thresholds on slices become rules on groups; thresholds across slices become
/// rules against the reference, with the sign changed: TFMA takes baseline minus slice.
///
/// @param source how messages call it
record TfmaSettings(String source, JsonNode root) {

  private static final double HALF = 0.5;

  Imported read() {
    JsonNode config = get(root, "eval_config").isObject() ? get(root, "eval_config") : root;
    if (!get(config, "metrics_specs").isArray()) {
      throw new ConfigInvalidException(
          source
              + ": metrics_specs: missing; give the EvalConfig as JSON, as"
              + " google.protobuf.json_format.MessageToJson writes it");
    }
    return new Reading(config, new ArrayList<>(), new LinkedHashSet<>(), new LinkedHashMap<>())
        .imported();
  }

  /// A field by its name in the schema, or in the spelling of JSON.
  private static JsonNode get(JsonNode object, String name) {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("_", -1)) {
      camel.append(
          camel.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return object.has(name) ? object.path(name) : object.path(camel.toString());
  }

  /// A wrapped number: `0.5`, or `{"value": 0.5}`.
  private static double number(JsonNode node, double absent) {
    return node.isObject() ? node.path("value").asDouble(absent) : node.asDouble(absent);
  }

  /// What is found on the way.
  ///
  /// @param left what has no words in a policy
  /// @param demands each once
  /// @param references the baseline of thresholds across slices, by attribute
  private record Reading(
      JsonNode config,
      List<String> left,
      Set<Demand> demands,
      LinkedHashMap<String, String> references) {

    Imported imported() {
      leaveOptions();
      for (JsonNode spec : get(config, "metrics_specs")) {
        leaveMulti(spec);
        get(spec, "metrics").forEach(this::metric);
        keyed(get(spec, "thresholds"), (name, node) -> everySlice(name, name, node));
        keyed(
            get(spec, "per_slice_thresholds"),
            (name, node) -> get(node, "thresholds").forEach(t -> slices(name, name, t)));
        keyed(
            get(spec, "cross_slice_thresholds"),
            (name, node) -> get(node, "thresholds").forEach(t -> across(name, name, t)));
      }
      return new Imported("tfma", columns(), references, List.copyOf(demands), left);
    }

    private interface Each {
      void of(String name, JsonNode node);
    }

    private static void keyed(JsonNode map, Each each) {
      map.properties().forEach(entry -> each.of(entry.getKey(), entry.getValue()));
    }

    private Imported.Columns columns() {
      JsonNode model = MissingNode.getInstance();
      for (JsonNode spec : get(config, "model_specs")) {
        if (!get(spec, "is_baseline").asBoolean()) {
          model = spec;
        }
      }
      String prediction = get(model, "prediction_key").asText("");
      return new Imported.Columns(
          get(model, "label_key").asText("label"),
          new Imported.Decision.From(prediction.isEmpty() ? "score" : prediction, threshold()),
          get(model, "example_weight_key").asText(""));
    }

    /// The first threshold of the metrics' settings; a half where none is set, as in TFMA.
    private double threshold() {
      for (JsonNode spec : get(config, "metrics_specs")) {
        for (JsonNode metric : get(spec, "metrics")) {
          JsonNode thresholds = settings(metric).path("thresholds");
          double first =
              thresholds.isArray() ? thresholds.path(0).asDouble(-1) : thresholds.asDouble(-1);
          if (first >= 0 && first <= 1) {
            return first;
          }
        }
      }
      return HALF;
    }

    private static JsonNode settings(JsonNode metric) {
      String text = metric.path("config").asText("").strip();
      if (text.isEmpty()) {
        return MissingNode.getInstance();
      }
      String whole = text.startsWith("{") ? text : "{" + text + "}";
      return Documents.readWithoutSchema(
          new Source(
              get(metric, "class_name").asText() + ".config",
              whole.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private void leaveOptions() {
      for (Map.Entry<String, JsonNode> option : config.path("options").properties()) {
        String advice =
            option.getKey().toLowerCase(Locale.ROOT).replace("_", "").equals("minslicesize")
                ? "TFMA leaves smaller slices out; a policy's minimum.n makes them INCONCLUSIVE, set it"
                : "no part of a policy";
        left.add("options." + option.getKey() + ": " + advice);
      }
      if (!get(config, "cross_slicing_specs").isEmpty()) {
        left.add(
            "cross_slicing_specs: comparisons without a threshold are shown for every group anyway");
      }
    }

    private void leaveMulti(JsonNode spec) {
      for (String key :
          List.of(
              "binarize",
              "aggregate",
              "query_key",
              "output_names",
              "output_weights",
              "model_names")) {
        if (!get(spec, key).isEmpty() || get(spec, key).isTextual()) {
          left.add(
              "metrics_specs."
                  + key
                  + ": several outputs, classes or models; a policy is of one event");
        }
      }
    }

    private void metric(JsonNode metric) {
      String name = get(metric, "class_name").asText();
      String ours =
          settings(metric).path("curve").asText().equals("PR") ? "AUCPrecisionRecall" : name;
      everySlice(ours, name, metric.path("threshold"));
      get(metric, "per_slice_thresholds").forEach(t -> slices(ours, name, t));
      get(metric, "cross_slice_thresholds").forEach(t -> across(ours, name, t));
    }

    /// A threshold without slices holds for every slice, everyone among them.
    private void everySlice(String metric, String source, JsonNode threshold) {
      if (threshold.isMissingNode()) {
        return;
      }
      slices(metric, source, get(config, "slicing_specs"), threshold);
      if (get(config, "slicing_specs").isEmpty()) {
        left.add(source + ": " + OVERALL);
      }
    }

    private static final String OVERALL =
        "a threshold on everyone at once; put it into the rules of a ReleasePolicy";

    private void slices(String metric, String source, JsonNode perSlice) {
      slices(metric, source, get(perSlice, "slicing_specs"), perSlice.path("threshold"));
    }

    private void slices(String metric, String source, JsonNode specs, JsonNode threshold) {
      Optional<Limit> limit = limit(metric, source, threshold);
      for (JsonNode spec : specs) {
        List<String> over = attributes(spec, source);
        if (over.isEmpty() && spec.isEmpty()) {
          left.add(source + ": " + OVERALL);
        }
        if (!over.isEmpty() && limit.isPresent()) {
          demands.add(
              new Demand(
                  source + " on slices of " + String.join(" and ", over),
                  MetricRef.of(limit.get().metric()),
                  Rule.Compare.NONE,
                  over,
                  limit.get().limits()));
        }
      }
    }

    private void across(String metric, String source, JsonNode crossSlice) {
      Optional<Limit> limit = limit(metric, source, crossSlice.path("threshold"));
      for (JsonNode cross : get(crossSlice, "cross_slicing_specs")) {
        JsonNode baseline = get(cross, "baseline_spec");
        JsonNode others = get(cross, "slicing_specs");
        for (JsonNode spec : others.isEmpty() ? get(config, "slicing_specs") : others) {
          List<String> over = attributes(spec, source);
          if (!over.isEmpty() && limit.isPresent()) {
            across(source, baseline, over, limit.get());
          }
        }
      }
    }

    private void across(String source, JsonNode baseline, List<String> over, Limit limit) {
      boolean everyone = baseline.isEmpty();
      JsonNode values = get(baseline, "feature_values");
      boolean one = over.size() == 1 && values.size() == 1 && values.has(over.getFirst());
      if (!everyone && !one) {
        left.add(
            source
                + ": across slices of "
                + String.join(", ", over)
                + ": the baseline is neither everyone nor one group of the same attribute");
        return;
      }
      if (limit.inverted()) {
        left.add(source + ": across slices: a difference of ratios has no inverse");
        return;
      }
      if (one) {
        references.put(over.getFirst(), values.path(over.getFirst()).asText());
      }
      demands.add(
          new Demand(
              source + " across slices of " + String.join(" and ", over) + ", sign changed",
              MetricRef.of(limit.metric()),
              everyone ? Rule.Compare.VS_OVERALL : Rule.Compare.DIFFERENCE,
              over,
              limit.limits().negated()));
    }

    /// The attributes whose groups a slicing spec makes; none where it names single groups.
    private List<String> attributes(JsonNode spec, String source) {
      List<String> keys = ImportedSettings.texts(get(spec, "feature_keys"));
      if (!get(spec, "feature_values").isEmpty()) {
        left.add(
            source
                + ": a threshold on one slice of "
                + String.join(
                    ", ",
                    get(spec, "feature_values").properties().stream()
                        .map(Map.Entry::getKey)
                        .toList())
                + " alone; a rule speaks of all groups of an attribute");
        return List.of();
      }
      if (get(spec, "slice_keys_sql").isTextual()) {
        left.add(source + ": slice_keys_sql: groups made by SQL; make a column of them");
        return List.of();
      }
      return keys;
    }

    /// @param inverted whether ours is one over theirs
    private record Limit(Metric metric, Limits limits, boolean inverted) {}

    private Optional<Limit> limit(String name, String source, JsonNode threshold) {
      if (!get(threshold, "change_threshold").isMissingNode()) {
        left.add(
            source
                + ": change_threshold: against a baseline model; write a rule with `against: baseline`");
      }
      JsonNode value = get(threshold, "value_threshold");
      if (value.isMissingNode()) {
        return Optional.empty();
      }
      Limits limits =
          new Limits(
              number(get(value, "lower_bound"), Double.NEGATIVE_INFINITY),
              number(get(value, "upper_bound"), Double.POSITIVE_INFINITY));
      String plain = name.substring(name.lastIndexOf('/') + 1).replaceFirst("@.*", "");
      if (plain.equalsIgnoreCase("calibration")) {
        return Optional.of(new Limit(Metric.O_E, inverse(limits), true));
      }
      Optional<Metric> metric = PeerMetrics.find(plain);
      if (metric.isEmpty()) {
        left.add(source + ": no metric of a policy is called so");
      }
      return limits.isNone() ? Optional.empty() : metric.map(m -> new Limit(m, limits, false));
    }

    private static Limits inverse(Limits limits) {
      return new Limits(
          Double.isInfinite(limits.max()) ? Double.NEGATIVE_INFINITY : 1 / limits.max(),
          limits.min() > 0 ? 1 / limits.min() : Double.POSITIVE_INFINITY);
    }
  }
}
