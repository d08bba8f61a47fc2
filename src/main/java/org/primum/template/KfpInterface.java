package org.primum.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a component takes and gives, made of a step's options and outputs.
///
/// An option that names a location is an artifact, and beside it a text, `data_uri`: a component in
/// a pipeline is given what another left, one at its start a place in an object store. Which of the
/// two it was is known when it runs, so both may be left out.
record KfpInterface(List<KfpPort> inputs, List<KfpPort> outputs) {

  /// The steps whose output directories speak for a model.
  private static final List<String> SPEAKING =
      List.of("train", "score", "fairness_audit", "shap", "dp_noise");

  /// The steps that see what was predicted and what happened.
  private static final Set<String> LABELED = Set.of("train", "score", "fairness-audit");

  private static final String ANY = "system.Artifact";

  KfpInterface {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  static KfpInterface of(StepModel step) {
    List<KfpPort> inputs = new ArrayList<>();
    TemplateOption.of(step).forEach(option -> inputs.addAll(inputs(step, option)));
    return new KfpInterface(inputs, outputs(step));
  }

  List<KfpPort.Artifact> inputArtifacts() {
    return artifacts(inputs);
  }

  List<KfpPort.Parameter> inputParameters() {
    return parameters(inputs);
  }

  List<KfpPort.Artifact> outputArtifacts() {
    return artifacts(outputs);
  }

  List<KfpPort.Parameter> outputParameters() {
    return parameters(outputs);
  }

  private static List<KfpPort.Artifact> artifacts(List<KfpPort> ports) {
    return ports.stream()
        .flatMap(p -> p instanceof KfpPort.Artifact artifact ? Stream.of(artifact) : Stream.of())
        .toList();
  }

  private static List<KfpPort.Parameter> parameters(List<KfpPort> ports) {
    return ports.stream()
        .flatMap(p -> p instanceof KfpPort.Parameter parameter ? Stream.of(parameter) : Stream.of())
        .toList();
  }

  private static List<KfpPort> inputs(StepModel step, TemplateOption option) {
    String name = name(option);
    String description = option.option().description();
    return switch (option.kind()) {
      case VALUE -> List.of(value(step, option));
      case TABLE -> either(name, "system.Dataset", "", description);
      case MODEL -> either(name, "system.Model", "", description);
      case TALLY, EARLIER -> either(name, ANY, "", description);
      case POLICY -> either(name, ANY, policy(option), description);
      case STORE -> List.of(text(name + "_uri", !option.option().required(), "", description));
      case SHARDS ->
          List.of(
              new KfpPort.Artifact(name, ANY, true, true, description),
              text(name + "_uri", true, "", otherwise(name, description)));
      case EVIDENCE -> evidence(name, description);
    };
  }

  private static List<KfpPort> either(
      String name, String schema, String defaultValue, String description) {
    return List.of(
        new KfpPort.Artifact(name, schema, false, true, description),
        text(name + "_uri", true, defaultValue, otherwise(name, description)));
  }

  private static List<KfpPort> evidence(String name, String description) {
    List<KfpPort> ports = new ArrayList<>();
    for (String part : SPEAKING) {
      ports.add(
          new KfpPort.Artifact(
              name + "_" + part,
              ANY,
              false,
              true,
              "The evidence of " + part.replace('_', '-') + "."));
    }
    ports.add(text(name + "_uri", true, "", description));
    return ports;
  }

  private static String otherwise(String artifact, String description) {
    return description + " Used where no artifact " + artifact + " is given.";
  }

  /// Where a ConfigMap is mounted that holds the policy; nothing where a step goes without one.
  private static String policy(TemplateOption option) {
    return option.option().required() ? ArgoInputs.mounted(option) : "";
  }

  private static KfpPort text(
      String name, boolean optional, String defaultValue, String description) {
    return new KfpPort.Parameter(name, KfpPort.Type.STRING, optional, defaultValue, description);
  }

  private static KfpPort value(StepModel step, TemplateOption option) {
    boolean required = option.option().required();
    KfpPort.Type type =
        step.name().equals("record") && option.name().equals("failures")
            ? KfpPort.Type.TASK_FINAL_STATUS
            : type(option.option());
    boolean optional = !required || type == KfpPort.Type.TASK_FINAL_STATUS;
    return new KfpPort.Parameter(
        name(option), type, optional, defaultValue(option), description(option));
  }

  /// An audit that fails would lose its report here, so it reports, and a gate fails.
  private static String defaultValue(TemplateOption option) {
    return option.name().equals("on-violation") ? "report" : option.option().defaultValue();
  }

  private static String description(TemplateOption option) {
    String type = option.option().type();
    boolean words = type.contains("|");
    return option.option().description()
        + (words ? " One of " + type.replace("|", ", ") + "." : "");
  }

  /// The SDK's local runner cannot leave a whole number out, so one without a default is a text.
  private static KfpPort.Type type(StepModel.Option option) {
    boolean left = !option.required() && option.defaultValue().isEmpty();
    return switch (option.repeatable() ? "text" : option.type()) {
      case "integer" -> left ? KfpPort.Type.STRING : KfpPort.Type.NUMBER_INTEGER;
      case "number" -> KfpPort.Type.NUMBER_DOUBLE;
      case "boolean" -> KfpPort.Type.BOOLEAN;
      default -> KfpPort.Type.STRING;
    };
  }

  private static String name(TemplateOption option) {
    return option.name().replace('-', '_');
  }

  private static List<KfpPort> outputs(StepModel step) {
    List<KfpPort> outputs = new ArrayList<>();
    outputs.add(output("evidence", ANY, "The whole output directory, with manifest and digests."));
    outputs.add(output("report", "system.HTML", "The result for people."));
    outputs.add(output("summary", "system.Markdown", "The verdict, rule by rule."));
    outputs.add(output("metrics", "system.Metrics", "Every known number of everyone."));
    if (LABELED.contains(step.name())) {
      outputs.add(
          output(
              "classification",
              "system.ClassificationMetrics",
              "The confusion matrix; with a score the ROC curve too."));
    }
    Set<String> taken = new HashSet<>(Set.of("evidence", "report", "summary", "metrics"));
    taken.addAll(Set.of("verdict", "manifest"));
    step.outputs().stream()
        .filter(StepModel.Output::isParameter)
        .forEach(output -> taken.add(output.stem()));
    for (StepModel.Output output : step.outputs()) {
      if (output.isParameter()) {
        outputs.add(parameter(output));
      } else if (isAlwaysThere(output) && taken.add(output.stem())) {
        outputs.add(output(output.stem(), schema(output), output.description()));
      }
    }
    return outputs;
  }

  private static KfpPort output(String name, String schema, String description) {
    return new KfpPort.Artifact(name, schema, false, false, description);
  }

  /// A declared artifact that is not there would fail the task; the evidence has all files.
  private static boolean isAlwaysThere(StepModel.Output output) {
    return !output.onRequest() && !schema(output).isEmpty();
  }

  /// Empty where nobody would look at it by itself; the evidence has all files.
  private static String schema(StepModel.Output output) {
    return switch (output.kind()) {
      case "table" -> "system.Dataset";
      case "model" -> "system.Model";
      case "document" -> ANY;
      default -> "";
    };
  }

  private static KfpPort parameter(StepModel.Output output) {
    KfpPort.Type type =
        switch (output.kind()) {
          case "integer" -> KfpPort.Type.NUMBER_INTEGER;
          case "number" -> KfpPort.Type.NUMBER_DOUBLE;
          case "list" -> KfpPort.Type.LIST;
          default -> KfpPort.Type.STRING;
        };
    return new KfpPort.Parameter(output.stem(), type, false, "", output.description());
  }
}
