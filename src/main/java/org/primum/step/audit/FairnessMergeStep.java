package org.primum.step.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.primum.fairness.tally.CountedTally;
import org.primum.fairness.tally.TallyFile;
import org.primum.report.Report.Block;
import org.primum.step.Step;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.step.UsageException;
import org.primum.store.Location;

/// Adds tallies up: shards of one table, months, hospitals that audit together without sharing a
/// row. The result is, byte for byte, the same in whatever order they come.
public final class FairnessMergeStep implements Step<FairnessMergeStep.Inputs> {

  /// @param tallies files, output directories that hold one, or directories that hold such
  public record Inputs(List<Location> tallies) {
    public Inputs {
      tallies = List.copyOf(tallies);
      if (tallies.isEmpty()) {
        throw new UsageException("--tallies: name at least one tally");
      }
    }
  }

  @Override
  public String name() {
    return "fairness-merge";
  }

  @Override
  public StepResult run(Inputs inputs, StepContext context) throws IOException {
    List<Location> files = new ArrayList<>();
    for (Location location : inputs.tallies()) {
      files.addAll(TallyFiles.at("tallies", location, context));
    }
    CountedTally merged = merge(files, context);
    Files.write(context.artifact(TallyFiles.FILE_NAME), TallyFile.write(merged));
    return new TallyReport(name(), merged, merged.subject())
        .result(context, Map.of("tallies", Integer.toString(files.size())), List.of(note(merged)));
  }

  private static CountedTally merge(List<Location> files, StepContext context) throws IOException {
    context.progress().start("merging tallies", files.size());
    Location first = files.getFirst();
    CountedTally merged = TallyFiles.read("tallies", first, context);
    for (Location file : files.subList(1, files.size())) {
      context.progress().advance(1);
      CountedTally next = TallyFiles.read("tallies", file, context);
      merged = merged.plus(first.toString(), next, file.toString());
    }
    context.progress().finish();
    return merged;
  }

  private static Block note(CountedTally merged) {
    return new Block.Note(
        "Tables are told apart by the SHA-256 of their bytes. "
            + (merged.tables().size() == 1 ? "There is one." : "No two of these are the same.")
            + " A patient who is in two of them counts in both.");
  }
}
