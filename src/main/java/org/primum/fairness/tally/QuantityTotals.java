package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.List;
import org.primum.data.Batch;

/// Adds up the moments of a predicted number.
final class QuantityTotals implements MoreSums {

  /// About what the sums of a group take.
  private static final long GROUP_BYTES = 8 << 10;

  private final QuantityReader reader;
  private final List<QuantitySums.Running> groups = new ArrayList<>();

  QuantityTotals(QuantityReader reader) {
    this.reader = reader;
  }

  @Override
  public void add(Batch batch, RowBatch counted, BadRow bad) {
    double[] labels = reader.labels(batch, bad);
    double[] predictions = reader.predictions(batch, bad);
    for (int row = 0; row < labels.length; row++) {
      if (!Double.isNaN(predictions[row])) {
        QuantitySums.Running sums = group(counted.group(row));
        sums.addPrediction(predictions[row], counted.weight(row), counted.times(row));
        if (!Double.isNaN(labels[row])) {
          sums.addPair(labels[row], predictions[row], counted.weight(row), counted.times(row));
        }
      }
    }
  }

  private QuantitySums.Running group(int group) {
    while (groups.size() <= group) {
      groups.add(new QuantitySums.Running());
    }
    return groups.get(group);
  }

  @Override
  public void absorb(MoreSums other) {
    List<QuantitySums.Running> more = ((QuantityTotals) other).groups;
    for (int i = 0; i < more.size(); i++) {
      group(i).absorb(more.get(i));
    }
  }

  @Override
  public GroupTally complete(int group, GroupTally tally, ScoreScale scale) {
    return tally.with(group(group).total());
  }

  @Override
  public long groupBytes() {
    return GROUP_BYTES;
  }
}
