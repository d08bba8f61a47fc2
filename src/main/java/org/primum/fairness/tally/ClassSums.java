package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.primum.data.Batch;

/// Adds up the true by the predicted class.
final class ClassSums implements MoreSums {

  private static final int SUMS = 2;
  private static final long CELL_BYTES = 384;

  private final ClassReader reader;
  private final int classes;
  private long[] rows = new long[0];
  private final ExactSums weights = new ExactSums();

  ClassSums(ClassReader reader) {
    this.reader = reader;
    this.classes = reader.target().names().size();
  }

  @Override
  public void add(Batch batch, RowBatch counted, BadRow bad) {
    int[] labels = reader.labels(batch, bad);
    int[] predictions = reader.predictions(batch, bad);
    for (int row = 0; row < labels.length; row++) {
      int table = counted.group(row) * ClassCounts.size(classes);
      int cell = table + labels[row] * (classes + 1) + predictions[row];
      reserve(table + ClassCounts.size(classes));
      rows[cell] += counted.times(row);
      if (reader.weighted()) {
        double weight = counted.weight(row);
        weights.add(cell * SUMS, weight);
        weights.add(cell * SUMS + 1, weight * weight);
      }
    }
  }

  private void reserve(int cells) {
    if (rows.length < cells) {
      rows = Arrays.copyOf(rows, Math.max(cells, rows.length * 2));
      if (reader.weighted()) {
        weights.reserve(rows.length * SUMS);
      }
    }
  }

  @Override
  public void absorb(MoreSums other) {
    ClassSums more = (ClassSums) other;
    reserve(more.rows.length);
    for (int cell = 0; cell < more.rows.length; cell++) {
      rows[cell] += more.rows[cell];
    }
    weights.absorb(more.weights);
  }

  @Override
  public GroupTally complete(int group, GroupTally tally, ScoreScale scale) {
    List<Sums> cells = new ArrayList<>();
    int size = ClassCounts.size(classes);
    for (int cell = group * size; cell < (group + 1) * size; cell++) {
      cells.add(cell < rows.length ? sums(cell) : Sums.NONE);
    }
    return tally.with(new ClassCounts(classes, cells));
  }

  private Sums sums(int cell) {
    ExactSum equal = ExactSum.of(rows[cell]);
    return Sums.of(
        rows[cell],
        reader.weighted() ? weights.total(cell * SUMS) : equal,
        reader.weighted() ? weights.total(cell * SUMS + 1) : equal);
  }

  @Override
  public long groupBytes() {
    return ClassCounts.size(classes) * CELL_BYTES;
  }
}
