package org.primum.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.primum.document.FailuresDocument;
import org.primum.document.RunRecord;
import org.primum.platform.Engine;
import org.primum.step.Step;
import org.primum.step.UsageException;
import org.primum.step.release.RecordStep;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `primum record`.
@Command(
    name = "record",
    description = {
      "Records in a log how a run of a workflow ended; what an engine's exit handler runs.",
      "A record is created once and never changed. The same once more is no error; a run that is"
          + " taken up again and ends otherwise has another one beside it, <run>-2. However the run"
          + " ended, recording it exits 0.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum record --workflow=release --status=Failed \\",
      "    --failures='[{\"displayName\":\"gate\",\"message\":\"GATE_FAILED\",\"phase\":\"Failed\"}]' \\",
      "    --log=s3://models/log --output-dir=out/record"
    })
@StepOutput(
    name = "record.json",
    kind = StepOutput.Kind.DOCUMENT,
    description = "the record, as the log keeps it")
@StepOutput(
    name = "params/record",
    kind = StepOutput.Kind.TEXT,
    description = "where the log keeps it")
final class RecordCommand extends StepCommand<RecordStep.Inputs> {

  @Option(
      names = "--log",
      required = true,
      paramLabel = "URI",
      order = 1,
      description = "Where the log is: a directory, s3://bucket/prefix or minio://bucket/prefix.")
  @StepInput(StepInput.Kind.STORE)
  @Nullable Location log;

  @Option(
      names = "--status",
      defaultValue = "",
      paramLabel = "WORD",
      order = 2,
      description =
          "How the run ended: Succeeded, Failed or Error as Argo says it, or a final state of"
              + " Kubeflow Pipelines. Without it, the state that --failures holds.")
  String status = "";

  @Option(
      names = "--failures",
      defaultValue = "",
      paramLabel = "JSON",
      order = 3,
      description =
          "What failed: Argo's {{workflow.failures}} as it is, or the PipelineTaskFinalStatus of"
              + " Kubeflow Pipelines.")
  String failures = "";

  @Option(
      names = "--workflow",
      defaultValue = "",
      paramLabel = "NAME",
      order = 4,
      description = "The workflow's name.")
  String workflow = "";

  RecordCommand(Session session) {
    super(session);
  }

  @Override
  Step<RecordStep.Inputs> step() {
    return new RecordStep();
  }

  @Override
  RecordStep.Inputs inputs() {
    if (log == null) {
      throw new UsageException("--log: name the prefix of the log");
    }
    FailuresDocument failed = failed();
    return new RecordStep.Inputs(
        ofRun(),
        workflow,
        ending(failed.state()),
        failed.failures(),
        new Engine(session().environment()).identifiers(),
        log);
  }

  private FailuresDocument failed() {
    try {
      return FailuresDocument.read(failures);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--failures: "
              + e.getMessage()
              + "; pass {{workflow.failures}} of Argo or the final status of Kubeflow as it is");
    }
  }

  private RunRecord.Ending ending(Optional<String> state) {
    String word = status.isBlank() ? state.orElse("") : status;
    return RunRecord.Ending.of(word)
        .orElseThrow(() ->
            new UsageException(
                "--status: how a run ended, as Succeeded, Failed, Error or Cancelled; pass"
                    + " {{workflow.status}}, or a --failures that holds the state"));
  }
}
