package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.NumberColumn;
import org.primum.data.Selection;
import org.primum.fairness.policy.AuditData;

/// Counts a number that was predicted by a number.
final class QuantityCount implements TargetCount {

  /// The fourth power of larger ones, summed over any number of rows, would not be finite.
  private static final double MAX = 1e60;

  /// Sixteen sums of either sign, while they grow and when they are done.
  private static final long GROUP_BYTES = 12 << 10;

  private final AuditData.Target.Quantity target;
  private final int labelColumn;
  private final int predictionColumn;
  private double[] labels = new double[0];
  private double[] predictions = new double[0];
  private final List<QuantitySums.Running> sums = new ArrayList<>();
  private final Map<Integer, QuantitySums> absorbed = new HashMap<>();

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
  public void add(int[] groups, double[] weights) {
    for (int row = 0; row < groups.length; row++) {
      QuantitySums.Running group = sums(groups[row]);
      if (!Double.isNaN(predictions[row])) {
        group.addPrediction(predictions[row], weights[row]);
        if (!Double.isNaN(labels[row])) {
          group.addPair(labels[row], predictions[row], weights[row]);
        }
      }
    }
  }

  private QuantitySums.Running sums(int group) {
    while (sums.size() <= group) {
      sums.add(new QuantitySums.Running());
    }
    return sums.get(group);
  }

  @Override
  public long groupBytes() {
    return GROUP_BYTES;
  }

  @Override
  public void absorb(TargetCount other) {
    QuantityCount quantity = (QuantityCount) other;
    for (int group = 0; group < quantity.sums.size(); group++) {
      absorbed.merge(group, quantity.total(group), QuantitySums::plus);
    }
  }

  @Override
  public GroupTally take(int group, Counts counts) {
    return GroupTally.of(counts).with(total(group));
  }

  private QuantitySums total(int group) {
    QuantitySums own = sums(group).total();
    return own.plus(absorbed.getOrDefault(group, QuantitySums.NONE));
  }
}
