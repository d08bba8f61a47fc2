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

  private final AuditData.Target.Classes target;
  private final boolean weighted;
  private final int labelColumn;
  private final int predictionColumn;
  private int[] labels = new int[0];
  private int[] predictions = new int[0];
  private long[] rows = new long[0];
  private final List<ExactSum.Running> weights = new ArrayList<>();

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
  public void add(int group, int row, double weight) {
    int size = ClassCounts.size(target.names().size());
    int cell = group * size + labels[row] * (target.names().size() + 1) + predictions[row];
    reserve((group + 1) * size);
    rows[cell]++;
    if (weighted) {
      weights.get(cell * 2).add(weight);
      weights.get(cell * 2 + 1).add(weight * weight);
    }
  }

  private void reserve(int cells) {
    if (rows.length < cells) {
      rows = Arrays.copyOf(rows, Math.max(cells, rows.length * 2));
    }
    while (weighted && weights.size() < cells * 2) {
      weights.add(new ExactSum.Running());
    }
  }

  @Override
  public void end(int groups) {
    reserve(groups * ClassCounts.size(target.names().size()));
  }

  @Override
  public GroupTally tally(int group, Counts counts) {
    int size = ClassCounts.size(target.names().size());
    List<Sums> cells = new ArrayList<>();
    for (int cell = group * size; cell < (group + 1) * size; cell++) {
      ExactSum equal = ExactSum.of(rows[cell]);
      cells.add(
          Sums.of(
              rows[cell],
              weighted ? weights.get(cell * 2).total() : equal,
              weighted ? weights.get(cell * 2 + 1).total() : equal));
    }
    return GroupTally.of(counts).with(new ClassCounts(target.names().size(), cells));
  }
}
