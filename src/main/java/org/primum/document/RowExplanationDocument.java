package org.primum.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.primum.explain.value.RowExplanation;
import org.primum.explain.value.RowExplanation.Effect;

/// The explanations of one patient as JSON: one entry a row and class, features from the largest
/// effect on. Its form is `schema/row-explanation.schema.json`.
public final class RowExplanationDocument {

  private static final String SCHEMA = "primum.dev/row-explanation/v1alpha1";

  private RowExplanationDocument() {}

  /// @param rows the classes of one row, row after row
  public static byte[] write(List<List<RowExplanation>> rows) {
    ObjectNode root = Documents.object().put("schema", SCHEMA);
    ArrayNode all = root.putArray("rows");
    for (List<RowExplanation> row : rows) {
      ArrayNode classes = all.addObject().putArray("outputs");
      row.forEach(one -> one(classes.addObject(), one));
    }
    return Documents.write(root);
  }

  private static void one(ObjectNode node, RowExplanation one) {
    node.put("class", one.output()).put("baseValue", one.baseValue()).put("margin", one.margin());
    one.probability().ifPresent(probability -> node.put("probability", probability));
    ArrayNode features = node.putArray("features");
    for (Effect effect : one.largestFirst()) {
      ObjectNode feature = features.addObject().put("feature", effect.feature());
      effect.value().ifPresent(value -> feature.put("value", value));
      feature.put("phi", effect.phi());
    }
  }
}
