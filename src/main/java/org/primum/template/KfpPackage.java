package org.primum.template;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The generated part of the Python package `primum_kfp`: one typed function a step, the components
/// it loads, and its version. What is the same for all steps is written by hand beside it.
final class KfpPackage {

  static final String ROOT = "pipelines/kubeflow/primum_kfp/";

  /// Every try of these has an effect or a meaning of its own, so none is taken from a cache. The
  /// others are not either where they read from a location, whose bytes no cache key knows.
  private static final Set<String> NEVER_CACHED =
      Set.of("fairness-audit", "dp-noise", "gate", "promote", "rollback", "record");

  /// The steps that are long enough for a node to go away under them, and that change nothing.
  private static final Set<String> RETRIED =
      Set.of("train", "score", "fairness-tally", "fairness-merge", "shap-batch", "shap-merge");

  private final String version;
  private final List<StepModel> steps;

  KfpPackage(String version, List<StepModel> steps) {
    this.version = version;
    this.steps = steps;
  }

  /// The files by their paths below the root of the project.
  SortedMap<String, String> files() {
    SortedMap<String, String> files = new TreeMap<>();
    files.put(ROOT + "primum_kfp/__init__.py", module());
    files.put(ROOT + "primum_kfp/_facts.py", facts());
    files.put(ROOT + "pyproject.toml", project());
    for (StepModel step : steps) {
      files.put(
          ROOT + "primum_kfp/components/" + step.name() + ".yaml",
          Yaml.write(new KfpComponent(version, step).write()));
    }
    return files;
  }

  private String module() {
    StringBuilder python = new StringBuilder();
    python.append(marker());
    python.append(
        """
        \"""Steps of primum as components of Kubeflow Pipelines, one function each.

        Every function is used inside a pipeline, takes keyword arguments only, and gives the task.
        An argument that is left out, None or "" is "not given".
        \"""

        from __future__ import annotations

        from typing import Optional

        from kfp import dsl

        from primum_kfp._facts import VERSION as __version__
        from primum_kfp._tasks import (
            Artifact,
            Artifacts,
            Flag,
            Number,
            Text,
            Whole,
            component,
            image,
            task,
            with_credentials,
            with_policy,
        )

        """);
    python.append("__all__ = [\n    \"__version__\",\n    \"component\",\n    \"image\",\n");
    python.append("    \"with_credentials\",\n    \"with_policy\",\n");
    steps.forEach(step -> python.append("    \"").append(function(step)).append("\",\n"));
    python.append("]\n");
    steps.forEach(step -> function(python, step));
    return python.toString();
  }

  private static void function(StringBuilder python, StepModel step) {
    KfpInterface ports = KfpInterface.of(step);
    python.append("\n\ndef ").append(function(step)).append("(\n    *,\n");
    signature(python, ports, false);
    signature(python, ports, true);
    python.append(") -> dsl.PipelineTask:\n    \"\"\"").append(step.summary()).append("\n\n");
    if (!step.description().isEmpty()) {
      indented(python, 4, step.description());
      python.append('\n');
    }
    python.append("    Args:\n");
    ports.inputs().stream()
        .filter(KfpPackage::isPassed)
        .forEach(port -> indented(python, 8, port.name() + ": " + port.description()));
    python.append("\n    Outputs:\n");
    ports.outputs().forEach(port -> indented(python, 8, port.name() + ": " + port.description()));
    python.append("    \"\"\"\n    return task(\"").append(step.name()).append("\", locals())\n");
  }

  private static void signature(StringBuilder python, KfpInterface ports, boolean optional) {
    for (KfpPort port : ports.inputs()) {
      if (port.optional() == optional && isPassed(port)) {
        String type = optional ? "Optional[" + type(port) + "] = None" : type(port);
        python.append("    ").append(port.name()).append(": ").append(type).append(",\n");
      }
    }
  }

  /// The engine itself says how everything ended.
  private static boolean isPassed(KfpPort port) {
    return !(port instanceof KfpPort.Parameter parameter
        && parameter.type() == KfpPort.Type.TASK_FINAL_STATUS);
  }

  private static void indented(StringBuilder python, int blanks, String text) {
    String margin = " ".repeat(blanks);
    StringBuilder line = new StringBuilder(margin);
    for (String word : text.replace("\\", "\\\\").replace("\"\"\"", "'''").split("\\s+", -1)) {
      if (line.length() + word.length() > 95) {
        python.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(margin + "    ");
      }
      line.append(word).append(' ');
    }
    python.append(line.toString().stripTrailing()).append('\n');
  }

  private static String type(KfpPort port) {
    return switch (port) {
      case KfpPort.Artifact artifact -> artifact.list() ? "Artifacts" : "Artifact";
      case KfpPort.Parameter parameter ->
          switch (parameter.type()) {
            case NUMBER_INTEGER -> "Whole";
            case NUMBER_DOUBLE -> "Number";
            case BOOLEAN -> "Flag";
            case STRING, LIST, TASK_FINAL_STATUS -> "Text";
          };
    };
  }

  private static String function(StepModel step) {
    return step.name().replace('-', '_');
  }

  private String facts() {
    StringBuilder python = new StringBuilder(marker());
    python.append("\"\"\"What the functions know of their steps.\"\"\"\n\n");
    python.append("VERSION = \"").append(version).append("\"\n");
    python.append("IMAGE = \"").append(KfpComponent.image(version)).append("\"\n");
    python.append("NEVER_CACHED = ").append(names(NEVER_CACHED)).append('\n');
    python.append("RETRIED = ").append(names(RETRIED)).append('\n');
    return python.toString();
  }

  private String names(Set<String> wanted) {
    StringBuilder names = new StringBuilder("frozenset(\n    {\n");
    steps.stream()
        .map(StepModel::name)
        .filter(wanted::contains)
        .sorted()
        .forEach(name -> names.append("        \"").append(name).append("\",\n"));
    return names.append("    }\n)").toString();
  }

  private String project() {
    return marker()
        + """
        [build-system]
        requires = ["setuptools>=64"]
        build-backend = "setuptools.build_meta"

        [project]
        name = "primum-kfp"
        version = "%s"
        description = "Steps that put ethics into machine-learning pipelines in healthcare, for Kubeflow Pipelines"
        readme = "README.md"
        requires-python = ">=3.9"
        license = {text = "Apache-2.0"}
        dependencies = ["kfp>=2.13,<3"]

        [project.optional-dependencies]
        kubernetes = ["kfp-kubernetes>=2.13,<3"]

        [tool.setuptools]
        packages = ["primum_kfp"]

        [tool.setuptools.package-data]
        primum_kfp = ["components/*.yaml", "py.typed"]
        """
            .formatted(version);
  }

  private static String marker() {
    return "# " + GeneratedFiles.MARKER + "\n";
  }
}
