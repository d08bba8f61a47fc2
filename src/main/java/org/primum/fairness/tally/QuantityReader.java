package org.primum.fairness.tally;

import java.util.List;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.NumberColumn;
import org.primum.data.Selection;
import org.primum.fairness.policy.AuditData.Target.Quantity;

/// Reads a number that was predicted by a number.
///
/// @param label place of the column in the batches, `prediction` likewise
record QuantityReader(Quantity target, int label, int prediction) implements TargetReader {

  /// The fourth power of larger ones, summed over any number of rows, would not be finite.
  private static final double MAX = 1e60;

  static QuantityReader of(Quantity target, ToIntFunction<Selection> select) {
    return new QuantityReader(
        target,
        select.applyAsInt(Selection.number(target.label())),
        select.applyAsInt(Selection.number(target.prediction())));
  }

  /// NaN where there is none.
  double[] labels(Batch batch, BadRow bad) {
    return numbers(batch.number(label), target.label(), bad);
  }

  /// NaN where there is none.
  double[] predictions(Batch batch, BadRow bad) {
    return numbers(batch.number(prediction), target.prediction(), bad);
  }

  private static double[] numbers(NumberColumn column, String name, BadRow bad) {
    double[] numbers = new double[column.size()];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = column.isMissing(row) ? Double.NaN : column.value(row);
      if (!column.isMissing(row) && !(Math.abs(numbers[row]) <= MAX)) {
        throw bad.at(name, row, "is not a finite number, or larger than 10^60");
      }
    }
    return numbers;
  }

  /// Whether there is one: a number is neither positive nor negative.
  @Override
  public RowBatch read(Batch batch, int[] groups, RowWeights weights, BadRow bad) {
    byte[] labels = present(labels(batch, bad));
    byte[] predictions = present(predictions(batch, bad));
    return new RowBatch(groups, labels, predictions, new double[0], weights);
  }

  private static byte[] present(double[] numbers) {
    byte[] outcomes = new byte[numbers.length];
    for (int row = 0; row < numbers.length; row++) {
      Outcome outcome = Double.isNaN(numbers[row]) ? Outcome.MISSING : Outcome.NEGATIVE;
      outcomes[row] = outcome.code();
    }
    return outcomes;
  }

  @Override
  public List<MoreSums> more() {
    return List.of(new QuantityTotals(this));
  }
}
