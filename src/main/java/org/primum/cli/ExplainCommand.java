package org.primum.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.primum.platform.ExitStatus;
import org.primum.step.CommandRun;
import org.primum.step.UsageException;
import org.primum.step.explanation.PatientExplanation;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Explains one patient's prediction. It is no step: it decides nothing, and leaves at most a page.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    showDefaultValues = true,
    description = {
      "Explains the prediction of one patient: what raised it, what lowered it, and how far.",
      "Looks the patient up in what shap-batch or shap-merge wrote, or computes the explanation from"
          + " a model and data. What it prints and writes is patient data.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum explain --explanations=explained --id=P000000042",
      "  primum explain --explanations=explained --data=patients.parquet --id=P000000042 \\",
      "    --show-values --html=P000000042.html",
      "  primum explain --model=model --data=patients.parquet --id=P000000042",
      "  primum explain --model=model --explainer=explained/explainer.bin \\",
      "    --data=patients.parquet --id=P000000042"
    })
@PlainCommand({
  ExitStatus.PASSED,
  ExitStatus.INTERNAL,
  ExitStatus.USAGE,
  ExitStatus.OUT_OF_MEMORY,
  ExitStatus.DATA_INVALID,
  ExitStatus.MODEL_INVALID,
  ExitStatus.PROVENANCE_INVALID,
  ExitStatus.TRANSIENT,
  ExitStatus.CANCELLED
})
@StepOutput(
    name = "stdout",
    kind = StepOutput.Kind.DOCUMENT,
    description = "the effects of the features as text bars, or as JSON")
@StepOutput(
    name = "--html",
    kind = StepOutput.Kind.REPORT,
    description = "the explanation with pictures: one file, no script")
final class ExplainCommand implements Callable<Integer> {

  @Option(
      names = "--id",
      required = true,
      paramLabel = "ID",
      description =
          "The patient, as the id column has it. Every row with this id is explained, up to 20.")
  @Nullable String id;

  @StepInput(StepInput.Kind.TABLE)
  @Option(
      names = "--explanations",
      paramLabel = "DIR|FILE",
      description = "What shap-batch or shap-merge wrote: the directory, or its shap.parquet.")
  @Nullable Location explanations;

  @StepInput(StepInput.Kind.TABLE)
  @Option(
      names = "--data",
      paramLabel = "TABLE",
      description =
          "The table that was explained, Parquet or CSV, to show the patient's values beside the"
              + " features; or, with --model, the table to explain from.")
  @Nullable Location data;

  @StepInput(StepInput.Kind.MODEL)
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "Instead of --explanations: the model directory that train wrote, or a model file, as"
              + " shap-batch takes it.")
  @Nullable Location model;

  @StepInput(StepInput.Kind.TABLE)
  @Option(
      names = "--background",
      paramLabel = "TABLE",
      description = "With --model: rows to compare with, as shap-batch takes them.")
  @Nullable Location background;

  @StepInput(StepInput.Kind.MODEL)
  @Option(
      names = "--explainer",
      paramLabel = "FILE",
      description =
          "With --model: the explainer.bin that shap-batch --save-explainer left, in the place of"
              + " --background, which is then not read again.")
  @Nullable Location explainer;

  @Option(
      names = "--features",
      split = ",",
      paramLabel = "NAME[,NAME]",
      description = "With --model: feature names, for a model file that holds none.")
  @Nullable List<String> features;

  @Option(
      names = "--id-column",
      paramLabel = "COLUMN",
      description =
          "With --model: the column of the id. By default the model's recorded id, else the row"
              + " number, from 0.")
  @Nullable String idColumn;

  @Option(
      names = "--class",
      paramLabel = "K",
      description = "Of several classes, only this one, from 0. By default all.")
  @Nullable Integer output;

  @Option(
      names = "--top",
      defaultValue = "10",
      paramLabel = "N",
      description = "How many features stand apart; the others are added up.")
  int top;

  @Option(
      names = "--show-values",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "true",
      paramLabel = "true|false",
      description =
          "Whether the patient's values stand beside the features, where --data has them.")
  boolean values;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with pictures there too; a file that is there is not replaced.")
  @Nullable Location html;

  @Option(
      names = "--format",
      defaultValue = "TABLE",
      paramLabel = "table|json",
      description = "What stdout carries: text bars, or JSON.")
  OutputFormat format = OutputFormat.TABLE;

  private final Session session;

  ExplainCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (id == null || id.isEmpty()) {
      throw new UsageException("--id: name the patient");
    }
    CommandRun run = session.commandRun();
    PatientExplanation asked =
        new PatientExplanation(
            sources(),
            id,
            new PatientExplanation.Shown(top, outputClass(), values),
            Version.NUMBER);
    PatientExplanation.Pages pages = run.read(asked::pages);
    if (html != null) {
      run.create("--html", html, pages.html().getBytes(StandardCharsets.UTF_8));
      session.log("page: " + html);
    }
    switch (format) {
      case JSON -> session.out().print(pages.json());
      case TABLE -> session.out().print(pages.table());
    }
    session.out().flush();
    return ExitStatus.PASSED.code();
  }

  private PatientExplanation.Sources sources() {
    return new PatientExplanation.Sources(
        Optional.ofNullable(explanations),
        Optional.ofNullable(model),
        Optional.ofNullable(data),
        Optional.ofNullable(background),
        Optional.ofNullable(explainer),
        Optional.ofNullable(features),
        Optional.ofNullable(idColumn));
  }

  private OptionalInt outputClass() {
    if (output != null && output < 0) {
      throw new UsageException("--class counts from 0");
    }
    return output == null ? OptionalInt.empty() : OptionalInt.of(output);
  }
}
