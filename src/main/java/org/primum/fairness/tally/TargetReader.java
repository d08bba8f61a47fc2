package org.primum.fairness.tally;

import java.util.List;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.Selection;
import org.primum.fairness.policy.AuditData;

/// Reads what is predicted from a batch; the threads share it.
interface TargetReader {

  /// @param groups the number of each row's combination
  /// @param weights empty where rows count alike
  RowBatch read(Batch batch, int[] groups, double[] weights, BadRow bad);

  /// What is counted besides, new for each thread.
  List<MoreSums> more();

  /// @param select gives the place of a column in the batches
  static TargetReader of(AuditData data, ToIntFunction<Selection> select) {
    boolean weighted = data.weight() instanceof AuditData.Weight.Column;
    return switch (data.target()) {
      case AuditData.Target.Event(AuditData.YesNo label, AuditData.Decision decision) ->
          new OfEvent(
              new OutcomeColumn(label, select.applyAsInt(Selection.text(label.column()))),
              Predictions.of(decision, select));
      case AuditData.Target.Classes classes -> ClassReader.of(classes, weighted, select);
      case AuditData.Target.Quantity quantity -> QuantityReader.of(quantity, select);
    };
  }

  /// An event that happens or not.
  record OfEvent(OutcomeColumn label, Predictions predictions) implements TargetReader {

    @Override
    public RowBatch read(Batch batch, int[] groups, double[] weights, BadRow bad) {
      byte[] labels = label.read(batch, bad);
      double[] scores = predictions.scores(batch, bad);
      byte[] decisions = predictions.read(batch, scores, bad);
      return new RowBatch(groups, labels, decisions, scores, weights);
    }

    @Override
    public List<MoreSums> more() {
      return List.of();
    }
  }
}
