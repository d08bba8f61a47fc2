package org.primum.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.primum.document.Documents;

/// `steps/<step>/kfp/component.yaml`: a step in the intermediate representation of Kubeflow
/// Pipelines. The SDK loads it as a component, and the user interface takes it as a pipeline of one
/// task.
///
/// The command has one argument, and the step takes every option from it: the backend knows no way
/// to leave an argument out that all its releases understand. Of the representation only what its
/// first release had is used, for a backend rejects a field it does not know.
final class KfpComponent {

  static final String PROGRAM = "/opt/primum/bin/primum";
  static final String INPUT = "--kfp-executor-input={{$}}";

  private final String version;
  private final StepModel step;
  private final KfpInterface ports;

  KfpComponent(String version, StepModel step) {
    this.version = version;
    this.step = step;
    this.ports = KfpInterface.of(step);
  }

  static String image(String version) {
    return "primum.local/primum:" + version;
  }

  ObjectNode write() {
    ObjectNode root = Documents.object();
    ObjectNode component = root.putObject("components").putObject("comp-" + step.name());
    component.put("executorLabel", "exec-" + step.name());
    inputs(component);
    outputs(component);
    ObjectNode container =
        root.putObject("deploymentSpec")
            .putObject("executors")
            .putObject("exec-" + step.name())
            .putObject("container");
    container.put("image", image(version));
    container.putArray("command").add(PROGRAM);
    container.putArray("args").add(step.name()).add(INPUT);
    root.putObject("pipelineInfo").put("name", step.name()).put("description", step.summary());
    root(root.putObject("root"));
    root.put("schemaVersion", "2.1.0").put("sdkVersion", "primum-" + version);
    return root;
  }

  private void inputs(ObjectNode component) {
    ObjectNode definitions = component.putObject("inputDefinitions");
    artifacts(definitions, ports.inputArtifacts());
    parameters(definitions, ports.inputParameters());
  }

  private void outputs(ObjectNode component) {
    ObjectNode definitions = component.putObject("outputDefinitions");
    artifacts(definitions, ports.outputArtifacts());
    parameters(definitions, ports.outputParameters());
  }

  private static void artifacts(ObjectNode definitions, List<KfpPort.Artifact> artifacts) {
    if (artifacts.isEmpty()) {
      return;
    }
    ObjectNode all = definitions.putObject("artifacts");
    for (KfpPort.Artifact artifact : artifacts) {
      ObjectNode node = all.putObject(artifact.name());
      node.putObject("artifactType")
          .put("schemaTitle", artifact.schema())
          .put("schemaVersion", "0.0.1");
      node.put("description", artifact.description());
      if (artifact.list()) {
        node.put("isArtifactList", true);
      }
      if (artifact.optional()) {
        node.put("isOptional", true);
      }
    }
  }

  private static void parameters(ObjectNode definitions, List<KfpPort.Parameter> parameters) {
    if (parameters.isEmpty()) {
      return;
    }
    ObjectNode all = definitions.putObject("parameters");
    for (KfpPort.Parameter parameter : parameters) {
      ObjectNode node = all.putObject(parameter.name());
      node.put("parameterType", parameter.type().name());
      node.put("description", parameter.description());
      if (parameter.hasDefault()) {
        node.set("defaultValue", parameter.defaultNode());
      }
      if (parameter.optional()) {
        node.put("isOptional", true);
      }
    }
  }

  /// The pipeline of one task: its inputs are those of the component. Never cached, for what lies
  /// at a location may change.
  private void root(ObjectNode root) {
    ObjectNode task = root.putObject("dag").putObject("tasks").putObject(step.name());
    task.putObject("cachingOptions");
    task.putObject("componentRef").put("name", "comp-" + step.name());
    ObjectNode given = Documents.object();
    for (KfpPort.Artifact artifact : ports.inputArtifacts()) {
      given
          .withObject("artifacts")
          .putObject(artifact.name())
          .put("componentInputArtifact", artifact.name());
    }
    for (KfpPort.Parameter parameter : ports.inputParameters()) {
      if (parameter.type() != KfpPort.Type.TASK_FINAL_STATUS) {
        given
            .withObject("parameters")
            .putObject(parameter.name())
            .put("componentInputParameter", parameter.name());
      }
    }
    task.set("inputs", given);
    task.putObject("taskInfo").put("name", step.name());
    ObjectNode definitions = root.putObject("inputDefinitions");
    artifacts(definitions, ports.inputArtifacts());
    parameters(
        definitions,
        ports.inputParameters().stream()
            .filter(parameter -> parameter.type() != KfpPort.Type.TASK_FINAL_STATUS)
            .toList());
  }
}
