package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.primum.fairness.proposal.Imported;

/// Reads the settings of other fairness tools as [Imported].
public final class ImportedSettings {

  private ImportedSettings() {}

  /// The tools whose settings can be read.
  public enum Tool {
    FAIRLEARN,
    TFMA,
    AEQUITAS
  }

  /// @throws org.primum.gate.ConfigInvalidException where the file is not what its tool writes
  public static Imported read(Tool tool, Source source) {
    JsonNode root = Documents.readWithoutSchema(source);
    return switch (tool) {
      case FAIRLEARN -> new FairlearnSettings(source.name(), root).read();
      case TFMA -> new TfmaSettings(source.name(), root).read();
      case AEQUITAS -> new AequitasSettings(source.name(), root).read();
    };
  }

  static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /// The keys nobody asked for, each with why.
  static void leave(JsonNode object, Map<String, String> known, List<String> left) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String why = known.getOrDefault(entry.getKey(), "not known to this import");
      if (!why.isEmpty()) {
        left.add(entry.getKey() + ": " + why);
      }
    }
  }
}
