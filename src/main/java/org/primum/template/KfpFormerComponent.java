package org.primum.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.primum.document.Documents;

/// `steps/<step>/kfp/component.v1.yaml`: a step as a component of the first version, which Elyra
/// still reads.
///
/// Elyra lets a node be wired where the command names the path of an input or output, and shows a
/// text field otherwise; so each artifact is named once more, in an option the step does not read.
final class KfpFormerComponent {

  private final String version;
  private final StepModel step;
  private final KfpInterface ports;

  KfpFormerComponent(String version, StepModel step) {
    this.version = version;
    this.step = step;
    this.ports = KfpInterface.of(step);
  }

  ObjectNode write() {
    ObjectNode root = Documents.object();
    root.put("name", step.name()).put("description", step.summary());
    root.putObject("metadata")
        .putObject("annotations")
        .put("primum.dev/version", version)
        .put("primum.dev/step", step.name());
    ports.inputs().forEach(port -> port(root.withArray("inputs").addObject(), port));
    ports.outputs().forEach(port -> output(root.withArray("outputs").addObject(), port));
    ObjectNode container = root.putObject("implementation").putObject("container");
    container.put("image", KfpComponent.image(version));
    container.putArray("command").add(KfpComponent.PROGRAM);
    ArrayNode arguments = container.putArray("args").add(step.name()).add(KfpComponent.INPUT);
    ports.inputArtifacts().forEach(artifact -> path(arguments, "inputPath", artifact));
    ports.outputArtifacts().forEach(artifact -> path(arguments, "outputPath", artifact));
    return root;
  }

  private static void path(ArrayNode arguments, String side, KfpPort.Artifact artifact) {
    arguments.add("--kfp-path").addObject().put(side, artifact.name());
  }

  private static void port(ObjectNode node, KfpPort port) {
    node.put("name", port.name()).put("type", type(port));
    if (port instanceof KfpPort.Parameter parameter && !parameter.defaultValue().isEmpty()) {
      node.put("default", parameter.defaultValue());
    }
    if (port.optional()) {
      node.put("optional", true);
    }
    node.put("description", port.description());
  }

  private static void output(ObjectNode node, KfpPort port) {
    node.put("name", port.name()).put("type", type(port)).put("description", port.description());
  }

  private static String type(KfpPort port) {
    return switch (port) {
      case KfpPort.Parameter parameter -> parameter.type().former();
      case KfpPort.Artifact artifact -> artifact.schema().replaceFirst("^system\\.", "");
    };
  }
}
