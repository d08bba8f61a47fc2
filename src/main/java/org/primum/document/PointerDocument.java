package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import org.primum.data.Digest;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.promotion.Pointer;
import org.primum.promotion.Slot;

/// `current.json` and `history/<sequence>.json` of a registry: a [Pointer].
public final class PointerDocument {

  private PointerDocument() {}

  public static byte[] write(Pointer pointer) {
    ObjectNode root = Documents.object();
    root.put("name", pointer.name());
    root.put("sequence", pointer.sequence());
    root.put("model", pointer.model().value());
    put(root, "previous", pointer.previous());
    put(root, "lastKnownGood", pointer.lastKnownGood());
    root.put("decision", pointer.decision().value());
    root.put("nonce", pointer.nonce());
    root.put("time", pointer.time().toString());
    return Documents.write(root);
  }

  /// @throws ProvenanceInvalidException where the bytes are no pointer: nobody but promote and
  ///   rollback writes them
  public static Pointer read(Source source) {
    try {
      JsonNode root = Documents.read(source, "pointer");
      return new Pointer(
          root.required("name").asText(),
          root.required("sequence").asLong(),
          new Digest(root.required("model").asText()),
          slot(root.required("previous")),
          slot(root.required("lastKnownGood")),
          new Digest(root.required("decision").asText()),
          root.required("nonce").asText(),
          Instant.parse(root.required("time").asText()));
    } catch (ConfigInvalidException | DateTimeException e) {
      throw new ProvenanceInvalidException(
          source.name()
              + " is not the pointer that promote or rollback wrote; restore it from the newest"
              + " entry of history/");
    }
  }

  /// `last-known-good.json`: where a rollback goes, as of the pointer's sequence.
  public static byte[] writeLastKnownGood(Pointer pointer) {
    ObjectNode root = Documents.object();
    root.put("name", pointer.name());
    root.put("sequence", pointer.sequence());
    put(root, "model", pointer.lastKnownGood());
    root.put("time", pointer.time().toString());
    return Documents.write(root);
  }

  /// The sequence of the pointer that `last-known-good.json` follows; 0 where it is damaged and has
  /// to be written anew.
  public static long sequenceOfLastKnownGood(Source source) {
    try {
      return Documents.read(source, "last-known-good").required("sequence").asLong();
    } catch (ConfigInvalidException _) {
      return 0;
    }
  }

  private static void put(ObjectNode root, String key, Slot slot) {
    switch (slot) {
      case Slot.Empty() -> root.putNull(key);
      case Slot.Holding(Digest model) -> root.put(key, model.value());
    }
  }

  private static Slot slot(JsonNode node) {
    return node.isNull() ? new Slot.Empty() : Slot.of(new Digest(node.asText()));
  }
}
