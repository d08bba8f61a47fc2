package org.primum.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// What an Argo template of a step gives: parameters, artifacts, and metrics made of them.
///
/// Every parameter has a default and every artifact may be missing: Argo collects outputs of a step
/// that failed, too, and the first one missing would hide the rest.
final class ArgoOutputs {

  static final String OUT = "/primum/out";

  /// The input parameter that says below which key everything goes. A fan-out names one prefix for
  /// all its pods, which the step that merges them reads as one directory.
  static final String KEY = "evidence-key";

  /// What is left of a try that failed half-way does not mix with the results of the next.
  static final String DEFAULT_KEY = "primum/{{workflow.namespace}}/{{workflow.uid}}/{{pod.name}}";

  private final StepModel step;

  ArgoOutputs(StepModel step) {
    this.step = step;
  }

  void write(ObjectNode outputs) {
    ArrayNode parameters = outputs.putArray("parameters");
    step.outputs().stream()
        .filter(StepModel.Output::isParameter)
        .forEach(output -> parameter(parameters, output));
    artifacts(outputs.putArray("artifacts"));
  }

  private static void parameter(ArrayNode parameters, StepModel.Output output) {
    parameters
        .addObject()
        .put("name", name(output))
        .put("description", sentence(output))
        .putObject("valueFrom")
        .put("path", OUT + "/" + output.name())
        .put("default", defaultValue(output));
  }

  private static String defaultValue(StepModel.Output output) {
    return output.name().equals("params/status") ? "ERROR" : isNumber(output) ? "NaN" : "";
  }

  private static boolean isNumber(StepModel.Output output) {
    return output.kind().equals("number") || output.kind().equals("integer");
  }

  private void artifacts(ArrayNode artifacts) {
    artifact(artifacts, "evidence", "");
    Set<String> taken = new HashSet<>();
    for (StepModel.Output output : step.outputs()) {
      if (!output.isParameter()) {
        String name = taken.add(output.stem()) ? output.stem() : output.name().replace('.', '-');
        artifact(artifacts, name, output.name());
      }
    }
  }

  /// Neither path nor key of a directory ends in a slash: some stores answer such a key with an
  /// empty object, which Argo then takes for the artifact.
  private static void artifact(ArrayNode artifacts, String name, String file) {
    String below = file.isEmpty() ? "" : "/" + file.replaceFirst("/$", "");
    ObjectNode artifact = artifacts.addObject().put("name", name);
    artifact.put("path", OUT + below).put("optional", true);
    artifact.putObject("archive").putObject("none");
    artifact.putObject("s3").put("key", Argo.input(KEY) + below);
  }

  /// One counter for all steps, and a gauge for each number that is known.
  void metrics(ArrayNode metrics) {
    ObjectNode total =
        metric(metrics, "primum_step_total", "How often a try of a step ended, by status.");
    label(labels(total), "step", step.name());
    label(labels(total), "status", output("status"));
    total.putObject("counter").put("value", "1");
    if (!isFannedOut()) {
      step.outputs().stream()
          .filter(output -> output.isParameter() && isNumber(output))
          .filter(output -> !output.name().equals("params/exit_code"))
          .forEach(output -> gauge(metrics, output));
    }
  }

  /// One gauge of many shards would tell of whichever ended last.
  private boolean isFannedOut() {
    return step.name().equals("fairness-tally")
        || step.options().stream().anyMatch(option -> option.name().equals("--shard"));
  }

  private void gauge(ArrayNode metrics, StepModel.Output output) {
    String value = output(name(output));
    ObjectNode gauge =
        metric(
            metrics,
            ("primum_" + step.name() + "_" + output.stem()).replace('-', '_'),
            sentence(output));
    ArrayNode labels = labels(gauge);
    if (isAboutAName()) {
      label(labels, "model", Argo.input("name"));
    }
    gauge.put("when", "'" + value + "' != 'NaN' && '" + value + "' != ''");
    gauge.putObject("gauge").put("realtime", false).put("value", value);
  }

  /// Whether the step is about one of the models that serve: they are few, and each is a series.
  private boolean isAboutAName() {
    return step.options().stream().anyMatch(option -> option.name().equals("--name"));
  }

  private static ObjectNode metric(ArrayNode metrics, String name, String help) {
    return metrics.addObject().put("name", name).put("help", help);
  }

  /// The controller keeps the metrics of all namespaces together; without this one tenant's number
  /// would hide another's.
  private static ArrayNode labels(ObjectNode metric) {
    if (!metric.has("labels")) {
      label(metric.putArray("labels"), "namespace", "{{workflow.namespace}}");
    }
    return metric.withArray("labels");
  }

  private static void label(ArrayNode labels, String key, String value) {
    labels.addObject().put("key", key).put("value", value);
  }

  private static String output(String parameter) {
    return "{{outputs.parameters." + parameter + "}}";
  }

  /// Help of a metric and description of a parameter: a sentence, whatever case it has in a table.
  private static String sentence(StepModel.Output output) {
    String text = Argo.plain(output.description());
    String sentence = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }

  private static String name(StepModel.Output output) {
    return output.stem().replace('_', '-');
  }
}
