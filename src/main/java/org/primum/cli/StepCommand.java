package org.primum.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.primum.gate.Finding;
import org.primum.gate.Verdict;
import org.primum.platform.ExitStatus;
import org.primum.platform.TerminationMessage;
import org.primum.step.CiFile;
import org.primum.step.Step;
import org.primum.step.StepRun;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A command that runs one [Step]. The options here are those of every step; a subclass adds its
/// own, and makes the step's inputs of them.
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    showDefaultValues = true)
abstract class StepCommand<I> implements Callable<Integer> {

  /// What engines call one run of a workflow, the same for each try of its steps.
  private static final List<String> RUN_IDS =
      List.of("PRIMUM_RUN_ID", "ARGO_WORKFLOW_UID", "KFP_RUN_ID");

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--output-dir",
      required = true,
      paramLabel = "DIR",
      order = 90,
      description =
          "Where the result goes: a path, s3://bucket/key or minio://bucket/key. Holds verdict.json,"
              + " metrics.json, report.html, manifest.json, metrics.prom and params/ afterwards.")
  @Nullable Location outputDirectory;

  @Option(
      names = "--overwrite",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      paramLabel = "true|false",
      order = 91,
      description = "Replace an earlier result in the output directory.")
  boolean overwrite;

  @Option(
      names = "--format",
      defaultValue = "table",
      paramLabel = "table|json",
      order = 92,
      description = "What stdout carries: a short table, or verdict.json.")
  OutputFormat format = OutputFormat.TABLE;

  @Option(
      names = "--kfp-executor-input",
      paramLabel = "JSON",
      defaultValue = "",
      order = 93,
      description = "What Kubeflow Pipelines passes to a component: {{$}}.")
  String executorInput = "";

  @Option(
      names = "--kfp-path",
      hidden = true,
      paramLabel = "PATH",
      description = "Named by components so that tools see which inputs are artifacts; not read.")
  List<String> paths = List.of();

  private final Session session;

  StepCommand(Session session) {
    this.session = session;
  }

  /// The step that is run.
  abstract Step<I> step();

  /// The inputs as the options give them.
  ///
  /// @throws org.primum.step.UsageException where options do not fit each other
  abstract I inputs();

  /// The files for a CI server that the options name; most steps have none.
  List<CiFile> ciFiles() {
    return List.of();
  }

  final Session session() {
    return session;
  }

  /// The name of the run, the same for each try of it: what the engine calls it, else the output
  /// directory, which takes one result.
  final String ofRun() {
    return RUN_IDS.stream()
        .map(name -> session.environment().getOrDefault(name, ""))
        .filter(value -> !value.isBlank())
        .findFirst()
        .orElseGet(() -> outputId(required()));
  }

  private static String outputId(Location directory) {
    return directory.isLocal()
        ? directory.path().toAbsolutePath().normalize().toString()
        : directory.toString();
  }

  private Location required() {
    if (outputDirectory == null) {
      throw new IllegalStateException("picocli lets no command run without its required options");
    }
    return outputDirectory;
  }

  @Override
  public final Integer call() throws IOException {
    Location directory = required();
    StepRun.Outcome outcome =
        session
            .stepRun()
            .run(
                step(),
                inputs(),
                new StepRun.Target(directory, overwrite, executorInput, ciFiles()));
    print(outcome, directory);
    return outcome.status().code();
  }

  private void print(StepRun.Outcome outcome, Location directory) {
    Verdict verdict = outcome.result().evidence().verdict();
    switch (format) {
      case JSON -> session.out().print(outcome.verdictJson());
      case TABLE -> session.out().print(outcome.result().evidence().table());
    }
    session.out().flush();
    session.log(verdict.status() + ": " + verdict.summary());
    session.log("report: " + directory.resolve("report.html"));
    new TerminationMessage(session.environment()).write(termination(outcome.status(), verdict));
  }

  /// What an engine shows on the node: the summary, and the first of the worst findings.
  private static String termination(ExitStatus status, Verdict verdict) {
    String detail = verdict.passes() ? "" : verdict.worst().map(StepCommand::describe).orElse("");
    return status.name() + ": " + verdict.summary() + detail;
  }

  private static String describe(Finding finding) {
    return " ["
        + finding.rule()
        + ", "
        + finding.measurement().group()
        + ": "
        + finding.reason()
        + "]";
  }
}
