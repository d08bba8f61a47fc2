package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.primum.explain.summary.InteractionSummary;
import org.primum.explain.summary.InteractionSums;
import org.primum.explain.summary.MainEffects;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.FeaturePairs;

/// Interactions in `shard.json` and `summary.json`.
final class ShapleyInteractionNodes {

  private ShapleyInteractionNodes() {}

  /// Nothing where none were asked for. A pair is the places of both its features, 32 bits each.
  static void write(ObjectNode root, Optional<ShapleyInteractions> interactions) {
    if (interactions.isEmpty()) {
      return;
    }
    FeaturePairs pairs = interactions.get().pairs();
    InteractionSums sums = interactions.get().sums();
    ByteBuffer places = ByteBuffer.allocate(2 * Integer.BYTES * pairs.size());
    for (int pair = 0; pair < pairs.size(); pair++) {
      places.putInt(pairs.first(pair)).putInt(pairs.second(pair));
    }
    ObjectNode node = root.putObject("interactions");
    node.put("asked", interactions.get().asked())
        .put("pairs", base64(places.array()))
        .put("n", sums.rows())
        .put("lines", sums.lines())
        .put("sums", base64(sums.bytes()));
    interactions.get().alone().ifPresent(alone -> node.put("alone", base64(alone.bytes())));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// @throws IllegalArgumentException where the sums are not those of the pairs
  static Optional<ShapleyInteractions> read(JsonNode root, List<String> names, int outputs) {
    if (!root.has("interactions")) {
      return Optional.empty();
    }
    JsonNode node = root.required("interactions");
    FeaturePairs pairs = pairs(bytes(node, "pairs"), names);
    return Optional.of(
        new ShapleyInteractions(
            node.required("asked").asText(),
            pairs,
            InteractionSums.of(
                outputs,
                pairs.size(),
                node.required("n").longValue(),
                node.required("lines").longValue(),
                bytes(node, "sums")),
            alone(node, names.size(), outputs)));
  }

  private static Optional<MainEffects> alone(JsonNode node, int features, int outputs) {
    return node.has("alone")
        ? Optional.of(
            MainEffects.of(outputs, features, node.required("n").longValue(), bytes(node, "alone")))
        : Optional.empty();
  }

  private static byte[] bytes(JsonNode node, String key) {
    return Base64.getDecoder().decode(node.required(key).asText());
  }

  private static FeaturePairs pairs(byte[] places, List<String> names) {
    IntBuffer numbers = ByteBuffer.wrap(places).asIntBuffer();
    List<FeaturePairs.Named> named = new ArrayList<>();
    while (numbers.remaining() > 1) {
      named.add(new FeaturePairs.Named(name(names, numbers.get()), name(names, numbers.get())));
    }
    FeaturePairs pairs = FeaturePairs.named(FeatureGroups.single(names), named);
    if (places.length != 2 * Integer.BYTES * pairs.size()) {
      throw new IllegalArgumentException("interactions.pairs: a pair is cut off or stands twice");
    }
    return pairs;
  }

  private static String name(List<String> names, int place) {
    if (place < 0 || place >= names.size()) {
      throw new IllegalArgumentException("interactions.pairs: no feature has the place " + place);
    }
    return names.get(place);
  }

  /// The strongest pairs of one output.
  static void write(ObjectNode node, InteractionSummary.Output output) {
    ArrayNode pairs = node.putArray("interactions");
    for (InteractionSummary.Pair pair : output.strongest()) {
      pairs
          .addObject()
          .put("featureA", pair.first())
          .put("featureB", pair.second())
          .put("meanAbs", pair.meanAbs())
          .put("rank", pair.rank());
    }
  }
}
