package org.primum.fairness.tally;

import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.Selection;
import org.primum.fairness.policy.AuditData;

/// Reads what is predicted from the rows, and counts what a contingency table of two outcomes does
/// not hold.
interface TargetCount {

  /// Reads and checks a batch; the other methods speak of it.
  void read(Batch batch, BadRow bad);

  /// The code of the label's [Outcome].
  byte label(int row);

  /// The code of the prediction's [Outcome].
  byte prediction(int row);

  /// Counts a row of the batch.
  ///
  /// @param group number of its combination of sensitive features
  void add(int group, int row, double weight);

  /// Where scores were counted.
  default ScoreScale scale() {
    return new ScoreScale.Exact();
  }

  /// Ends the count.
  ///
  /// @param groups how many combinations there are
  void end(int groups);

  /// All that is known of a group, after [#end].
  GroupTally tally(int group, Counts counts);

  /// @param select gives the place of a column in the batches
  /// @param table how messages call the data
  static TargetCount of(
      AuditData data, ScoreGrid grid, ToIntFunction<Selection> select, String table) {
    boolean weighted = data.weight() instanceof AuditData.Weight.Column;
    return switch (data.target()) {
      case AuditData.Target.Event event ->
          new EventCount(event, new ScoreSlots(grid, weighted, table), select);
      case AuditData.Target.Classes classes -> new ClassesCount(classes, weighted, select);
      case AuditData.Target.Quantity quantity -> new QuantityCount(quantity, select);
    };
  }
}
