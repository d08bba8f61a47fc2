package org.primum.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.primum.template.TemplateOption.Kind;

/// What an Argo template of a step takes: parameters, artifacts, and the arguments made of them.
///
/// Each option is one parameter. Where the option names an artifact, the parameter's default is the
/// path at which Argo puts it, so that a location in an object store can be given instead.
final class ArgoInputs {

  static final String IN = "/primum/in";
  static final String EVIDENCE = IN + "/evidence";
  static final String CONFIGURATION = "/etc/primum";

  /// The steps whose output directories speak for a model.
  private static final List<String> SPEAKING =
      List.of("train", "score", "fairness-audit", "shap", "dp-noise");

  /// Readable by a step that runs as another user than Argo's executor.
  private static final int READABLE_FILE = 0444;

  private static final int READABLE_TREE = 0755;

  private final StepModel step;
  private final List<TemplateOption> options;

  ArgoInputs(StepModel step) {
    this.step = step;
    this.options = TemplateOption.of(step);
  }

  void write(ObjectNode inputs) {
    ArrayNode parameters = inputs.putArray("parameters");
    options.forEach(option -> parameter(parameters, option));
    pod(parameters);
    ArrayNode artifacts = inputs.putArray("artifacts");
    options.forEach(option -> artifact(artifacts, option));
    if (artifacts.isEmpty()) {
      inputs.remove("artifacts");
    }
  }

  /// One token each, so that an empty value is `--name=`, which means "not given".
  void arguments(ArrayNode arguments) {
    arguments.add(step.name());
    for (TemplateOption option : options) {
      arguments.add("--" + option.name() + "=" + Argo.input(option.name()));
    }
    arguments.add("--output-dir=" + ArgoOutputs.OUT);
  }

  boolean has(Kind kind) {
    return options.stream().anyMatch(option -> option.kind() == kind);
  }

  List<TemplateOption> ofKind(Kind kind) {
    return options.stream().filter(option -> option.kind() == kind).toList();
  }

  private void parameter(ArrayNode parameters, TemplateOption option) {
    ObjectNode parameter = parameters.addObject().put("name", option.name());
    parameter.put("description", description(option));
    if (!(option.option().required() && path(option).isEmpty())) {
      parameter.put(
          "default", path(option).isEmpty() ? option.option().defaultValue() : path(option));
    }
    if (!option.words().isEmpty()) {
      ArrayNode words = parameter.putArray("enum");
      option.words().forEach(words::add);
    }
    if (option.kind() == Kind.POLICY) {
      Argo.parameter(
          parameters,
          configMap(option),
          "The ConfigMap whose key " + option.name() + ".yaml is the document.",
          "primum-" + policyOwner() + "-" + option.name());
    }
  }

  /// Steps that judge evidence read one release policy, so that promote decides as the gate did; a
  /// tally counts what the audit will judge, and shards are judged as one run.
  private String policyOwner() {
    if (step.name().equals("fairness-tally")) {
      return "fairness-audit";
    }
    if (step.name().equals("shap-merge")) {
      return "shap-batch";
    }
    return has(Kind.EVIDENCE) ? "gate" : step.name();
  }

  static String configMap(TemplateOption option) {
    return option.name() + "-configmap";
  }

  /// Where a ConfigMap is mounted that holds the document.
  static String mounted(TemplateOption option) {
    return CONFIGURATION + "/" + option.name() + "/" + option.name() + ".yaml";
  }

  /// What the option is by default; empty where it has to be given, or need not.
  private String path(TemplateOption option) {
    if (!isExpected(option)) {
      return "";
    }
    return switch (option.kind()) {
      case TABLE, MODEL, EVIDENCE, SHARDS -> IN + "/" + option.name();
      case POLICY -> mounted(option);
      case VALUE, STORE, TALLY, EARLIER -> "";
    };
  }

  /// A table that counts may stand in for is what comes where nobody says otherwise.
  private boolean isExpected(TemplateOption option) {
    return option.option().required() || (option.kind() == Kind.TABLE && has(Kind.TALLY));
  }

  private String description(TemplateOption option) {
    String own = Argo.plain(option.option().description());
    return switch (option.kind()) {
      case TABLE, MODEL, TALLY, EARLIER ->
          isExpected(option)
              ? own + " By default the artifact; or an s3:// location."
              : own + " Give " + IN + "/" + option.name() + " for the artifact.";
      case EVIDENCE -> own + " By default the artifacts; or s3:// locations.";
      case SHARDS -> own + " By default the artifact; or s3:// locations.";
      case POLICY ->
          isExpected(option)
              ? own + " By default from the ConfigMap; or an s3:// location."
              : own + " Give " + mounted(option) + " for the ConfigMap; or an s3:// location.";
      case VALUE, STORE -> own;
    };
  }

  private void pod(ArrayNode parameters) {
    Argo.parameter(
        parameters,
        ArgoOutputs.KEY,
        "Below which key of the artifact repository everything the step leaves goes.",
        ArgoOutputs.DEFAULT_KEY);
    Argo.parameter(
        parameters,
        "credentials",
        "The Secret with accessKey, secretKey and sessionToken for s3:// locations, if there are any.",
        credentials());
    Argo.parameter(parameters, "cpu", "The CPU the pod asks for.", readsRows() ? "1" : "250m");
    Argo.parameter(
        parameters,
        "memory",
        "The memory the pod asks for and may use.",
        readsRows() ? "2Gi" : "512Mi");
    Argo.parameter(
        parameters,
        "deadline-seconds",
        "After how many seconds a try is ended.",
        readsRows() ? "14400" : "3600");
  }

  /// A step that writes to a store that outlives the run has rights of its own.
  private String credentials() {
    return ofKind(Kind.STORE).stream()
        .map(option -> "primum-" + option.name())
        .findFirst()
        .orElse("primum-object-store");
  }

  private boolean readsRows() {
    return has(Kind.TABLE) || has(Kind.SHARDS);
  }

  private static void artifact(ArrayNode artifacts, TemplateOption option) {
    switch (option.kind()) {
      case TABLE -> artifact(artifacts, option.name(), option.name()).put("mode", READABLE_FILE);
      case MODEL, SHARDS, TALLY, EARLIER -> tree(artifact(artifacts, option.name(), option.name()));
      case EVIDENCE ->
          SPEAKING.forEach(part ->
              tree(artifact(artifacts, option.name() + "-" + part, option.name() + "/" + part)));
      case POLICY, STORE, VALUE -> {}
    }
  }

  private static ObjectNode artifact(ArrayNode artifacts, String name, String path) {
    return artifacts
        .addObject()
        .put("name", name)
        .put("path", IN + "/" + path)
        .put("optional", true);
  }

  private static ObjectNode tree(ObjectNode artifact) {
    return artifact.put("mode", READABLE_TREE).put("recurseMode", true);
  }
}
