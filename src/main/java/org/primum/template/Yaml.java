package org.primum.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/// YAML as people who apply it write it: block style, quotes only where they are needed, literal
/// blocks for texts of several lines, no anchors, keys in the order they were set.
final class Yaml {

  private static final String MARKER = "# " + GeneratedFiles.MARKER + "\n";

  private static final ObjectMapper YAML =
      JsonMapper.builder(
              YAMLFactory.builder()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .build())
          .build();

  private Yaml() {}

  /// One file of these documents, which says at its top that it is generated.
  static String write(JsonNode... documents) {
    return MARKER
        + List.of(documents).stream().map(Yaml::text).collect(Collectors.joining("---\n"));
  }

  private static String text(JsonNode document) {
    try {
      return YAML.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
