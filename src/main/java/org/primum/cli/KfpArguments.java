package org.primum.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.primum.gate.ConfigInvalidException;
import org.primum.platform.KfpExecutor;
import org.primum.step.UsageException;
import org.primum.template.StepModel;

/// The command line of a component of Kubeflow Pipelines: an option that is not given on it comes
/// from the executor input.
///
/// `--alert-rate` is the parameter `alert_rate`; a location `--data` is the artifact `data`, or the
/// parameter `data_uri`; `--evidence` is every artifact whose name begins with `evidence`.
final class KfpArguments {

  /// How the one argument begins that every component has.
  static final String OPTION = "--kfp-executor-input=";

  private static final String EVIDENCE = KfpExecutor.EVIDENCE;

  private final KfpExecutor executor;
  private final StepModel step;
  private final List<String> given;

  private KfpArguments(KfpExecutor executor, StepModel step, List<String> given) {
    this.executor = executor;
    this.step = step;
    this.given = given;
  }

  /// The arguments, and after them those of the executor input where there is one.
  ///
  /// @param steps asked only where there is one
  /// @throws ConfigInvalidException where it is not an ExecutorInput, or has an input the step does
  ///   not know
  static List<String> expand(List<String> given, Supplier<List<StepModel>> steps)
      throws IOException {
    Optional<String> input =
        given.stream()
            .filter(a -> a.startsWith(OPTION))
            .map(a -> a.substring(OPTION.length()))
            .findFirst();
    if (input.isEmpty()) {
      return given;
    }
    Optional<StepModel> step =
        steps.get().stream().filter(model -> model.name().equals(given.getFirst())).findFirst();
    KfpExecutor executor = KfpExecutor.of(input.get(), Path.of("/"));
    return step.isEmpty() ? given : new KfpArguments(executor, step.get(), given).expanded();
  }

  private List<String> expanded() throws IOException {
    Set<String> unknown = executor.inputs();
    unknown.removeIf(name -> name.startsWith("pipelinechannel--"));
    List<String> all = new ArrayList<>(given);
    for (StepModel.Option option : step.options()) {
      List<String> names = names(option, unknown);
      names.forEach(unknown::remove);
      if (!isGiven(option.name())) {
        values(option, names).forEach(value -> all.add(option.name() + "=" + value));
      }
    }
    if (!unknown.isEmpty()) {
      throw new ConfigInvalidException(
          "--kfp-executor-input: " + step.name() + " has no input " + String.join(", ", unknown));
    }
    if (!isGiven("--output-dir")) {
      all.add("--output-dir=" + outputDirectory());
      all.add("--overwrite=true");
    }
    return all;
  }

  private boolean isGiven(String option) {
    return given.stream().anyMatch(a -> a.equals(option) || a.startsWith(option + "="));
  }

  /// The inputs that may give this option.
  private static List<String> names(StepModel.Option option, Set<String> inputs) {
    String name = option.name().substring(2).replace('-', '_');
    return inputs.stream()
        .filter(input ->
            input.equals(name)
                || (!option.input().isEmpty() && input.equals(name + "_uri"))
                || (name.equals(EVIDENCE) && input.startsWith(EVIDENCE + "_")))
        .toList();
  }

  private List<String> values(StepModel.Option option, List<String> names) {
    List<String> artifacts =
        names.stream().flatMap(name -> executor.artifacts(name).stream()).toList();
    List<String> parameters =
        names.stream().flatMap(name -> parameters(option, name).stream()).toList();
    if (artifacts.isEmpty() || option.repeatable()) {
      return Stream.concat(artifacts.stream(), parameters.stream()).toList();
    }
    if (!parameters.isEmpty() && !parameters.equals(List.of(mounted(option)))) {
      throw new UsageException(
          option.name() + ": given as an artifact and as a parameter; give one of them");
    }
    if (artifacts.size() > 1 && !option.input().equals(EVIDENCE)) {
      throw new UsageException(option.name() + ": takes one artifact, got " + artifacts.size());
    }
    return List.of(String.join(",", artifacts));
  }

  private List<String> parameters(StepModel.Option option, String name) {
    return option.repeatable()
        ? executor.parameters(name)
        : executor.parameter(name).map(List::of).orElse(List.of());
  }

  /// Where a ConfigMap with the policy is mounted, which is the default of the component.
  private static String mounted(StepModel.Option option) {
    String name = option.name().substring(2);
    return "/etc/primum/" + name + "/" + name + ".yaml";
  }

  private String outputDirectory() throws IOException {
    Optional<Path> evidence = executor.evidenceDirectory();
    return evidence.isPresent()
        ? evidence.get().toString()
        : Files.createTempDirectory("primum-kfp").resolve("out").toString();
  }
}
