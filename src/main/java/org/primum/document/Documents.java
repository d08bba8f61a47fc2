package org.primum.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.primum.gate.ConfigInvalidException;
import org.yaml.snakeyaml.LoaderOptions;

/// Reads JSON and YAML strictly, against a schema, and writes JSON.
///
/// Strictly: a key given twice, a key the schema does not know, NaN and infinities, trailing text
/// and documents that nest or expand without end are rejected, each with the path of the offending
/// key.
public final class Documents {

  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(64)
          .maxNumberLength(400)
          // Sums of many features are one text; the file that holds it is bounded by its reader.
          .maxStringLength(64 << 20)
          .maxNameLength(4096)
          .build();

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(CONSTRAINTS)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final ObjectMapper YAML =
      JsonMapper.builder(
              YAMLFactory.builder()
                  .streamReadConstraints(CONSTRAINTS)
                  .loaderOptions(yamlLimits())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Documents() {}

  private static LoaderOptions yamlLimits() {
    LoaderOptions limits = new LoaderOptions();
    limits.setAllowDuplicateKeys(false);
    limits.setMaxAliasesForCollections(20);
    limits.setNestingDepthLimit(50);
    limits.setCodePointLimit(Source.LIMIT);
    return limits;
  }

  /// Reads a document that people write, YAML or JSON, and holds it against a schema.
  ///
  /// @param schema the schema's name, e.g. `fairness-policy`
  /// @throws ConfigInvalidException naming the file and the path of the first offending key
  public static JsonNode read(Source source, String schema) {
    JsonNode tree = tree(source);
    Schemas.check(tree, schema, source.name());
    return tree;
  }

  /// Reads a document another version may have written with keys of its own, just as strictly but
  /// for the schema.
  static JsonNode readWithoutSchema(Source source) {
    return tree(source);
  }

  /// An empty object to fill and [#write(JsonNode)].
  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /// The document as bytes: UTF-8, two spaces, `\n`, keys in the order they were set.
  public static byte[] write(JsonNode tree) {
    try {
      return (JSON.writer(printer()).writeValueAsString(tree) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
  }

  /// The document token by token, for those who ask where something stands.
  static JsonParser parser(Source source) throws IOException {
    return (isJson(source) ? JSON : YAML).createParser(source.bytes());
  }

  private static JsonNode tree(Source source) {
    try {
      JsonNode tree = (isJson(source) ? JSON : YAML).readTree(source.bytes());
      if (tree == null || !tree.isObject()) {
        throw new ConfigInvalidException(
            source.name() + ": expected keys and values at the top, as in apiVersion: …");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new ConfigInvalidException(source.name() + ": " + describe(e), e);
    } catch (IOException e) {
      throw new ConfigInvalidException(source.name() + ": not UTF-8 text", e);
    }
  }

  private static boolean isJson(Source source) {
    String start = new String(source.bytes(), StandardCharsets.UTF_8).stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }

  private static String describe(JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? ""
            : "line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr()
                + ": ";
    String original = String.valueOf(e.getOriginalMessage());
    String first = original.lines().findFirst().orElse("unreadable");
    return where + (e instanceof JsonParseException ? first : "not readable: " + first);
  }
}
