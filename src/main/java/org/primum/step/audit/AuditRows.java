package org.primum.step.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.primum.data.Table;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.tally.CountedTable;
import org.primum.fairness.tally.CountedTally;
import org.primum.fairness.tally.Tally;
import org.primum.fairness.tally.TallyCount;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Subject;
import org.primum.step.ModelSource;
import org.primum.step.StepContext;
import org.primum.step.UsageException;
import org.primum.store.Location;
import org.primum.table.TableFiles;

/// The rows that an audit is of: a scored table, or a tally of such that somebody counted before.
public sealed interface AuditRows {

  /// The counts, and whose they are.
  ///
  /// @param policy says what is counted
  /// @param model made the predictions
  CountedTally count(FairnessPolicy policy, ModelSource model, StepContext context)
      throws IOException;

  /// A scored table.
  ///
  /// @param threads how many threads count at most; the result does not depend on it
  record Scored(Location data, int threads) implements AuditRows {

    public Scored {
      if (threads < 1) {
        throw new UsageException("--threads: give 1 or more, got " + threads);
      }
    }

    /// With a thread for each core.
    public Scored(Location data) {
      this(data, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public CountedTally count(FairnessPolicy policy, ModelSource model, StepContext context)
        throws IOException {
      StepContext.Reading reading = context.reading("data", data);
      Table table = TableFiles.open(reading.path(), reading.name());
      Subject scored = model.subject(table, context);
      Tally tally = tally(table, policy, threads, context);
      StepContext.Input input = reading.whole();
      return CountedTally.of(
          tally,
          new CountedTable(
              scored.with(Subject.DATASET, input.digest()),
              tally.rows(),
              Files.size(input.path())));
    }

    private static Tally tally(Table table, FairnessPolicy policy, int threads, StepContext context)
        throws IOException {
      context.progress().start("counting rows", 0);
      long[] seen = new long[1];
      Tally tally =
          TallyCount.of(
              table,
              policy,
              threads,
              rows -> {
                context.progress().advance(rows - seen[0]);
                seen[0] = rows;
              });
      context.progress().finish();
      return tally;
    }
  }

  /// A tally that `fairness-tally`, `fairness-merge` or an audit left.
  record Counted(Location tally) implements AuditRows {
    @Override
    public CountedTally count(FairnessPolicy policy, ModelSource model, StepContext context)
        throws IOException {
      CountedTally counted = TallyFiles.audited(tally, context);
      requireSameCounts(counted.tally().layout(), policy);
      Subject bound = model.bind(counted.subject(), tally.toString(), context);
      return bound.find(Subject.MODEL).map(counted::scoredBy).orElse(counted);
    }

    private void requireSameCounts(Tally.Layout layout, FairnessPolicy policy) {
      Optional<String> difference = layout.lacking(Tally.Layout.of(policy));
      if (difference.isPresent()) {
        throw new ConfigInvalidException(
            "--tally=%s: was counted under a policy with %s; count the rows again with fairness-tally under this policy"
                .formatted(tally, difference.get()));
      }
    }
  }
}
