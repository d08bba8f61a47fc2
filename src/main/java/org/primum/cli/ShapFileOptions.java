package org.primum.cli;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.primum.step.explanation.ShapFiles;
import org.primum.store.Location;
import picocli.CommandLine.Option;

/// What `shap-batch` reads and keeps beside model, data and background.
final class ShapFileOptions {

  @StepInput(StepInput.Kind.TABLE)
  @Option(
      names = "--cover-from",
      paramLabel = "TABLE",
      order = 70,
      description =
          "Rows to count at each node of the trees, best those the model was trained on, for"
              + " path-dependent values of a model whose file keeps no cover (ONNX, Tribuo). They"
              + " replace a cover that the file keeps.")
  @Nullable Location coverFrom;

  @StepInput(StepInput.Kind.MODEL)
  @Option(
      names = "--explainer",
      paramLabel = "FILE",
      order = 71,
      description =
          "The explainer.bin of an earlier run for this model, in the place of --background: the"
              + " values are the same to the bit, and the background is not read.")
  @Nullable Location explainer;

  @Option(
      names = "--save-explainer",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      paramLabel = "true|false",
      order = 72,
      description =
          "Leave explainer.bin: the model, and counts of the background in the place of its rows.")
  boolean saveExplainer;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      order = 73,
      description =
          "Keep finished pieces there (a path, s3://bucket/key or minio://bucket/key) until the run"
              + " is done. A run that was killed goes on from them when it is started again.")
  @Nullable Location resume;

  @Option(
      names = "--threads",
      paramLabel = "N",
      order = 74,
      description =
          "How many threads explain. By default as many as there are processors; the values are the"
              + " same to the bit.")
  @Nullable Integer threads;

  ShapFiles files() {
    return new ShapFiles(
        Optional.ofNullable(explainer),
        saveExplainer,
        Optional.ofNullable(coverFrom),
        Optional.ofNullable(resume),
        threads == null ? OptionalInt.empty() : OptionalInt.of(threads));
  }
}
