package org.primum.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What all objects for Argo Workflows have in common.
final class Argo {

  /// The oldest release whose fields and expressions are used.
  static final String SINCE = ">= 3.6.0";

  private Argo() {}

  /// A reference to an input parameter.
  static String input(String parameter) {
    return "{{inputs.parameters." + parameter + "}}";
  }

  /// A description in which Argo finds nothing to substitute: `{{workflow.failures}}` is only
  /// named.
  static String plain(String description) {
    return description.replace("{{", "").replace("}}", "");
  }

  static ObjectNode parameter(
      ArrayNode parameters, String name, String description, String defaultValue) {
    return parameters
        .addObject()
        .put("name", name)
        .put("description", description)
        .put("default", defaultValue);
  }

  /// The labels Kubernetes recommends.
  static void labels(ObjectNode metadata, String name, String version) {
    metadata
        .putObject("labels")
        .put("app.kubernetes.io/name", name)
        .put("app.kubernetes.io/part-of", "primum")
        .put("app.kubernetes.io/version", version);
  }
}
