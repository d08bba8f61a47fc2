package org.primum.template;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Every file that is made from the step models, by its path below the root of the project.
///
/// One method for each reader: people, programs, and one for each engine. What is added there is
/// written by `make generate` and held against the committed files by a test.
public final class GeneratedFiles {

  /// What a generated file says in its first line, as a comment of its language.
  public static final String MARKER =
      "Generated from the command line by `make generate`; a test fails when it is stale.";

  private final String version;
  private final List<StepModel> models;
  private final SortedMap<String, String> files = new TreeMap<>();

  private GeneratedFiles(String version, List<StepModel> models) {
    this.version = version;
    this.models = List.copyOf(models);
  }

  /// @param version of the project: the image's tag, and a label
  public static SortedMap<String, String> of(String version, List<StepModel> models) {
    GeneratedFiles generated = new GeneratedFiles(version, models);
    generated.pages();
    generated.argo();
    generated.kubeflow();
    return generated.files;
  }

  private void pages() {
    files.put("docs/reference.md", ReferencePage.write(models));
    files.put("docs/metrics.md", MetricsPage.write());
    for (StepModel model : models) {
      files.put(of(model, "README.md"), StepPage.write(model));
      files.put(of(model, "step.json"), StepModelJson.write(version, List.of(model)));
    }
  }

  private void argo() {
    for (StepModel step : steps()) {
      files.put(
          of(step, "argo/clusterworkflowtemplate.yaml"),
          Yaml.write(new ArgoTemplate(version, step).write()));
      files.put(of(step, "argo/rbac.yaml"), Yaml.write(ArgoRbac.step(version, step)));
    }
    files.put("pipelines/argo/rbac/executor.yaml", Yaml.write(ArgoRbac.executor(version)));
  }

  private void kubeflow() {
    for (StepModel step : steps()) {
      files.put(
          of(step, "kfp/component.yaml"), Yaml.write(new KfpComponent(version, step).write()));
      files.put(
          of(step, "kfp/component.v1.yaml"),
          Yaml.write(new KfpFormerComponent(version, step).write()));
    }
    files.putAll(new KfpPackage(version, steps()).files());
  }

  /// The commands that leave a verdict; the others have no place in a template.
  private List<StepModel> steps() {
    return models.stream().filter(StepModel::hasOutputDirectory).toList();
  }

  private static String of(StepModel model, String path) {
    return "steps/" + model.name() + "/" + path;
  }
}
