package org.primum.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.primum.explain.InteractionSummary;
import org.primum.explain.ShapleySummary;
import org.primum.explain.ShapleySummary.Group;
import org.primum.explain.ShapleySummary.Importance;
import org.primum.explain.ShapleySummary.Output;

/// `summary.json` of `shap-batch`: which features matter, overall and by group. Its form is
/// `schema/shap-summary.schema.json`. The same rows give the same bytes, however they were sharded.
public final class ShapleySummaryDocument {

  static final String SCHEMA = "primum.dev/shap-summary/v1alpha1";

  private ShapleySummaryDocument() {}

  /// A model with one margin has `baseValue`, `features` and `groups` at the top; one with several
  /// has them in `classes`, in class order.
  ///
  /// @param shard of all rows that are summed up
  public static byte[] write(ShapleyShard shard, ShapleySummary summary) {
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA);
    root.put("rows", summary.rows());
    root.put("mode", shard.mode());
    ShapleyShardDocument.background(root, shard);
    ShapleyShardDocument.groups(root, shard);
    Optional<InteractionSummary> interactions =
        shard.interactions().map(ShapleyInteractions::summary);
    if (summary.outputs().size() == 1) {
      output(root, summary.outputs().getFirst());
      interactions.ifPresent(
          pairs -> ShapleyInteractionNodes.write(root, pairs.outputs().getFirst()));
    } else {
      ArrayNode classes = root.putArray("classes");
      for (int i = 0; i < summary.outputs().size(); i++) {
        ObjectNode one = classes.addObject();
        one.put("class", i);
        output(one, summary.outputs().get(i));
        int output = i;
        interactions.ifPresent(
            pairs -> ShapleyInteractionNodes.write(one, pairs.outputs().get(output)));
      }
    }
    ArrayNode leftOut = root.putArray("leftOut");
    summary.leftOut().forEach(leftOut::add);
    root.putObject("additivity").put("max", summary.additivityMax());
    return Documents.write(root);
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
    }
  }

  private static void features(ObjectNode node, List<Importance> importances) {
    ArrayNode features = node.putArray("features");
    for (Importance importance : importances) {
      ObjectNode one = features.addObject();
      one.put("feature", importance.feature());
      one.put("meanAbs", importance.meanAbs());
      one.put("mean", importance.mean());
      one.put("rank", importance.rank());
    }
  }
}
