package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.primum.data.NumberColumn;
import org.primum.gate.ConfigInvalidException;
import org.primum.privacy.Bounds;
import org.primum.privacy.Definition;
import org.primum.privacy.Dimension;
import org.primum.privacy.PrivacyLoss;
import org.primum.privacy.Query;
import org.primum.privacy.Release;

/// PrivacyRelease: the queries that are answered with noise.
public final class PrivacyReleaseDocument {

  private PrivacyReleaseDocument() {}

  /// @param definition of the budget the release is paid from
  /// @throws ConfigInvalidException naming the file and the key
  public static Release read(Source source, Definition definition) {
    JsonNode root = Documents.read(source, "privacy-release");
    List<Query> queries = new ArrayList<>();
    for (JsonNode node : root.required("queries")) {
      String path = source.name() + ": queries[" + queries.size() + "]";
      queries.add(
          checked(path + " (" + node.required("id").asText() + ")", () -> query(node, definition)));
    }
    return checked(
        source.name(),
        () ->
            new Release(
                root.required("metadata").required("name").asText(),
                root.required("metadata").path("revision").asInt(0),
                queries));
  }

  private static <T> T checked(String path, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new ConfigInvalidException(path + ": " + e.getMessage(), e);
    }
  }

  private static Query query(JsonNode node, Definition definition) {
    String id = node.required("id").asText();
    PrivacyLoss loss =
        PrivacyLossNodes.read(node, definition, "a budget of definition " + definition.id());
    return switch (node.required("kind").asText()) {
      case "histogram" -> new Query.Table(id, loss, List.of(dimension(node)));
      case "table" -> new Query.Table(id, loss, dimensions(node));
      case "sum" -> new Query.Sum(id, loss, node.required("column").asText(), bounds(node));
      case "mean" -> new Query.Mean(id, loss, node.required("column").asText(), bounds(node));
      default ->
          node.path("of").asText("rows").equals("patients")
              ? new Query.PatientCount(id, loss)
              : new Query.RowCount(id, loss);
    };
  }

  private static Bounds bounds(JsonNode node) {
    return new Bounds(node.required("lower").decimalValue(), node.required("upper").decimalValue());
  }

  private static Dimension dimension(JsonNode node) {
    return new Dimension(node.required("column").asText(), texts(node.required("categories")));
  }

  private static List<Dimension> dimensions(JsonNode node) {
    JsonNode categories = node.required("categories");
    List<Dimension> dimensions = new ArrayList<>();
    for (JsonNode column : node.required("columns")) {
      if (!categories.has(column.asText())) {
        throw new IllegalArgumentException(
            "categories." + column.asText() + ": missing; declare which values are counted");
      }
      dimensions.add(new Dimension(column.asText(), texts(categories.required(column.asText()))));
    }
    if (categories.size() > dimensions.size()) {
      throw new IllegalArgumentException("categories: names a column that columns does not");
    }
    return dimensions;
  }

  /// Numbers in the form in which tables give them as text.
  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    for (JsonNode node : array) {
      boolean fraction = node.isNumber() && !node.isIntegralNumber();
      texts.add(fraction ? NumberColumn.format(node.asDouble()) : node.asText());
    }
    return texts;
  }
}
