package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.primum.data.Digest;

/// `manifest.json`: the [Manifest] of an output directory.
public final class ManifestDocument {

  static final String SCHEMA = "primum.dev/manifest/v1alpha1";

  private ManifestDocument() {}

  public static byte[] write(Manifest manifest) {
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA);
    root.put("step", manifest.step());
    root.put("version", manifest.version());
    ArrayNode arguments = root.putArray("arguments");
    manifest.arguments().forEach(arguments::add);
    writeArtifacts(root.putArray("inputs"), manifest.inputs());
    writeArtifacts(root.putArray("outputs"), manifest.outputs());
    if (manifest.seed().isPresent()) {
      root.put("seed", manifest.seed().getAsLong());
    } else {
      root.putNull("seed");
    }
    manifest.runtime().forEach(root.putObject("runtime")::put);
    manifest.engine().forEach(root.putObject("engine")::put);
    root.put("start", manifest.start().toString());
    root.put("end", manifest.end().toString());
    root.put("exitCode", manifest.exitCode());
    return Documents.write(root);
  }

  private static void writeArtifacts(ArrayNode array, List<Manifest.Artifact> artifacts) {
    for (Manifest.Artifact artifact : artifacts) {
      array
          .addObject()
          .put("name", artifact.name())
          .put("location", artifact.location())
          .put("digest", artifact.digest().value())
          .put("bytes", artifact.bytes());
    }
  }

  public static Manifest read(Source source) {
    JsonNode root = Documents.read(source, "manifest");
    List<String> arguments = new ArrayList<>();
    root.required("arguments").forEach(node -> arguments.add(node.asText()));
    return new Manifest(
        root.required("step").asText(),
        root.required("version").asText(),
        arguments,
        artifacts(root.required("inputs")),
        artifacts(root.required("outputs")),
        root.required("seed").isNull()
            ? OptionalLong.empty()
            : OptionalLong.of(root.required("seed").asLong()),
        texts(root.required("runtime")),
        texts(root.required("engine")),
        Instant.parse(root.required("start").asText()),
        Instant.parse(root.required("end").asText()),
        root.required("exitCode").asInt());
  }

  private static List<Manifest.Artifact> artifacts(JsonNode array) {
    List<Manifest.Artifact> artifacts = new ArrayList<>();
    for (JsonNode node : array) {
      artifacts.add(
          new Manifest.Artifact(
              node.required("name").asText(),
              node.required("location").asText(),
              new Digest(node.required("digest").asText()),
              node.required("bytes").asLong()));
    }
    return artifacts;
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }
}
