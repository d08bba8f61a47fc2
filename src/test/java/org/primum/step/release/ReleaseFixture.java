package org.primum.step.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.primum.data.Digest;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Threshold;
import org.primum.gate.Verdict;
import org.primum.model.ModelDirectory;
import org.primum.platform.Progress;
import org.primum.report.Report;
import org.primum.step.Step;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.step.StepRun;
import org.primum.store.Location;

/// Output directories as the steps leave them, made by [StepRun] of steps that compute nothing: a
/// training that wrote two files, and an audit of one rule.
public record ReleaseFixture(Path root, Clock clock) {

  public static final Digest DATASET = Digest.of("the holdout");

  /// At least -0.05; see [#audit].
  static final Threshold LIMIT = new Threshold.AtLeast(-0.05);

  /// A release policy that wants an AUROC of 0.70 and an audit not older than 30 days.
  public Path policy() {
    return file(
        "release.yaml",
        """
        apiVersion: primum.dev/v1alpha1
        kind: ReleasePolicy
        metadata: {name: readmission-release, revision: 1}
        require:
          - {step: train, rules: [{metric: auroc, min: 0.70}]}
          - {step: fairness-audit, maxAge: P30D}
        """);
  }

  public Path file(String name, String text) {
    try {
      return Files.writeString(root.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A model is its name, written into two files.
  public Path model(String name) {
    return root.resolve(name).resolve("train/model");
  }

  public Digest digest(String name) {
    try {
      return ModelDirectory.read(model(name)).digest();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Training and audit of a model that passes.
  public List<Path> passing(String name) {
    return List.of(train(name, 0.75), audit(name, -0.02, Status.PASS));
  }

  public Path train(String name, double auroc) {
    Measurement row =
        Measurement.overall("auroc", new Measure.Known(auroc), new Interval.None(), 1000);
    return run(
        "train",
        root.resolve(name).resolve("train"),
        context -> {
          Files.writeString(context.artifact("model/model.json"), "{\"name\": \"" + name + "\"}");
          Files.writeString(context.artifact("model/trees/0.bin"), "trees of " + name);
          Digest model = ModelDirectory.read(context.artifact("model")).digest();
          Subject subject = Subject.none().with(Subject.MODEL, model);
          return result("train", subject, List.of(), List.of(row), context);
        });
  }

  /// The difference of two sensitivities, decided by its point against at least -0.05.
  public Path audit(String name, double difference, Status status) {
    return audit(name, root.resolve(name).resolve("audit"), difference, status);
  }

  public Path audit(String name, Path directory, double difference, Status status) {
    Measurement row =
        new Measurement(
            "tpr",
            "race=Black",
            new Comparison.With("difference", "race=White"),
            new Measure.Known(difference),
            new Interval.Bounds(difference - 0.01, difference + 0.01),
            OptionalLong.of(412));
    Finding finding =
        new Finding(
            "equal-opportunity",
            row,
            LIMIT,
            "point",
            status,
            Severity.BLOCK,
            "held against the limit of at least -0.05");
    Subject subject =
        Subject.none().with(Subject.MODEL, digest(name)).with(Subject.DATASET, DATASET);
    return run(
        "fairness-audit",
        directory,
        context -> result("fairness-audit", subject, List.of(finding), List.of(row), context));
  }

  /// The release of a dataset's noisy statistics, with these bytes as release.json.
  public Path noise(String directory, String release) {
    Subject subject = Subject.none().with(Subject.DATASET, DATASET);
    return run(
        "dp-noise",
        root.resolve(directory),
        context -> {
          Files.writeString(context.artifact("release.json"), release);
          return result("dp-noise", subject, List.of(), List.of(), context);
        });
  }

  /// The evidence as one option.
  public static String evidence(List<Path> directories) {
    return "--evidence=" + String.join(",", directories.stream().map(Path::toString).toList());
  }

  /// Replaces text in a file of an output directory, and fails where it is not there.
  public static void edit(Path file, String from, String to) {
    try {
      String text = Files.readString(file);
      if (!text.contains(from)) {
        throw new IllegalArgumentException(file + " does not hold " + from);
      }
      Files.writeString(file, text.replace(from, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every file below the directory, as text of one byte a character.
  public static String everything(Path directory) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  private interface Work {
    StepResult run(StepContext context) throws IOException;
  }

  private Path run(String step, Path directory, Work work) {
    Step<Work> worker =
        new Step<>() {
          @Override
          public String name() {
            return step;
          }

          @Override
          public StepResult run(Work inputs, StepContext context) throws IOException {
            return inputs.run(context);
          }
        };
    StepRun run = new StepRun("0.1.0", List.of(step), Map.of(), clock, Progress.none(), line -> {});
    try {
      run.run(
          worker,
          work,
          new StepRun.Target(Location.parse(directory.toString()), true, "", List.of()));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StepResult result(
      String step,
      Subject subject,
      List<Finding> findings,
      List<Measurement> metrics,
      StepContext context) {
    Verdict verdict =
        new Verdict(
            step,
            context.version(),
            subject,
            findings,
            "A sentence.",
            context.now(),
            new Verdict.Expiry.Never());
    return StepResult.of(verdict, metrics, new Report(step, verdict, "", List.of()), Map.of(), "");
  }
}
