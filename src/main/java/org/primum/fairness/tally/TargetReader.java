package org.primum.fairness.tally;

import java.util.List;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.Selection;
import org.primum.fairness.policy.AuditData;

/// Reads what is predicted from a batch; the threads share it.
interface TargetReader {

  /// @param groups the number of each row's combination
  RowBatch read(Batch batch, int[] groups, RowWeights weights, BadRow bad);

  /// What is counted besides, new for each thread.
  List<MoreSums> more();

  /// @param select gives the place of a column in the batches
  /// @param grid where scores are counted where there are too many
  static TargetReader of(AuditData data, ToIntFunction<Selection> select, ScoreGrid grid) {
    boolean weighted = data.weight() instanceof AuditData.Weight.Column;
    return switch (data.target()) {
      case AuditData.Target.Event(AuditData.YesNo label, AuditData.Decision decision) ->
          new OfEvent(
              new OutcomeColumn(label, select.applyAsInt(Selection.text(label.column()))),
              Predictions.of(decision, select),
              needs(data.need(), select, grid));
      case AuditData.Target.Classes classes -> ClassReader.of(classes, weighted, select);
      case AuditData.Target.Quantity quantity -> QuantityReader.of(quantity, select);
    };
  }

  private static List<NeedColumn> needs(
      AuditData.Need need, ToIntFunction<Selection> select, ScoreGrid grid) {
    return switch (need) {
      case AuditData.Need.None() -> List.of();
      case AuditData.Need.Column(String column) ->
          List.of(new NeedColumn(column, select.applyAsInt(Selection.number(column)), grid));
    };
  }

  /// An event that happens or not.
  ///
  /// @param needs the column of what patients need, where there is one
  record OfEvent(OutcomeColumn label, Predictions predictions, List<NeedColumn> needs)
      implements TargetReader {

    @Override
    public RowBatch read(Batch batch, int[] groups, RowWeights weights, BadRow bad) {
      byte[] labels = label.read(batch, bad);
      double[] scores = predictions.scores(batch, bad);
      byte[] decisions = predictions.read(batch, scores, bad);
      return new RowBatch(groups, labels, decisions, scores, weights);
    }

    @Override
    public List<MoreSums> more() {
      return needs.stream().<MoreSums>map(NeedSums::new).toList();
    }
  }
}
