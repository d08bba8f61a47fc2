package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.primum.data.Digest;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Threshold;
import org.primum.promotion.Freshness;
import org.primum.promotion.MetricRule;
import org.primum.promotion.ReleasePolicy;
import org.primum.promotion.Requirement;

/// `ReleasePolicy`: which evidence a model needs, as people write it.
public final class ReleasePolicyDocument {

  private ReleasePolicyDocument() {}

  /// @throws ConfigInvalidException naming the file and the path of the offending key
  public static ReleasePolicy read(Source source) {
    JsonNode root = Documents.read(source, "release-policy");
    List<Requirement> require = new ArrayList<>();
    for (JsonNode node : root.required("require")) {
      String path = source.name() + ": require[" + require.size() + "]";
      require.add(requirement(node, path));
    }
    JsonNode metadata = root.required("metadata");
    return at(
        source.name() + ": require",
        () ->
            new ReleasePolicy(
                metadata.required("name").asText(),
                metadata.required("revision").asInt(),
                require,
                root.has("approval")));
  }

  private static Requirement requirement(JsonNode node, String path) {
    List<MetricRule> rules = new ArrayList<>();
    int index = 0;
    for (JsonNode rule : node.path("rules")) {
      rules.addAll(rules(rule, path + ".rules[" + index + "]"));
      index++;
    }
    return new Requirement(
        node.required("step").asText(),
        rules,
        node.has("policy")
            ? new Requirement.Pin.Exactly(new Digest(node.required("policy").asText()))
            : new Requirement.Pin.Any(),
        node.has("maxAge")
            ? at(path + ".maxAge", () -> Freshness.parse(node.required("maxAge").asText()))
            : new Freshness.Unlimited());
  }

  /// One rule for each end that the entry bounds.
  private static List<MetricRule> rules(JsonNode node, String path) {
    List<Threshold> limits = new ArrayList<>();
    if (node.has("min")) {
      double least = node.required("min").asDouble();
      limits.add(at(path + ".min", () -> new Threshold.AtLeast(least)));
    }
    if (node.has("max")) {
      double most = node.required("max").asDouble();
      limits.add(at(path + ".max", () -> new Threshold.AtMost(most)));
    }
    if (limits.isEmpty()) {
      throw new ConfigInvalidException(path + ": a rule needs min, max or both");
    }
    String group = node.path("group").asText(Measurement.OVERALL);
    Severity severity =
        Severity.valueOf(node.path("severity").asText("block").toUpperCase(Locale.ROOT));
    return limits.stream()
        .map(limit -> new MetricRule(node.required("metric").asText(), group, limit, severity))
        .toList();
  }

  private static <T> T at(String path, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new ConfigInvalidException(path + ": " + e.getMessage(), e);
    }
  }
}
