package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.primum.data.Digest;
import org.primum.explain.drift.DriftNumber;
import org.primum.explain.drift.ShapleyDrift;
import org.primum.explain.policy.Coverage;
import org.primum.explain.summary.FeatureProfile;
import org.primum.explain.summary.InteractionSummary;
import org.primum.explain.summary.MeanEstimate;
import org.primum.explain.summary.ShapleyContrast;
import org.primum.explain.summary.ShapleyProfile;
import org.primum.explain.summary.ShapleySpread;
import org.primum.explain.summary.ShapleySummary;
import org.primum.explain.summary.ShapleySummary.Group;
import org.primum.explain.summary.ShapleySummary.Importance;
import org.primum.explain.summary.ShapleySummary.Output;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Interval;
import org.primum.gate.Measure;

/// `summary.json` of `shap-batch`: which features matter, overall and by group, and how that has
/// changed since a baseline. Its form is `schema/shap-summary.schema.json`. The same rows give the
/// same bytes, however they were sharded.
public final class ShapleySummaryDocument {

  static final String SCHEMA = "primum.dev/shap-summary/v1alpha2";

  /// A thousand features of ten classes stay below.
  private static final int MAX_BYTES = 64 << 20;

  private ShapleySummaryDocument() {}

  /// A model with one margin has `baseValue`, `features` and `groups` at the top; one with several
  /// has them in `classes`, in class order.
  ///
  /// @param shard of all rows that are summed up
  /// @param baseline what `drift` compares with, where it does
  /// @param drift of each output; none without a baseline
  /// @param coverage of the predictions that were made, where somebody said which
  public static byte[] write(
      ShapleyShard shard,
      ShapleySummary summary,
      Optional<ShapleyBaseline> baseline,
      List<ShapleyDrift> drift,
      Optional<Coverage> coverage) {
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA);
    root.put("model", shard.model().value());
    root.put("dataset", shard.dataset().value());
    root.put("rows", summary.rows());
    root.put("mode", shard.mode());
    ShapleyShardDocument.background(root, shard);
    ShapleyMethodNodes.write(root, shard.method());
    ShapleyShardDocument.groups(root, shard);
    Optional<InteractionSummary> interactions =
        shard.interactions().map(ShapleyInteractions::summary);
    baseline.ifPresent(earlier -> baseline(root.putObject("baseline"), earlier));
    ShapleyShardDocument.cover(root, shard);
    if (summary.outputs().size() == 1) {
      output(root, summary.outputs().getFirst());
      interactions.ifPresent(
          pairs -> ShapleyInteractionNodes.write(root, pairs.outputs().getFirst()));
      drift.forEach(one -> drift(root.putObject("drift"), one));
    } else {
      classes(root.putArray("classes"), summary, interactions, drift);
    }
    ArrayNode leftOut = root.putArray("leftOut");
    summary.leftOut().forEach(leftOut::add);
    ObjectNode suppressed = root.putObject("suppressed");
    suppressed.put("below", shard.minCohort());
    ArrayNode groups = suppressed.putArray("groups");
    summary.suppressed().forEach(groups::add);
    coverage.ifPresent(of ->
        root.putObject("coverage")
            .put("expected", of.expected())
            .put("missing", of.missing())
            .put("surplus", of.surplus()));
    root.putObject("additivity").put("max", summary.additivityMax());
    return Documents.write(root);
  }

  private static void classes(
      ArrayNode classes,
      ShapleySummary summary,
      Optional<InteractionSummary> interactions,
      List<ShapleyDrift> drift) {
    for (int i = 0; i < summary.outputs().size(); i++) {
      ObjectNode one = classes.addObject();
      one.put("class", i);
      output(one, summary.outputs().get(i));
      int output = i;
      interactions.ifPresent(
          pairs -> ShapleyInteractionNodes.write(one, pairs.outputs().get(output)));
      if (!drift.isEmpty()) {
        drift(one.putObject("drift"), drift.get(i));
      }
    }
  }

  private static void baseline(ObjectNode node, ShapleyBaseline baseline) {
    node.put("model", baseline.model().value());
    node.put("dataset", baseline.dataset().value());
    node.put("rows", baseline.rows());
  }

  private static void output(ObjectNode node, Output output) {
    node.put("baseValue", output.baseValue());
    features(node, output.features());
    ArrayNode groups = node.putArray("groups");
    for (Group group : output.groups()) {
      ObjectNode one = groups.addObject();
      one.put("group", group.name());
      one.put("n", group.rows());
      features(one, group.features());
      ArrayNode differences = one.putArray("differences");
      group.contrasts().forEach(contrast -> difference(differences.addObject(), contrast));
    }
    ArrayNode profile = node.putArray("profile");
    output.profile().forEach(feature -> profile(profile.addObject(), feature));
  }

  private static void features(ObjectNode node, List<Importance> importances) {
    ArrayNode features = node.putArray("features");
    for (Importance importance : importances) {
      ObjectNode one = features.addObject();
      ShapleySpread spread = importance.spread();
      one.put("feature", importance.feature());
      one.put("meanAbs", importance.meanAbs());
      interval(one, "meanAbsInterval", spread.interval());
      one.put("mean", importance.mean());
      one.put("std", Math.sqrt(spread.variance()));
      one.put("rank", importance.rank());
      one.putArray("rankInterval").add(spread.ranks().low()).add(spread.ranks().high());
      one.put("positive", spread.positive());
      one.put("negative", spread.negative());
      ObjectNode quantiles = one.putObject("quantiles");
      spread.quantiles().forEach(q -> quantiles.put(name(q.share()), q.value()));
    }
  }

  private static String name(double share) {
    return String.format(Locale.ROOT, "q%02d", Math.round(100 * share));
  }

  private static void interval(ObjectNode node, String key, Interval interval) {
    switch (interval) {
      case Interval.None() -> node.putNull(key);
      case Interval.Bounds(double low, double high) -> node.putArray(key).add(low).add(high);
    }
  }

  private static void difference(ObjectNode node, ShapleyContrast contrast) {
    node.put("feature", contrast.feature());
    node.put("meanAbs", contrast.difference());
    interval(node, "interval", contrast.usualInterval());
    node.put("ks", contrast.distance().least());
  }

  private static void profile(ObjectNode node, FeatureProfile feature) {
    node.put("feature", feature.feature());
    node.put("meanAbs", feature.meanAbs());
    node.put("stdAbs", Math.sqrt(feature.magnitude().variance()));
    node.put("std", Math.sqrt(feature.variance()));
    ArrayNode values = node.putArray("values");
    ArrayNode ends = node.putArray("upTo");
    feature.values().ends().forEach(ends::add);
    ArrayNode rows = node.putArray("rows");
    feature
        .values()
        .parts()
        .forEach(part -> {
          values.add(part.value());
          rows.add(part.rows());
        });
  }

  private static void drift(ObjectNode node, ShapleyDrift drift) {
    number(node, "ndcg", drift.ndcg());
    measure(node, "ndcgChance", drift.ndcg().chance());
    number(node, "kendall", drift.kendall());
    ObjectNode overlap = node.putObject("overlap").put("top", drift.top());
    number(overlap, "share", drift.overlap());
    ArrayNode features = node.putArray("features");
    for (ShapleyDrift.FeatureDrift one : drift.byDistance()) {
      ObjectNode feature = features.addObject();
      feature.put("feature", one.feature());
      number(feature, "wasserstein", one.wasserstein());
      measure(feature, "wassersteinChance", one.wasserstein().chance());
      number(feature, "psi", one.stabilityIndex());
      measure(feature, "psiChance", one.stabilityIndex().chance());
    }
  }

  private static void number(ObjectNode node, String key, DriftNumber number) {
    measure(node, key, number.value());
    interval(node, key + "Interval", number.usualInterval());
  }

  private static void measure(ObjectNode node, String key, Measure measure) {
    switch (measure) {
      case Measure.Known(double value) -> node.put(key, value);
      case Measure.Unknown _ -> node.putNull(key);
    }
  }

  /// Reads what a later run is compared with.
  ///
  /// @throws ConfigInvalidException where it is no summary of this version, or tells of no rows
  public static ShapleyBaseline read(java.nio.file.Path file, String name)
      throws java.io.IOException {
    JsonNode root = document(Source.of(file, name, MAX_BYTES));
    try {
      return baseline(root);
    } catch (IllegalArgumentException e) {
      throw new ConfigInvalidException(name + ": " + e.getMessage(), e);
    }
  }

  private static JsonNode document(Source source) {
    try {
      return Documents.read(source, "shap-summary");
    } catch (ConfigInvalidException e) {
      throw new ConfigInvalidException(
          e.getMessage() + "; give the summary.json of a run of this version", e);
    }
  }

  private static ShapleyBaseline baseline(JsonNode root) {
    List<List<FeatureProfile>> outputs = new ArrayList<>();
    if (root.has("classes")) {
      root.required("classes").forEach(one -> outputs.add(profiles(one)));
    } else {
      outputs.add(profiles(root));
    }
    return new ShapleyBaseline(
        new Digest(root.required("model").asText()),
        new Digest(root.required("dataset").asText()),
        root.required("mode").asText(),
        ShapleyShardDocument.background(root),
        root.required("rows").longValue(),
        outputs);
  }

  private static List<FeatureProfile> profiles(JsonNode node) {
    List<FeatureProfile> profiles = new ArrayList<>();
    for (JsonNode one : node.required("profile")) {
      JsonNode values = one.required("values");
      JsonNode rows = one.required("rows");
      if (values.size() != rows.size() || values.isEmpty()) {
        throw new IllegalArgumentException("profile: every value has its rows");
      }
      List<ShapleyProfile.Part> parts = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        parts.add(
            new ShapleyProfile.Part(
                values.required(i).doubleValue(), rows.required(i).longValue()));
      }
      List<Double> ends = new ArrayList<>();
      one.required("upTo").forEach(end -> ends.add(end.doubleValue()));
      ShapleyProfile profile = new ShapleyProfile(parts, ends);
      double ofMagnitudes = one.required("stdAbs").doubleValue();
      double deviation = one.required("std").doubleValue();
      profiles.add(
          new FeatureProfile(
              one.required("feature").asText(),
              new MeanEstimate(
                  one.required("meanAbs").doubleValue(),
                  ofMagnitudes * ofMagnitudes,
                  profile.rows()),
              deviation * deviation,
              profile));
    }
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException(
          "profile: no rows were explained, nothing to compare with");
    }
    return profiles;
  }
}
