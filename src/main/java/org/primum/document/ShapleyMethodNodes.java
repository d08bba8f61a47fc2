package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.explain.summary.SamplingTally;
import org.primum.explain.value.OutputSpace;

/// How documents say a [ShapleyMethod]: nothing but the scale where values are exact.
final class ShapleyMethodNodes {

  private ShapleyMethodNodes() {}

  static void write(ObjectNode root, ShapleyMethod method) {
    root.put("space", method.space().wireName());
    if (!method.facts().isEmpty()) {
      ObjectNode facts = root.putObject("method");
      method.facts().forEach(facts::put);
    }
    method.sampling().ifPresent(sampling -> write(root.putObject("estimates"), sampling));
  }

  private static void write(ObjectNode node, SamplingTally sampling) {
    node.put("exactRows", sampling.exactRows());
    node.put("coalitions", sampling.coalitions());
    node.put("maxStandardError", sampling.maxError());
    node.put("maxCondition", sampling.maxCondition());
  }

  static ShapleyMethod read(JsonNode root) {
    OutputSpace space = OutputSpace.MARGIN;
    for (OutputSpace one : OutputSpace.values()) {
      space = root.path("space").asText().equals(one.wireName()) ? one : space;
    }
    SortedMap<String, String> facts = new TreeMap<>();
    root.path("method")
        .properties()
        .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
    return new ShapleyMethod(
        space, facts, Optional.ofNullable(root.get("estimates")).map(ShapleyMethodNodes::sampling));
  }

  private static SamplingTally sampling(JsonNode node) {
    return new SamplingTally(
        node.required("exactRows").longValue(),
        node.required("coalitions").longValue(),
        node.required("maxStandardError").doubleValue(),
        node.required("maxCondition").doubleValue());
  }
}
