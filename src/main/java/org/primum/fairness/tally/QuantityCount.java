package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.NumberColumn;
import org.primum.data.Selection;
import org.primum.fairness.policy.AuditData;

/// Counts a number that was predicted by a number.
final class QuantityCount implements TargetCount {

  /// The fourth power of larger ones, summed over any number of rows, would not be finite.
  private static final double MAX = 1e60;

  private final AuditData.Target.Quantity target;
  private final int labelColumn;
  private final int predictionColumn;
  private double[] labels = new double[0];
  private double[] predictions = new double[0];
  private final List<QuantitySums.Running> sums = new ArrayList<>();

  QuantityCount(AuditData.Target.Quantity target, ToIntFunction<Selection> select) {
    this.target = target;
    this.labelColumn = select.applyAsInt(Selection.number(target.label()));
    this.predictionColumn = select.applyAsInt(Selection.number(target.prediction()));
  }

  @Override
  public void read(Batch batch, BadRow bad) {
    labels = numbers(batch.number(labelColumn), target.label(), bad);
    predictions = numbers(batch.number(predictionColumn), target.prediction(), bad);
  }

  /// NaN where there is none.
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
  public byte label(int row) {
    return present(labels[row]);
  }

  @Override
  public byte prediction(int row) {
    return present(predictions[row]);
  }

  private static byte present(double number) {
    return Double.isNaN(number) ? Outcome.MISSING.code() : Outcome.NEGATIVE.code();
  }

  @Override
  public void add(int group, int row, double weight) {
    reserve(group + 1);
    if (!Double.isNaN(predictions[row])) {
      sums.get(group).addPrediction(predictions[row], weight);
      if (!Double.isNaN(labels[row])) {
        sums.get(group).addPair(labels[row], predictions[row], weight);
      }
    }
  }

  private void reserve(int groups) {
    while (sums.size() < groups) {
      sums.add(new QuantitySums.Running());
    }
  }

  @Override
  public void end(int groups) {
    reserve(groups);
  }

  @Override
  public GroupTally tally(int group, Counts counts) {
    return GroupTally.of(counts).with(sums.get(group).total());
  }
}
