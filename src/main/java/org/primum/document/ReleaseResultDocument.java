package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.primum.privacy.Definition;
import org.primum.privacy.PrivacyBudget;
import org.primum.privacy.PrivacyLoss;
import org.primum.privacy.Relation;
import org.primum.privacy.ReleaseResult;
import org.primum.privacy.ReleaseResult.Answer;
import org.primum.privacy.ReleaseResult.Category;
import org.primum.privacy.ReleaseResult.Cell;
import org.primum.privacy.ReleaseResult.Part;

/// `release.json`: what a private release published.
public final class ReleaseResultDocument {

  static final String SCHEMA = "primum.dev/release/v1alpha1";

  /// A table of [org.primum.privacy.Query.Table#MAX_CELLS] cells takes a tenth of this, in bytes.
  public static final int LIMIT = 1 << 29;

  private ReleaseResultDocument() {}

  public static byte[] write(ReleaseResult result) {
    PrivacyBudget budget = result.budget();
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA).put("dataset", budget.dataset()).put("private", result.isPrivate());
    root.put("definition", budget.total().definition().id());
    root.put("neighbouring", budget.relation().id());
    root.putObject("unit").put("column", budget.unitColumn()).put("maxRows", budget.maxRows());
    root.put("budget", budget.total().amount());
    budget.delta().ifPresentOrElse(d -> root.put("delta", d), () -> root.putNull("delta"));
    ArrayNode queries = root.putArray("queries");
    result.answers().forEach(answer -> write(queries.addObject(), answer));
    root.put("spent", result.spent()).put("remaining", result.remaining());
    if (result.ledgerSequence().isPresent()) {
      root.put("ledgerSequence", result.ledgerSequence().getAsLong());
    } else {
      root.putNull("ledgerSequence");
    }
    return Documents.write(root);
  }

  private static void write(ObjectNode node, Answer answer) {
    Part first = answer.parts().getFirst();
    node.put("id", answer.id()).put("kind", answer.kind()).put("mechanism", first.mechanism());
    node.put(answer.loss().definition().unit(), answer.loss().amount());
    node.put("scale", first.scale());
    ArrayNode parts = node.putArray("parts");
    for (Part part : answer.parts()) {
      ObjectNode object = parts.addObject();
      object.put("name", part.name()).put("mechanism", part.mechanism());
      object.put(part.loss().definition().unit(), part.loss().amount());
      object.put("scale", part.scale());
    }
    ArrayNode cells = node.putArray("cells");
    answer.cells().forEach(cell -> write(cells.addObject(), cell));
  }

  private static void write(ObjectNode node, Cell cell) {
    ObjectNode group = node.putObject("group");
    cell.group().forEach(category -> group.put(category.column(), category.value()));
    node.put("value", cell.value());
    node.putArray("ci").add(cell.low()).add(cell.high());
    node.put("consistent", cell.consistent());
  }

  /// Reads what [#write(ReleaseResult)] wrote.
  public static ReleaseResult read(Source source) {
    JsonNode root = Documents.read(source, "release");
    Definition definition = Definition.ofId(root.required("definition").asText());
    JsonNode delta = root.required("delta");
    PrivacyBudget budget =
        new PrivacyBudget(
            root.required("dataset").asText(),
            root.required("unit").required("column").asText(),
            root.required("unit").required("maxRows").asInt(),
            Relation.ofId(root.required("neighbouring").asText()),
            definition.loss(root.required("budget").decimalValue()),
            delta.isNull() ? Optional.empty() : Optional.of(delta.decimalValue()));
    List<Answer> answers = new ArrayList<>();
    root.required("queries").forEach(node -> answers.add(answer(node, definition)));
    JsonNode sequence = root.required("ledgerSequence");
    return new ReleaseResult(
        budget,
        answers,
        root.required("spent").decimalValue(),
        root.required("remaining").decimalValue(),
        sequence.isNull() ? OptionalLong.empty() : OptionalLong.of(sequence.asLong()),
        root.required("private").asBoolean());
  }

  private static Answer answer(JsonNode node, Definition definition) {
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : node.required("parts")) {
      parts.add(
          new Part(
              part.required("name").asText(),
              part.required("mechanism").asText(),
              loss(part, definition),
              part.required("scale").asDouble()));
    }
    List<Cell> cells = new ArrayList<>();
    node.required("cells").forEach(cell -> cells.add(cell(cell)));
    return new Answer(
        node.required("id").asText(),
        node.required("kind").asText(),
        loss(node, definition),
        parts,
        cells);
  }

  private static PrivacyLoss loss(JsonNode node, Definition definition) {
    return definition.loss(node.required(definition.unit()).decimalValue());
  }

  private static Cell cell(JsonNode node) {
    List<Category> group = new ArrayList<>();
    node.required("group")
        .properties()
        .forEach(entry -> group.add(new Category(entry.getKey(), entry.getValue().asText())));
    return new Cell(
        group,
        node.required("value").decimalValue(),
        node.required("ci").get(0).decimalValue(),
        node.required("ci").get(1).decimalValue(),
        node.required("consistent").decimalValue());
  }
}
