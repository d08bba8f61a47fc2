package org.primum.fairness.tally;

import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.Selection;
import org.primum.fairness.policy.AuditData;

/// Reads what is predicted from the rows, and counts what a contingency table of two outcomes does
/// not hold: one a thread, added up in the end.
sealed interface TargetCount permits EventCount, ClassesCount, QuantityCount {

  /// Reads and checks a batch; [#label], [#prediction] and [#add] speak of it.
  void read(Batch batch, BadRow bad);

  /// The code of the label's [Outcome].
  byte label(int row);

  /// The code of the prediction's [Outcome].
  byte prediction(int row);

  /// Counts the rows of the batch.
  ///
  /// @param groups the number of each row's combination of sensitive features
  /// @param weights of each row
  void add(int[] groups, double[] weights);

  /// Bytes of memory that grow with what the rows hold, not with the number of groups alone.
  default long bytes() {
    return 0;
  }

  /// About how many bytes the tally of one group takes.
  long groupBytes();

  /// Adds the counts of another of the same kind, which is not used any more.
  void absorb(TargetCount other);

  /// Where scores were counted.
  default ScoreScale scale() {
    return new ScoreScale.Exact();
  }

  /// All that is known of a group, given away: asked again there may be less.
  GroupTally take(int group, Counts counts);

  /// @param select gives the place of a column in the batches
  static TargetCount of(AuditData data, ScoreGrid grid, ToIntFunction<Selection> select) {
    boolean weighted = data.weight() instanceof AuditData.Weight.Column;
    return switch (data.target()) {
      case AuditData.Target.Event event ->
          new EventCount(event, new ScoreSlots(grid, weighted), select);
      case AuditData.Target.Classes classes -> new ClassesCount(classes, weighted, select);
      case AuditData.Target.Quantity quantity -> new QuantityCount(quantity, select);
    };
  }
}
