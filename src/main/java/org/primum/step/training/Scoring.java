package org.primum.step.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Column;
import org.primum.data.DataInvalidException;
import org.primum.data.NumberColumn;
import org.primum.data.RowSink;
import org.primum.data.Table;
import org.primum.data.TextColumn;
import org.primum.gate.Confusion;
import org.primum.model.FeatureEncoder;
import org.primum.model.FeatureMatrix;
import org.primum.model.UnseenCategories;
import org.primum.platform.Progress;
import org.primum.train.RocCurve;

/// Scores rows of a table into a sink, batch by batch, and remembers scores and labels for the
/// metrics.
final class Scoring {

  private final Table table;
  private final ScoringPlan plan;
  private final FeatureEncoder encoder;
  private final Set<String> otherLabels = new HashSet<>();
  private double[] scores = new double[1024];
  private boolean[] positives = new boolean[1024];
  private int known;
  private double scoreSum;
  private long rows;
  private long alerts;
  private UnseenCategories unseen = UnseenCategories.NONE;

  Scoring(Table table, ScoringPlan plan) {
    this.table = table;
    this.plan = plan;
    this.encoder = new FeatureEncoder(plan.scorer().features());
  }

  /// Scores the rows the predicate names by their number from 0.
  ///
  /// @throws DataInvalidException where a column is missing or holds what it must not
  void run(RowSink sink, LongPredicate wanted, Progress progress) throws IOException {
    progress.start("scoring", 0);
    try (Batches batches = table.read(plan.selections(encoder.selections()))) {
      Optional<Batch> batch = batches.next();
      while (batch.isPresent()) {
        score(batch.get(), sink, wanted);
        progress.advance(batch.get().rows());
        batch = batches.next();
      }
    } finally {
      progress.finish();
    }
  }

  private void score(Batch batch, RowSink sink, LongPredicate wanted) throws IOException {
    int[] picked = picked(batch, wanted);
    if (picked.length == 0) {
      return;
    }
    FeatureEncoder.Encoded encoded = encoder.encode(batch, plan.featureIndex());
    unseen = unseen.plus(encoded.unseen());
    double[] scored = plan.scorer().score(pick(encoded.matrix(), picked));
    double[] predicted = new double[scored.length];
    for (int i = 0; i < scored.length; i++) {
      if (!(scored[i] >= 0 && scored[i] <= 1)) {
        throw new DataInvalidException(
            table.name()
                + ": the model gives row "
                + (batch.firstRow() + picked[i] + 1)
                + " no score between 0 and 1");
      }
      predicted[i] = scored[i] >= plan.threshold() ? 1 : 0;
      alerts += (long) predicted[i];
      scoreSum += scored[i];
    }
    sink.write(new Batch(rows, picked.length, columns(batch, picked, scored, predicted)));
    rows += picked.length;
  }

  private static int[] picked(Batch batch, LongPredicate wanted) {
    int[] picked = new int[batch.rows()];
    int count = 0;
    for (int row = 0; row < picked.length; row++) {
      if (wanted.test(batch.firstRow() + row)) {
        picked[count++] = row;
      }
    }
    return Arrays.copyOf(picked, count);
  }

  private static FeatureMatrix pick(FeatureMatrix matrix, int[] picked) {
    int width = matrix.columns();
    double[] values = new double[picked.length * width];
    for (int i = 0; i < picked.length; i++) {
      System.arraycopy(matrix.values(), picked[i] * width, values, i * width, width);
    }
    return new FeatureMatrix(values, picked.length, width);
  }

  private List<Column> columns(Batch batch, int[] picked, double[] scored, double[] predicted) {
    List<Column> columns = new ArrayList<>();
    columns.add(plan.id().isPresent() ? id(batch, picked) : rowNumbers(batch, picked));
    if (plan.label().isPresent()) {
      columns.add(labels(batch, picked, scored, plan.label().get()));
    }
    columns.add(new NumberColumn(scored, new BitSet(), picked.length));
    columns.add(new NumberColumn(predicted, new BitSet(), picked.length));
    if (plan.weight().isPresent()) {
      columns.add(pick(batch.columns().get(plan.weightIndex()), picked));
    }
    for (int i = 0; i < plan.sensitive().size(); i++) {
      columns.add(pick(batch.columns().get(plan.sensitiveIndex() + i), picked));
    }
    return columns;
  }

  private Column id(Batch batch, int[] picked) {
    Column ids = batch.columns().get(0);
    for (int row : picked) {
      if (ids.isMissing(row)) {
        throw new DataInvalidException(
            table.name()
                + ": id '"
                + plan.id().orElse("")
                + "' has no value in row "
                + (batch.firstRow() + row + 1)
                + "; every row needs a patient");
      }
    }
    return pick(ids, picked);
  }

  private static Column rowNumbers(Batch batch, int[] picked) {
    double[] numbers = new double[picked.length];
    Arrays.setAll(numbers, i -> batch.firstRow() + picked[i]);
    return new NumberColumn(numbers, new BitSet(), picked.length);
  }

  /// 1 and 0; a missing label stays missing, for its outcome may not be known yet.
  private Column labels(Batch batch, int[] picked, double[] scored, ScoringPlan.Outcome outcome) {
    TextColumn column = batch.text(plan.labelIndex());
    double[] values = new double[picked.length];
    BitSet missing = new BitSet();
    for (int i = 0; i < picked.length; i++) {
      if (column.isMissing(picked[i])) {
        missing.set(i);
      } else {
        boolean positive =
            isPositive(column.text(picked[i]), outcome, batch.firstRow() + picked[i]);
        values[i] = positive ? 1 : 0;
        remember(scored[i], positive);
      }
    }
    return new NumberColumn(values, missing, picked.length);
  }

  private boolean isPositive(String label, ScoringPlan.Outcome outcome, long row) {
    if (label.equals(outcome.positive())) {
      return true;
    }
    otherLabels.add(label);
    if (otherLabels.size() > 1) {
      throw new DataInvalidException(
          table.name()
              + ": label '"
              + outcome.column()
              + "' has more than one value beside the positive '"
              + outcome.positive()
              + "' (row "
              + (row + 1)
              + "); a binary outcome is needed");
    }
    return false;
  }

  private void remember(double score, boolean positive) {
    if (known == scores.length) {
      scores = Arrays.copyOf(scores, 2 * known);
      positives = Arrays.copyOf(positives, 2 * known);
    }
    scores[known] = score;
    positives[known++] = positive;
  }

  private static Column pick(Column column, int[] picked) {
    return switch (column) {
      case NumberColumn numbers -> {
        double[] values = new double[picked.length];
        BitSet missing = new BitSet();
        for (int i = 0; i < picked.length; i++) {
          values[i] = numbers.isMissing(picked[i]) ? 0 : numbers.value(picked[i]);
          missing.set(i, numbers.isMissing(picked[i]));
        }
        yield new NumberColumn(values, missing, picked.length);
      }
      case TextColumn texts -> {
        String[] dictionary = new String[texts.dictionarySize()];
        Arrays.setAll(dictionary, texts::entry);
        int[] codes = new int[picked.length];
        Arrays.setAll(codes, i -> texts.code(picked[i]));
        yield new TextColumn(dictionary, codes, picked.length);
      }
    };
  }

  /// Scores of the rows whose label is known.
  double[] scores() {
    return Arrays.copyOf(scores, known);
  }

  /// Labels of the rows whose label is known.
  boolean[] positives() {
    return Arrays.copyOf(positives, known);
  }

  /// How the decisions met the labels that are known.
  Confusion confusion() {
    return RocCurve.confusion(scores(), positives(), plan.threshold());
  }

  /// How many rows were scored.
  long rows() {
    return rows;
  }

  /// How many rows are predicted positive.
  long alerts() {
    return alerts;
  }

  /// How many values were categories the model does not know.
  UnseenCategories unseen() {
    return unseen;
  }

  /// The mean of all scores; 0 without rows.
  double meanScore() {
    return rows == 0 ? 0 : scoreSum / rows;
  }
}
