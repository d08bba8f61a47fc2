package org.primum.fairness.tally;

import java.util.List;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.Selection;
import org.primum.data.TextColumn;
import org.primum.fairness.policy.AuditData.Target.Classes;

/// Reads one of several classes, predicted as one of them.
///
/// @param label place of the column in the batches, `prediction` likewise
record ClassReader(Classes target, boolean weighted, int label, int prediction)
    implements TargetReader {

  private static final int UNKNOWN = -1;

  static ClassReader of(Classes target, boolean weighted, ToIntFunction<Selection> select) {
    return new ClassReader(
        target,
        weighted,
        select.applyAsInt(Selection.text(target.label())),
        select.applyAsInt(Selection.text(target.prediction())));
  }

  /// The number of each row's true class; that of classes where it is missing.
  int[] labels(Batch batch, BadRow bad) {
    return classes(batch.text(label), target.label(), bad);
  }

  /// The number of each row's predicted class; that of classes where it is missing.
  int[] predictions(Batch batch, BadRow bad) {
    return classes(batch.text(prediction), target.prediction(), bad);
  }

  private int[] classes(TextColumn texts, String column, BadRow bad) {
    int missing = target.names().size();
    int[] known = new int[texts.dictionarySize()];
    for (int code = 0; code < known.length; code++) {
      String text = texts.entry(code);
      known[code] = text.isBlank() ? missing : target.names().indexOf(text);
    }
    int[] read = new int[texts.size()];
    for (int row = 0; row < read.length; row++) {
      read[row] = texts.isMissing(row) ? missing : known[texts.code(row)];
      if (read[row] == UNKNOWN) {
        throw bad.at(column, row, "is none of the classes the policy names");
      }
    }
    return read;
  }

  /// The first class against the rest: no metric is read off this table but what is missing.
  @Override
  public RowBatch read(Batch batch, int[] groups, RowWeights weights, BadRow bad) {
    byte[] labels = outcomes(labels(batch, bad));
    byte[] predictions = outcomes(predictions(batch, bad));
    return new RowBatch(groups, labels, predictions, new double[0], weights);
  }

  private byte[] outcomes(int[] classes) {
    byte[] outcomes = new byte[classes.length];
    for (int row = 0; row < classes.length; row++) {
      outcomes[row] = outcome(classes[row]).code();
    }
    return outcomes;
  }

  private Outcome outcome(int found) {
    if (found == target.names().size()) {
      return Outcome.MISSING;
    }
    return found == 0 ? Outcome.POSITIVE : Outcome.NEGATIVE;
  }

  @Override
  public List<MoreSums> more() {
    return List.of(new ClassSums(this));
  }
}
