package org.primum.step.release;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.document.RunRecord;
import org.primum.document.RunRecordDocument;
import org.primum.gate.Finding;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;
import org.primum.report.Report;
import org.primum.step.Step;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.store.Location;
import org.primum.store.ObjectStore;

/// Records in a log how a run of a workflow ended. It judges nothing: that a failed run was
/// recorded is a success.
public final class RecordStep implements Step<RecordStep.Inputs> {

  /// @param run what the engine calls the run, the same for each try to record it
  /// @param workflow empty where nobody named it
  /// @param engine the identifiers the engine set
  /// @param log prefix of the log
  public record Inputs(
      String run,
      String workflow,
      RunRecord.Ending status,
      List<RunRecord.Failure> failures,
      SortedMap<String, String> engine,
      Location log) {
    public Inputs {
      failures = List.copyOf(failures);
    }
  }

  @Override
  public String name() {
    return "record";
  }

  @Override
  public StepResult run(Inputs inputs, StepContext context) throws IOException {
    RunRecord run =
        new RunRecord(
            inputs.run(),
            inputs.workflow(),
            inputs.status(),
            inputs.failures(),
            inputs.engine(),
            context.version(),
            context.now());
    Files.write(context.artifact("record.json"), RunRecordDocument.write(run));
    try (ObjectStore store = context.open(inputs.log())) {
      store.probeConditionalWrites();
      return switch (new RunLog(store).keep(run)) {
        case RunLog.Kept.Now(String key) -> recorded(run, inputs.log(), key, "Recorded", context);
        case RunLog.Kept.Before(String key) ->
            recorded(run, inputs.log(), key, "Recorded before", context);
        case RunLog.Kept.Otherwise(String key) -> conflict(run, inputs.log(), key, context);
      };
    }
  }

  private StepResult recorded(
      RunRecord run, Location log, String key, String how, StepContext context) {
    String summary = "%s: %s".formatted(how, sentence(run));
    Verdict verdict = verdict(List.of(), summary, context);
    return StepResult.of(
        verdict,
        List.of(),
        report(run, verdict, log.resolve(key)).headed(how),
        Map.of("record", log.resolve(key).toString()),
        table(run));
  }

  private StepResult conflict(RunRecord run, Location log, String key, StepContext context) {
    Finding finding =
        MoveResult.finding(
            "record",
            Status.INCONCLUSIVE,
            key + " is one of too many records of this run; none is ever changed: look at them");
    Verdict verdict =
        verdict(List.of(finding), "Not recorded: the run has ended too often today.", context);
    return new StepResult.Conflict(
        new StepResult.Evidence(
            verdict,
            List.of(),
            report(run, verdict, log.resolve(key)).headed("Not recorded"),
            new TreeMap<>(Map.of("record", log.resolve(key).toString())),
            table(run)));
  }

  private Verdict verdict(List<Finding> findings, String summary, StepContext context) {
    return new Verdict(
        name(),
        context.version(),
        Subject.none(),
        findings,
        summary,
        context.now(),
        new Verdict.Expiry.Never());
  }

  private static String sentence(RunRecord run) {
    String name = run.workflow().isEmpty() ? "run " + run.run() : run.workflow();
    String ended = name + " ended as " + run.status().name().toLowerCase(Locale.ROOT);
    if (run.failures().isEmpty()) {
      return ended + ".";
    }
    RunRecord.Failure first = run.failures().getFirst();
    String more = run.failures().size() == 1 ? "" : ", one of " + run.failures().size();
    return "%s at %s%s: %s".formatted(ended, first.displayName(), more, first.message());
  }

  private static String table(RunRecord run) {
    StringBuilder lines = new StringBuilder(run.status().name()).append('\n');
    for (RunRecord.Failure failure : run.failures()) {
      String message = failure.message().replaceAll("\\p{Cntrl}+", " ");
      lines.append(failure.displayName()).append(": ").append(message).append('\n');
    }
    return lines.toString();
  }

  private static Report report(RunRecord run, Verdict verdict, Location at) {
    List<List<String>> rows = new ArrayList<>();
    for (RunRecord.Failure failure : run.failures()) {
      rows.add(
          List.of(failure.displayName(), failure.phase(), failure.message(), failure.finishedAt()));
    }
    List<Report.Block> blocks = new ArrayList<>();
    blocks.add(new Report.Block.Paragraph("Run %s, kept at %s.".formatted(run.run(), at)));
    if (!rows.isEmpty()) {
      blocks.add(
          new Report.Block.Grid(
              "What the engine says of each node that failed.",
              List.of("node", "phase", "message", "finished"),
              rows));
    }
    return new Report(
        "Record of a run", verdict, "", List.of(new Report.Section("How it ended", blocks)));
  }
}
