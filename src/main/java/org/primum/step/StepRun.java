package org.primum.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.primum.data.Digest;
import org.primum.document.Manifest;
import org.primum.document.ManifestDocument;
import org.primum.document.MetricsDocument;
import org.primum.document.VerdictDocument;
import org.primum.platform.Engine;
import org.primum.platform.ExitStatus;
import org.primum.platform.KfpExecutor;
import org.primum.platform.KfpResults;
import org.primum.platform.Progress;
import org.primum.platform.TerminationMessage;
import org.primum.report.HtmlReport;
import org.primum.report.MarkdownSummary;
import org.primum.report.PrometheusText;
import org.primum.store.Location;
import org.primum.store.Stores;

/// One run of one step, from its inputs to the committed output directory.
///
/// @param arguments the command line for the manifest, secrets masked
/// @param log takes lines for stderr
public record StepRun(
    String version,
    List<String> arguments,
    Map<String, String> environment,
    Clock clock,
    Progress progress,
    Consumer<String> log) {

  /// Where the result goes.
  ///
  /// @param executorInput what Kubeflow Pipelines passed, or empty outside of it
  /// @param ciFiles what is written beside the directory
  public record Target(
      Location directory, boolean overwrite, String executorInput, List<CiFile> ciFiles) {
    public Target {
      ciFiles = List.copyOf(ciFiles);
    }
  }

  /// How the run ended, after everything is written.
  ///
  /// @param verdictJson the bytes of verdict.json as text
  public record Outcome(StepResult result, ExitStatus status, String verdictJson) {}

  /// Runs the step, writes what every step writes, and makes all of it appear at the target.
  public <I> Outcome run(Step<I> step, I inputs, Target target) throws IOException {
    Stores stores = new Stores(environment);
    CiFiles ciFiles = new CiFiles(target, environment, stores);
    ciFiles.refuseEarlier();
    try (Cancellation cancellation =
        Cancellation.announcedIn(new TerminationMessage(environment))) {
      return run(step, inputs, target, stores, ciFiles, cancellation);
    } finally {
      progress.finish();
    }
  }

  private <I> Outcome run(
      Step<I> step,
      I inputs,
      Target target,
      Stores stores,
      CiFiles ciFiles,
      Cancellation cancellation)
      throws IOException {
    Path scratch = cancellation.made(() -> Files.createTempDirectory("primum-" + step.name()));
    try (OutputDirectory output =
        OutputDirectory.open(target.directory(), target.overwrite(), stores, cancellation)) {
      StepContext context =
          new StepContext(
              version, clock.instant(), stores, output.staging(), scratch, progress, log);
      StepResult result = step.run(inputs, context);
      progress.finish();
      Outcome outcome = write(step.name(), result, context, output);
      cancellation.commit(() -> {
        publish(result, target, output);
        ciFiles.write(result.evidence().report(), context.inputs());
        output.commit();
      });
      context.committed();
      return outcome;
    } finally {
      Cancellation.deleteTree(scratch);
    }
  }

  private static void publish(StepResult result, Target target, OutputDirectory output)
      throws IOException {
    if (!target.executorInput().isEmpty()) {
      StepResult.Evidence evidence = result.evidence();
      KfpResults results =
          new KfpResults(
              parameters(evidence, status(result)),
              evidence.verdict(),
              evidence.metrics(),
              evidence.confusion(),
              MarkdownSummary.write(evidence.report(), ""));
      KfpExecutor.of(target.executorInput(), Path.of("/"))
          .publish(output.staging(), target.directory().toString(), results);
    }
  }

  /// How the outside hears of a result.
  public static ExitStatus status(StepResult result) {
    return switch (result) {
      case StepResult.Passed _, StepResult.Reported _ -> ExitStatus.PASSED;
      case StepResult.Refused _ -> ExitStatus.GATE_FAILED;
      case StepResult.Inconclusive _ -> ExitStatus.GATE_INCONCLUSIVE;
      case StepResult.BudgetExhausted _ -> ExitStatus.PRIVACY_BUDGET;
      case StepResult.Unapproved _ -> ExitStatus.APPROVAL_MISSING;
      case StepResult.Conflict _ -> ExitStatus.CONFLICT;
    };
  }

  private Outcome write(String step, StepResult result, StepContext context, OutputDirectory output)
      throws IOException {
    StepResult.Evidence evidence = result.evidence();
    ExitStatus status = status(result);
    byte[] metrics =
        MetricsDocument.write(evidence.metrics(), evidence.omissions(), evidence.resampling());
    write(output, "metrics.json", metrics);
    write(output, "report.html", HtmlReport.write(evidence.report()));
    write(output, "metrics.prom", PrometheusText.write(evidence.verdict(), evidence.metrics()));
    for (Map.Entry<String, String> parameter : parameters(evidence, status).entrySet()) {
      write(output, "params/" + parameter.getKey(), parameter.getValue());
    }
    byte[] manifest = ManifestDocument.write(manifest(step, status, context, output));
    write(output, "manifest.json", manifest);
    byte[] verdict = VerdictDocument.write(evidence.verdict(), Digest.of(manifest));
    write(output, OutputDirectory.MARKER, verdict);
    return new Outcome(result, status, new String(verdict, StandardCharsets.UTF_8));
  }

  private static SortedMap<String, String> parameters(
      StepResult.Evidence evidence, ExitStatus status) {
    SortedMap<String, String> parameters = new TreeMap<>(evidence.parameters());
    parameters.put("status", evidence.verdict().status().name());
    parameters.put("exit_code", Integer.toString(status.code()));
    return parameters;
  }

  private Manifest manifest(
      String step, ExitStatus status, StepContext context, OutputDirectory output)
      throws IOException {
    List<Manifest.Artifact> outputs = new ArrayList<>();
    for (Path file : output.files()) {
      Path path = output.staging().resolve(file);
      String name = OutputDirectory.key(file);
      outputs.add(new Manifest.Artifact(name, name, Digest.of(path), Files.size(path)));
    }
    Instant end = clock.instant();
    return new Manifest(
        step,
        version,
        arguments,
        context.inputs(),
        outputs,
        context.seed(),
        runtime(),
        new Engine(environment).identifiers(),
        context.now(),
        end,
        status.code());
  }

  private static Map<String, String> runtime() {
    Map<String, String> runtime = new TreeMap<>();
    runtime.put("java", System.getProperty("java.runtime.version", "unknown"));
    runtime.put("os", System.getProperty("os.name", "unknown"));
    runtime.put("architecture", System.getProperty("os.arch", "unknown"));
    return runtime;
  }

  private static void write(OutputDirectory output, String name, String text) throws IOException {
    write(output, name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(OutputDirectory output, String name, byte[] bytes) throws IOException {
    Path path = output.staging().resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, bytes);
  }
}
