package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.primum.explain.policy.ExplanationMetric;
import org.primum.explain.policy.ExplanationPolicy;
import org.primum.explain.policy.ExplanationRule;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Severity;
import org.primum.gate.Threshold;

/// `kind: ExplanationPolicy`, YAML or JSON.
///
/// A key this version does not know is an error with its path, never ignored: a board that wrote it
/// believes that it counts.
public final class ExplanationPolicyDocument {

  private ExplanationPolicyDocument() {}

  /// @throws ConfigInvalidException naming the file and the key
  public static ExplanationPolicy read(Source source) {
    JsonNode root = Documents.read(source, "explanation-policy");
    try {
      return new ExplanationPolicy(
          root.at("/metadata/name").asText(),
          root.at("/metadata/revision").asInt(),
          root.at("/statistics/confidence").asDouble(ExplanationPolicy.USUAL_CONFIDENCE),
          PolicyWords.list(root.required("rules"), ExplanationPolicyDocument::rule));
    } catch (IllegalArgumentException e) {
      throw new ConfigInvalidException(source.name() + ": rules: " + e.getMessage(), e);
    } catch (ConfigInvalidException e) {
      throw new ConfigInvalidException(source.name() + ": " + e.getMessage(), e);
    }
  }

  private static ExplanationRule rule(JsonNode node) {
    String id = node.required("id").asText();
    ExplanationMetric metric =
        ExplanationMetric.valueOf(PolicyWords.constant(node.required("metric").asText()));
    try {
      return new ExplanationRule(
          id,
          metric,
          names(node.path("features")),
          names(node.path("over")),
          limits(node),
          PolicyWords.choice(
              ExplanationRule.Decide.class, node, "decide", ExplanationRule.usual(metric)),
          PolicyWords.choice(Severity.class, node, "severity", Severity.BLOCK),
          PolicyWords.choice(
              ExplanationRule.Absent.class, node, "absent", ExplanationRule.Absent.INCONCLUSIVE),
          node.path("message").asText(""));
    } catch (IllegalArgumentException e) {
      throw new ConfigInvalidException("rules." + id + ": " + e.getMessage(), e);
    }
  }

  /// One name, or a list of them.
  private static List<String> names(JsonNode node) {
    return node.isTextual() ? List.of(node.asText()) : PolicyWords.list(node, JsonNode::asText);
  }

  private static List<Threshold> limits(JsonNode node) {
    List<Threshold> limits = new ArrayList<>();
    if (node.has("min")) {
      limits.add(new Threshold.AtLeast(node.required("min").asDouble()));
    }
    if (node.has("max")) {
      limits.add(new Threshold.AtMost(node.required("max").asDouble()));
    }
    return limits;
  }
}
