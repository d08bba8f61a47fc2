package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.Selection;
import org.primum.data.TextColumn;
import org.primum.fairness.policy.AuditData;

/// Counts one of several classes, predicted as one of them.
final class ClassesCount implements TargetCount {

  private static final int UNKNOWN = -1;
  private static final long CELL_BYTES = 384;

  private final AuditData.Target.Classes target;
  private final boolean weighted;
  private final int labelColumn;
  private final int predictionColumn;
  private int[] labels = new int[0];
  private int[] predictions = new int[0];
  private long[] rows = new long[0];
  private final ExactSums sums = new ExactSums();

  ClassesCount(AuditData.Target.Classes target, boolean weighted, ToIntFunction<Selection> select) {
    this.target = target;
    this.weighted = weighted;
    this.labelColumn = select.applyAsInt(Selection.text(target.label()));
    this.predictionColumn = select.applyAsInt(Selection.text(target.prediction()));
  }

  @Override
  public void read(Batch batch, BadRow bad) {
    labels = classes(batch.text(labelColumn), target.label(), bad);
    predictions = classes(batch.text(predictionColumn), target.prediction(), bad);
  }

  private int[] classes(TextColumn texts, String column, BadRow bad) {
    int[] known = new int[texts.dictionarySize()];
    for (int code = 0; code < known.length; code++) {
      String text = texts.entry(code);
      known[code] = text.isBlank() ? target.names().size() : target.names().indexOf(text);
    }
    int[] read = new int[texts.size()];
    for (int row = 0; row < read.length; row++) {
      read[row] = texts.isMissing(row) ? target.names().size() : known[texts.code(row)];
      if (read[row] == UNKNOWN) {
        throw bad.at(column, row, "is none of the classes the policy names");
      }
    }
    return read;
  }

  /// The first class against the rest; no metric is read off this table but what is missing.
  @Override
  public byte label(int row) {
    return outcome(labels[row]);
  }

  @Override
  public byte prediction(int row) {
    return outcome(predictions[row]);
  }

  private byte outcome(int found) {
    if (found == target.names().size()) {
      return Outcome.MISSING.code();
    }
    return found == 0 ? Outcome.POSITIVE.code() : Outcome.NEGATIVE.code();
  }

  @Override
  public void add(int[] groups, double[] weights) {
    int names = target.names().size();
    int size = ClassCounts.size(names);
    for (int row = 0; row < groups.length; row++) {
      int cell = groups[row] * size + labels[row] * (names + 1) + predictions[row];
      reserve((groups[row] + 1) * size);
      rows[cell]++;
      if (weighted) {
        sums.add(cell * 2, weights[row]);
        sums.add(cell * 2 + 1, weights[row] * weights[row]);
      }
    }
  }

  private void reserve(int cells) {
    if (rows.length < cells) {
      rows = Arrays.copyOf(rows, Math.max(cells, rows.length * 2));
    }
    if (weighted) {
      sums.reserve(cells * 2);
    }
  }

  @Override
  public long groupBytes() {
    return ClassCounts.size(target.names().size()) * CELL_BYTES;
  }

  @Override
  public void absorb(TargetCount other) {
    ClassesCount classes = (ClassesCount) other;
    reserve(classes.rows.length);
    for (int cell = 0; cell < classes.rows.length; cell++) {
      rows[cell] += classes.rows[cell];
    }
    sums.absorb(classes.sums);
  }

  @Override
  public GroupTally take(int group, Counts counts) {
    int size = ClassCounts.size(target.names().size());
    reserve((group + 1) * size);
    List<Sums> cells = new ArrayList<>();
    for (int cell = group * size; cell < (group + 1) * size; cell++) {
      ExactSum equal = ExactSum.of(rows[cell]);
      cells.add(
          Sums.of(
              rows[cell],
              weighted ? sums.total(cell * 2) : equal,
              weighted ? sums.total(cell * 2 + 1) : equal));
    }
    return GroupTally.of(counts).with(new ClassCounts(target.names().size(), cells));
  }
}
