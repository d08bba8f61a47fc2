package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.Context;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Grouping;
import org.primum.gate.ConfigInvalidException;

/// `attributes`, `intersections` and the columns beside them: how rows become groups.
final class GroupNodes {

  private GroupNodes() {}

  /// The declared attributes, and after them the columns that only an intersection names: they are
  /// attributes of that name, as found in the data.
  static List<Attribute> attributes(JsonNode root) {
    List<Attribute> all = PolicyWords.list(root.required("attributes"), GroupNodes::attribute);
    Set<String> names = new HashSet<>();
    all.forEach(attribute -> names.add(attribute.name()));
    for (JsonNode intersection : root.path("intersections")) {
      for (JsonNode name : intersection.path("of")) {
        if (names.add(name.asText())) {
          all.add(asFound(name.asText()));
        }
      }
    }
    return all;
  }

  private static Attribute asFound(String column) {
    return new Attribute(
        column,
        column,
        new Grouping.AsFound(),
        new Attribute.Reference.Largest(),
        Attribute.Missing.GROUP);
  }

  private static Attribute attribute(JsonNode node) {
    if (node.has("maxGroups") && (node.has("categories") || node.has("bins"))) {
      throw new ConfigInvalidException(
          "attributes."
              + node.required("name").asText()
              + ".maxGroups: categories and bins say how many groups there can be; leave it out");
    }
    Attribute.Reference reference =
        node.has("reference") && !node.required("reference").asText().equals("largest")
            ? new Attribute.Reference.Named(PolicyWords.value(node.required("reference")))
            : new Attribute.Reference.Largest();
    return new Attribute(
        node.required("name").asText(),
        node.required("column").asText(),
        grouping(node),
        reference,
        PolicyWords.choice(Attribute.Missing.class, node, "missing", Attribute.Missing.GROUP));
  }

  /// A column beside the sensitive ones: its name alone, or an object that groups its values.
  static Attribute column(JsonNode node) {
    if (node.isTextual()) {
      return Context.asFound(node.asText());
    }
    String column = node.required("column").asText();
    return Context.grouped(node.path("name").asText(column), column, grouping(node));
  }

  private static Grouping grouping(JsonNode node) {
    if (node.has("bins")) {
      return new Grouping.Bins(PolicyWords.list(node.required("bins"), JsonNode::asDouble));
    }
    if (node.has("categories")) {
      return new Grouping.Declared(
          PolicyWords.list(node.required("categories"), PolicyWords::value),
          PolicyWords.choice(Grouping.Other.class, node, "other", Grouping.Other.FAIL));
    }
    return new Grouping.AsFound(node.path("maxGroups").asInt(0));
  }

  static FairnessPolicy.Intersection intersection(JsonNode node) {
    return new FairnessPolicy.Intersection(
        PolicyWords.list(node.required("of"), JsonNode::asText),
        node.path("maxGroups").asInt(FairnessPolicy.Intersection.USUAL_MAX_GROUPS));
  }
}
