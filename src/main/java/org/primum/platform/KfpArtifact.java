package org.primum.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;

/// One artifact as the launcher names it: what it is, and where it lies or belongs.
///
/// @param type its schema title, e.g. `system.Model`
/// @param uri as the engine stores it; outside of a cluster a plain path
/// @param customPath wins over the mount of the URI, or empty
/// @param inWorkspace whether the engine has put it into the workspace of the run
record KfpArtifact(String type, String uri, String customPath, boolean inWorkspace) {

  private static final String WORKSPACE = "kfp-workspace/.artifacts/";

  static KfpArtifact of(JsonNode node) {
    return new KfpArtifact(
        node.path("type").path("schemaTitle").asText(""),
        node.path("uri").asText(""),
        node.path("customPath").asText(""),
        node.path("metadata").path("_kfp_workspace").asBoolean(false));
  }

  /// Where the launcher mounts it: a folder for each kind of store, below the root.
  Path path(Path root) {
    String mounted = (customPath.isEmpty() ? mount() : customPath).replaceFirst("^/+", "");
    return root.resolve(inWorkspace ? WORKSPACE + mounted : mounted);
  }

  private String mount() {
    if (uri.startsWith("oci://")) {
      return "/oci/" + uri.substring("oci://".length()).replace('/', '_') + "/models";
    }
    return uri.replaceFirst("^gs://", "/gcs/").replaceFirst("^(minio|s3)://", "/$1/");
  }

  /// Where a step reads it: where the launcher has put it, else at the store itself. Launchers
  /// bring only the first artifact of a list.
  String location(Path root) {
    Path path = path(root);
    boolean readable = uri.startsWith("minio://") || uri.startsWith("s3://");
    return readable && !Files.exists(path) ? uri : path.toString();
  }
}
