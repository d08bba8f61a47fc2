package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.Statistics;
import org.primum.gate.ConfigInvalidException;

/// `data` of a policy: which columns hold what was predicted, what happened, and how rows count.
final class AuditDataNodes {

  private AuditDataNodes() {}

  static AuditData read(JsonNode root) {
    JsonNode node = root.required("data");
    return new AuditData(
        target(node), weight(node.path("weight")), cluster(root), need(node.path("need")));
  }

  private static AuditData.Weight weight(JsonNode node) {
    if (node.isMissingNode()) {
      return new AuditData.Weight.Equal();
    }
    String column = node.required("column").asText();
    return node.path("kind").asText().equals("frequency")
        ? new AuditData.Weight.Frequency(column)
        : new AuditData.Weight.Column(column);
  }

  private static AuditData.Need need(JsonNode node) {
    return node.isMissingNode()
        ? new AuditData.Need.None()
        : new AuditData.Need.Column(node.required("column").asText());
  }

  private static AuditData.Cluster cluster(JsonNode root) {
    JsonNode column = root.at("/data/cluster/column");
    JsonNode bootstrap = root.at("/statistics/bootstrap");
    return column.isMissingNode()
        ? new AuditData.Cluster.None()
        : new AuditData.Cluster.By(
            column.asText(),
            bootstrap.path("clusterReplicates").asInt(AuditData.Cluster.By.USUAL_REPLICATES),
            bootstrap.path("seed").asLong(Statistics.Bootstrap.USUAL.seed()));
  }

  private static AuditData.Target target(JsonNode node) {
    JsonNode label = node.required("label");
    boolean number = label.path("kind").asText().equals("number");
    if (!number && !label.has("classes")) {
      if (!label.has("positive")) {
        throw new ConfigInvalidException(
            "data.label: say what is predicted: positive (an event), classes (one of several) or"
                + " kind: number");
      }
      return new AuditData.Target.Event(yesNo(label, "label"), decision(node));
    }
    String column = label.required("column").asText();
    if (!node.has("prediction") || node.at("/prediction").has("positive")) {
      throw new ConfigInvalidException(
          "data.prediction: give its column, and nothing else, where the label has "
              + (number ? "kind: number" : "classes"));
    }
    String prediction = node.at("/prediction/column").asText();
    return number
        ? new AuditData.Target.Quantity(column, prediction)
        : new AuditData.Target.Classes(
            column, prediction, PolicyWords.list(label.required("classes"), PolicyWords::value));
  }

  private static AuditData.YesNo yesNo(JsonNode node, String key) {
    if (!node.has("positive")) {
      throw new ConfigInvalidException(
          "data." + key + ".positive: missing; say which value means yes");
    }
    String column = node.required("column").asText();
    String positive = PolicyWords.value(node.required("positive"));
    return node.has("negative")
        ? new AuditData.YesNo(column, positive, PolicyWords.value(node.required("negative")))
        : AuditData.YesNo.withUsualNegative(column, positive);
  }

  private static AuditData.Decision decision(JsonNode data) {
    String score = data.at("/score/column").asText();
    if (data.has("prediction")) {
      AuditData.YesNo prediction = yesNo(data.required("prediction"), "prediction");
      return data.has("score")
          ? new AuditData.Decision.ByColumnWithScore(prediction, score)
          : new AuditData.Decision.ByColumn(prediction);
    }
    if (!data.has("score")) {
      throw new ConfigInvalidException("data: give prediction, or score with decision.threshold");
    }
    if (!data.has("decision")) {
      throw new ConfigInvalidException(
          "data.decision.threshold: missing; say from which score on a patient is flagged");
    }
    return new AuditData.Decision.ByThreshold(score, data.at("/decision/threshold").asDouble());
  }
}
