package org.primum.step.explanation;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.primum.data.Table;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;
import org.primum.report.Report;
import org.primum.step.Step;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.step.UsageException;
import org.primum.store.Location;
import org.primum.table.TableFiles;

/// Says into which shards the rows of a table are cut, so that an engine can start one `shap-batch`
/// for each. It counts; the rows stay where they are.
public final class ShapPlanStep implements Step<ShapPlanStep.Inputs> {

  /// More pods than this help nobody, and their list has to fit into a workflow's status.
  private static final int MOST = 1024;

  /// @param shards how many are wished for
  public record Inputs(Location data, int shards) {
    public Inputs {
      if (shards < 1 || shards > MOST) {
        throw new UsageException("--shards=" + shards + ": from 1 to " + MOST);
      }
    }
  }

  @Override
  public String name() {
    return "shap-plan";
  }

  @Override
  public StepResult run(Inputs inputs, StepContext context) throws IOException {
    StepContext.Input data = context.fetch("data", inputs.data());
    Table table = TableFiles.open(data.path(), data.name());
    long rows = table.countRows();
    int shards = (int) Math.clamp(rows, 1L, inputs.shards());
    String sentence = sentence(rows, shards, inputs.shards());
    Verdict verdict =
        new Verdict(
            name(),
            context.version(),
            Subject.none().with(Subject.DATASET, data.digest()),
            List.of(),
            sentence,
            context.now(),
            new Verdict.Expiry.Never());
    return StepResult.of(
        verdict,
        List.of(),
        report(verdict, rows, shards),
        Map.of("shards", list(shards), "rows", Long.toString(rows)),
        sentence + "\n");
  }

  private static String sentence(long rows, int shards, int asked) {
    String cut = "%d rows, in %s.".formatted(rows, shards == 1 ? "one shard" : shards + " shards");
    return shards < asked ? cut + " There are no rows for %d.".formatted(asked) : cut;
  }

  /// A JSON list of what `shap-batch --shard` takes.
  private static String list(int shards) {
    return LongStream.range(0, shards)
        .mapToObj(index -> "\"" + index + "/" + shards + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static Report report(Verdict verdict, long rows, int shards) {
    long most = (rows + shards - 1) / shards;
    return new Report(
            "Plan of an explanation",
            verdict,
            "",
            List.of(
                Report.Section.of(
                    "The plan",
                    new Report.Block.Figures(
                        List.of(
                            new Report.Fact(Long.toString(rows), "rows"),
                            new Report.Fact(Integer.toString(shards), "shards"),
                            new Report.Fact(Long.toString(most), "rows in the longest"))),
                    new Report.Block.Paragraph(
                        "Each shard is a contiguous part of the rows. The plan holds for the very"
                            + " file that was counted; shap-merge refuses shards of any other."))))
        .headed("Planned");
  }
}
