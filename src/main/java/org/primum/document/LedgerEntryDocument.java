package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.data.Digest;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.privacy.Definition;
import org.primum.privacy.Ledger;
import org.primum.privacy.LedgerEntry;
import org.primum.privacy.LedgerEntry.Committed;
import org.primum.privacy.LedgerEntry.Event;
import org.primum.privacy.LedgerEntry.Header;
import org.primum.privacy.LedgerEntry.Opened;
import org.primum.privacy.LedgerEntry.Reserved;
import org.primum.privacy.PrivacyBudget;
import org.primum.privacy.Relation;

/// `ledger/<dataset>/<sequence>.json`: a [LedgerEntry] with its hash. Amounts are texts, so that no
/// reader rounds them.
public final class LedgerEntryDocument {

  static final String SCHEMA = "primum.dev/ledger-entry/v1alpha1";

  private LedgerEntryDocument() {}

  public static byte[] write(LedgerEntry entry) {
    Header header = entry.header();
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA).put("dataset", header.dataset()).put("seq", header.sequence());
    root.put("prevHash", header.previous().value());
    switch (entry) {
      case Opened(_, PrivacyBudget budget) -> {
        root.put("type", "OPEN");
        write(root.putObject("budget"), budget);
      }
      case Reserved(_, Digest key, Digest release, List<Event> events) -> {
        root.put("type", "RESERVE").put("idempotencyKey", key.value());
        root.put("release", release.value());
        ArrayNode array = root.putArray("events");
        events.forEach(event -> write(array.addObject(), event));
      }
      case Committed(_, Digest key, Digest result) ->
          root.put("type", "COMMIT")
              .put("idempotencyKey", key.value())
              .put("artifact", result.value());
    }
    root.put("time", header.time().toString()).put("actor", header.actor());
    root.put("hash", entry.hash().value());
    return Documents.write(root);
  }

  private static void write(ObjectNode node, PrivacyBudget budget) {
    node.putObject("unit").put("column", budget.unitColumn()).put("maxRows", budget.maxRows());
    node.put("neighbouring", budget.relation().id());
    node.put("definition", budget.total().definition().id());
    node.put("total", budget.total().amount().toPlainString());
    budget
        .delta()
        .ifPresentOrElse(d -> node.put("delta", d.toPlainString()), () -> node.putNull("delta"));
  }

  private static void write(ObjectNode node, Event event) {
    node.put("query", event.query()).put("part", event.part());
    node.put("mechanism", event.mechanism()).put("noise", event.noise());
    node.put("definition", event.loss().definition().id());
    node.put("loss", event.loss().amount().toPlainString());
  }

  /// @throws ProvenanceInvalidException where it is no entry that this program wrote
  public static Ledger.Sealed read(Source source) {
    try {
      JsonNode root = Documents.read(source, "ledger-entry");
      return new Ledger.Sealed(entry(root), new Digest(root.required("hash").asText()));
    } catch (ConfigInvalidException | IllegalArgumentException | DateTimeParseException e) {
      throw new ProvenanceInvalidException(
          "LEDGER_TAMPERED: "
              + source.name()
              + ": not an entry as it was written: "
              + e.getMessage());
    }
  }

  private static LedgerEntry entry(JsonNode root) {
    Header header =
        new Header(
            root.required("dataset").asText(),
            root.required("seq").asLong(),
            new Digest(root.required("prevHash").asText()),
            Instant.parse(root.required("time").asText()),
            root.required("actor").asText());
    return switch (root.required("type").asText()) {
      case "OPEN" -> new Opened(header, budget(header.dataset(), root.required("budget")));
      case "RESERVE" ->
          new Reserved(
              header,
              new Digest(root.required("idempotencyKey").asText()),
              new Digest(root.required("release").asText()),
              events(root.required("events")));
      default ->
          new Committed(
              header,
              new Digest(root.required("idempotencyKey").asText()),
              new Digest(root.required("artifact").asText()));
    };
  }

  private static PrivacyBudget budget(String dataset, JsonNode node) {
    Definition definition = Definition.ofId(node.required("definition").asText());
    JsonNode delta = node.required("delta");
    return new PrivacyBudget(
        dataset,
        node.required("unit").required("column").asText(),
        node.required("unit").required("maxRows").asInt(),
        Relation.ofId(node.required("neighbouring").asText()),
        definition.loss(new BigDecimal(node.required("total").asText())),
        delta.isNull() ? Optional.empty() : Optional.of(new BigDecimal(delta.asText())));
  }

  private static List<Event> events(JsonNode array) {
    List<Event> events = new ArrayList<>();
    for (JsonNode node : array) {
      Definition definition = Definition.ofId(node.required("definition").asText());
      events.add(
          new Event(
              node.required("query").asText(),
              node.required("part").asText(),
              node.required("mechanism").asText(),
              node.required("noise").asText(),
              definition.loss(new BigDecimal(node.required("loss").asText()))));
    }
    return events;
  }
}
