package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.primum.gate.ConfigInvalidException;

/// The JSON Schemas of the files we read and write, `/schema/<name>.schema.json` on the class path.
public final class Schemas {

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<String, Schema> LOADED = new ConcurrentHashMap<>();

  private Schemas() {}

  /// What is wrong with the document, each as `path: sentence`; empty where it is right.
  public static List<String> violations(JsonNode tree, String schema) {
    return schema(schema).validate(tree).stream()
        .sorted(Comparator.comparingInt((Error e) -> depth(e)).reversed())
        .map(Schemas::describe)
        .toList();
  }

  static void check(JsonNode tree, String schema, String name) {
    List<String> violations = violations(tree, schema);
    if (!violations.isEmpty()) {
      throw new ConfigInvalidException(name + ": " + violations.getFirst());
    }
  }

  private static int depth(Error error) {
    return error.getInstanceLocation().getNameCount();
  }

  private static String describe(Error error) {
    String path = path(error);
    return switch (error.getKeyword()) {
      case "additionalProperties", "unevaluatedProperties" ->
          join(path, error.getProperty()) + ": unknown key; check its spelling and its place";
      case "required" -> join(path, error.getProperty()) + ": missing";
      default -> (path.isEmpty() ? "" : path + ": ") + String.valueOf(error.getMessage());
    };
  }

  /// `/rules/0/metric` as people write it: `rules[0].metric`.
  private static String path(Error error) {
    StringBuilder path = new StringBuilder();
    com.networknt.schema.path.NodePath location = error.getInstanceLocation();
    for (int i = 0; i < location.getNameCount(); i++) {
      Object element = location.getElement(i);
      if (element instanceof Integer index) {
        path.append('[').append(index.intValue()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(element);
      }
    }
    return path.toString();
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static Schema schema(String name) {
    return LOADED.computeIfAbsent(name, Schemas::load);
  }

  private static Schema load(String name) {
    String resource = String.format(Locale.ROOT, "/schema/%s.schema.json", name);
    try (InputStream in = Schemas.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no schema " + resource);
      }
      return REGISTRY.getSchema(
          new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
