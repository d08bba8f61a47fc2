package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.explain.summary.GroupsTogether;
import org.primum.explain.summary.ShapleySums;
import org.primum.explain.summary.ShapleyTally;
import org.primum.explain.summary.ShapleyTally.WrittenSums;
import org.primum.explain.value.CountedRows;
import org.primum.explain.value.ShapleyEmission;
import org.primum.gate.ConfigInvalidException;

/// `shard.json`: the exact sums of a shard, base64 of what [ShapleySums#bytes] says. Its form is
/// `schema/shap-shard.schema.json`.
public final class ShapleyShardDocument {

  public static final String FILE_NAME = "shard.json";
  static final String SCHEMA = "primum.dev/shap-shard/v1alpha2";

  /// Fifty groups of a few attributes with thousands of features stay below.
  private static final int MAX_BYTES = 256 << 20;

  private ShapleyShardDocument() {}

  public static byte[] write(ShapleyShard shard) {
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA);
    root.put("shard", shard.index());
    root.put("of", shard.count());
    root.put("firstRow", shard.firstRow());
    root.put("model", shard.model().value());
    root.put("dataset", shard.dataset().value());
    root.put("mode", shard.mode());
    background(root, shard);
    ShapleyMethodNodes.write(root, shard.method());
    groups(root, shard);
    cover(root, shard);
    root.put("id", shard.id());
    root.put("topK", shard.topK());
    root.put("minCohort", shard.minCohort());
    emission(root.putObject("emission"), shard.emission());
    shard.rows().ifPresent(digest -> root.put("rows", digest.value()));
    ArrayNode features = root.putArray("features");
    shard.features().forEach(features::add);
    ArrayNode baseValues = root.putArray("baseValues");
    shard.baseValues().forEach(baseValues::add);
    root.put("additivityMax", shard.tally().additivityMax());
    sums(root.putObject("overall"), shard.tally().overall());
    attributes(root.putArray("attributes"), shard.tally());
    together(root.putArray("together"), shard.tally());
    ShapleyInteractionNodes.write(root, shard.interactions());
    return Documents.write(root);
  }

  /// What is not said is handed on as it was computed.
  private static void emission(ObjectNode node, ShapleyEmission emission) {
    node.put("top", emission.top());
    if (Double.isFinite(emission.clip())) {
      node.put("clip", emission.clip());
    }
    node.put("decimals", emission.decimals());
    node.put("named", emission.named());
    node.put("values", emission.values().name().toLowerCase(Locale.ROOT));
  }

  private static ShapleyEmission emission(JsonNode node) {
    return new ShapleyEmission(
        node.required("top").intValue(),
        node.path("clip").asDouble(Double.POSITIVE_INFINITY),
        node.required("decimals").intValue(),
        node.required("named").intValue(),
        PolicyWords.choice(
            ShapleyEmission.Values.class, node, "values", ShapleyEmission.Values.NONE));
  }

  /// Nothing where there is no background.
  static void background(ObjectNode root, ShapleyShard shard) {
    shard
        .background()
        .ifPresent(rows ->
            root.putObject("background")
                .put("rows", rows.rows())
                .put("digest", rows.digest().value()));
  }

  /// Nothing where every feature stands for itself.
  static void groups(ObjectNode root, ShapleyShard shard) {
    shard.groups().ifPresent(digest -> root.put("featureGroups", digest.value()));
  }

  /// Nothing where the cover is the library's own.
  static void cover(ObjectNode root, ShapleyShard shard) {
    shard
        .cover()
        .ifPresent(rows ->
            root.putObject("coverFrom")
                .put("rows", rows.rows())
                .put("digest", rows.digest().value()));
  }

  private static Optional<CountedRows> cover(JsonNode node) {
    return Optional.ofNullable(node.get("coverFrom"))
        .map(rows ->
            new CountedRows(
                rows.required("rows").longValue(), new Digest(rows.required("digest").asText())));
  }

  static Optional<BackgroundRows> background(JsonNode node) {
    return Optional.ofNullable(node.get("background"))
        .map(rows ->
            new BackgroundRows(
                rows.required("rows").longValue(), new Digest(rows.required("digest").asText())));
  }

  private static void attributes(ArrayNode attributes, ShapleyTally tally) {
    for (int i = 0; i < tally.attributes().size(); i++) {
      ObjectNode node = attributes.addObject();
      node.put("attribute", tally.attributes().get(i));
      Optional<SortedMap<String, ShapleySums>> groups = tally.groups(i);
      node.put("leftOut", groups.isEmpty());
      ArrayNode values = node.putArray("groups");
      groups.ifPresent(byValue ->
          byValue.forEach((value, sums) -> {
            ObjectNode one = values.addObject();
            one.put("value", value);
            sums(one, sums);
          }));
    }
  }

  /// Of each two attributes that have groups.
  private static void together(ArrayNode pairs, ShapleyTally tally) {
    for (int first = 0; first < tally.attributes().size(); first++) {
      for (int second = first + 1; second < tally.attributes().size(); second++) {
        List<GroupsTogether.Shared> shared = tally.together().of(first, second);
        if (!shared.isEmpty()) {
          ObjectNode pair = pairs.addObject();
          pair.putArray("of").add(first).add(second);
          ArrayNode groups = pair.putArray("groups");
          shared.forEach(one ->
              groups
                  .addObject()
                  .put("first", one.first())
                  .put("second", one.second())
                  .put("n", one.rows()));
        }
      }
    }
  }

  private static List<ShapleyTally.WrittenPair> together(JsonNode node) {
    List<ShapleyTally.WrittenPair> pairs = new ArrayList<>();
    for (JsonNode pair : node.required("together")) {
      List<GroupsTogether.Shared> shared = new ArrayList<>();
      for (JsonNode one : pair.required("groups")) {
        shared.add(
            new GroupsTogether.Shared(
                one.required("first").asText(),
                one.required("second").asText(),
                one.required("n").longValue()));
      }
      pairs.add(
          new ShapleyTally.WrittenPair(
              pair.at("/of/0").intValue(), pair.at("/of/1").intValue(), shared));
    }
    return pairs;
  }

  private static void sums(ObjectNode node, ShapleySums sums) {
    node.put("n", sums.rows());
    node.put("sums", Base64.getEncoder().encodeToString(sums.bytes()));
  }

  /// Reads the shard in an output directory of `shap-batch`.
  ///
  /// @throws DataInvalidException where there is none, or it is not what was written
  public static ShapleyShard read(Path directory, String name) throws java.io.IOException {
    Path file = directory.resolve(FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new DataInvalidException(
          name + ": no " + FILE_NAME + " in it; name the output directories of shap-batch");
    }
    String called = name + "/" + FILE_NAME;
    try {
      return shard(Documents.read(Source.of(file, called, MAX_BYTES), "shap-shard"));
    } catch (ConfigInvalidException e) {
      throw new DataInvalidException(e.getMessage() + "; run shap-batch on the shard again", e);
    } catch (IllegalArgumentException e) {
      throw new DataInvalidException(called + ": " + e.getMessage(), e);
    }
  }

  private static ShapleyShard shard(JsonNode node) {
    List<String> features = new ArrayList<>();
    node.required("features").forEach(f -> features.add(f.asText()));
    List<Double> baseValues = new ArrayList<>();
    node.required("baseValues").forEach(b -> baseValues.add(b.asDouble()));
    return new ShapleyShard(
        node.required("shard").intValue(),
        node.required("of").intValue(),
        node.required("firstRow").longValue(),
        new Digest(node.required("model").asText()),
        new Digest(node.required("dataset").asText()),
        node.required("mode").asText(),
        background(node),
        ShapleyMethodNodes.read(node),
        cover(node),
        node.required("id").asText(),
        node.required("topK").intValue(),
        node.required("minCohort").intValue(),
        emission(node.required("emission")),
        Optional.ofNullable(node.get("rows")).map(digest -> new Digest(digest.asText())),
        features,
        baseValues,
        ShapleyTally.of(baseValues.size(), features.size(), written(node)),
        Optional.ofNullable(node.get("featureGroups")).map(text -> new Digest(text.asText())),
        ShapleyInteractionNodes.read(node, features, baseValues.size()));
  }

  private static ShapleyTally.Written written(JsonNode node) {
    List<String> attributes = new ArrayList<>();
    List<Optional<Map<String, WrittenSums>>> groups = new ArrayList<>();
    for (JsonNode attribute : node.required("attributes")) {
      attributes.add(attribute.required("attribute").asText());
      Map<String, WrittenSums> byValue = new LinkedHashMap<>();
      for (JsonNode group : attribute.required("groups")) {
        byValue.put(group.required("value").asText(), sums(group));
      }
      boolean leftOut = attribute.required("leftOut").booleanValue();
      groups.add(leftOut ? Optional.empty() : Optional.of(byValue));
    }
    return new ShapleyTally.Written(
        attributes,
        sums(node.required("overall")),
        groups,
        together(node),
        node.required("additivityMax").doubleValue());
  }

  private static WrittenSums sums(JsonNode node) {
    return new WrittenSums(
        node.required("n").longValue(), Base64.getDecoder().decode(node.required("sums").asText()));
  }
}
