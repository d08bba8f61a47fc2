package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.fairness.policy.Asked;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.Rule;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Severity;
import org.primum.gate.Threshold;

/// One of the `rules` of a policy: a metric, what it is held against, and how that is decided.
final class RuleNodes {

  private RuleNodes() {}

  static Rule read(JsonNode node) {
    boolean baseline = node.has("against");
    List<Threshold> limits = baseline ? baselineLimits(node) : limits(node);
    String id = node.required("id").asText();
    String name = node.required("metric").asText();
    Asked asked =
        Asked.of("rules." + id + ".metric", name, compare(node))
            .orElseThrow(() -> new ConfigInvalidException(unknownMetric(node, name)));
    return new Rule(
        id,
        asked.metric(),
        asked.compare(),
        over(node.required("over")),
        asked.limits("rules." + id, limits),
        PolicyWords.choice(
            Rule.Decide.class, node, "decide", usualDecision(asked.metric().metric())),
        PolicyWords.choice(Severity.class, node, "severity", Severity.BLOCK),
        node.path("rationale").asText(node.path("note").asText("")),
        asked.name(),
        PolicyWords.choice(Rule.Within.class, node, "within", Rule.Within.EVERYONE));
  }

  private static Optional<Rule.Compare> compare(JsonNode node) {
    if (node.has("against")) {
      return Optional.of(Rule.Compare.BASELINE);
    }
    return node.has("compare")
        ? Optional.of(PolicyWords.choice(Rule.Compare.class, node, "compare", Rule.Compare.NONE))
        : Optional.empty();
  }

  private static Rule.Decide usualDecision(Metric metric) {
    boolean byValue = metric == Metric.MISSING_RATE || metric.method() == Metric.Method.P_VALUE;
    return byValue ? Rule.Decide.POINT : Rule.Decide.SHOW_SAFE;
  }

  private static List<Threshold> limits(JsonNode node) {
    if (node.has("maxDrop") || node.has("maxRise")) {
      throw new ConfigInvalidException(
          where(node) + "maxDrop and maxRise are of rules with 'against: baseline'");
    }
    List<Threshold> limits = new ArrayList<>();
    if (node.has("min") || node.has("equals")) {
      limits.add(new Threshold.AtLeast(either(node, "min").asDouble()));
    }
    if (node.has("max") || node.has("equals")) {
      limits.add(new Threshold.AtMost(either(node, "max").asDouble()));
    }
    return limits;
  }

  /// What is equal to a number is at least and at most that number.
  private static JsonNode either(JsonNode node, String key) {
    if (node.has("equals") && (node.has("min") || node.has("max"))) {
      throw new ConfigInvalidException(where(node) + "give equals, or min and max");
    }
    return node.has("equals") ? node.required("equals") : node.required(key);
  }

  private static List<Threshold> baselineLimits(JsonNode node) {
    if (node.has("min") || node.has("max") || node.has("equals") || node.has("compare")) {
      throw new ConfigInvalidException(
          where(node)
              + "a rule against the baseline has maxDrop, maxRise or both, and no compare, min, max"
              + " or equals");
    }
    List<Threshold> limits = new ArrayList<>();
    if (node.has("maxDrop")) {
      limits.add(new Threshold.AtLeast(0 - node.required("maxDrop").asDouble()));
    }
    if (node.has("maxRise")) {
      limits.add(new Threshold.AtMost(node.required("maxRise").asDouble()));
    }
    return limits;
  }

  private static String where(JsonNode node) {
    return "rules." + node.required("id").asText() + ": ";
  }

  private static String unknownMetric(JsonNode node, String name) {
    return "rules."
        + node.required("id").asText()
        + ".metric: '"
        + name
        + "' is no metric; docs/metrics.md lists them";
  }

  private static Rule.Over over(JsonNode node) {
    if (node.isArray()) {
      return new Rule.Over.Of(PolicyWords.list(node, JsonNode::asText));
    }
    return node.asText().equals("all")
        ? new Rule.Over.All()
        : new Rule.Over.Of(List.of(node.asText()));
  }
}
