package org.primum.step.explanation;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.primum.data.Batch;
import org.primum.data.Column;
import org.primum.data.NumberColumn;
import org.primum.data.RowSink;
import org.primum.document.ShapleyInteractions;
import org.primum.explain.Interactions;
import org.primum.explain.summary.InteractionSums;
import org.primum.explain.summary.MainEffects;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.InteractionValues;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;
import org.primum.step.StepContext;

/// Explains how features interact while rows pass, writes the lines that were asked for, and sums
/// up all pairs.
final class WrittenInteractions implements ShapInteractions {

  private final Interactions interactions;
  private final InteractionChoice choice;
  private final InteractionTable table;
  private final RowSink sink;
  private final InteractionSums sums;
  private final MainEffects alone;
  private final Lines lines = new Lines();

  private WrittenInteractions(
      Interactions interactions, InteractionChoice choice, InteractionTable table, RowSink sink) {
    this.interactions = interactions;
    this.choice = choice;
    this.table = table;
    this.sink = sink;
    this.sums = new InteractionSums(interactions.outputs(), interactions.pairs().size());
    this.alone = new MainEffects(interactions.outputs(), interactions.pairs().names().size());
  }

  /// @param beside the rows themselves
  static ShapInteractions open(
      InteractionChoice choice, Interactions interactions, ShapTable beside, StepContext context)
      throws IOException {
    FeaturePairs pairs = interactions.pairs();
    InteractionTable table =
        InteractionTable.beside(
            beside.schema().fields().getFirst(),
            interactions.outputs(),
            pairs.names(),
            choice.words(pairs),
            beside.metadata());
    RowSink sink = table.create(context.artifact(InteractionTable.FILE_NAME));
    return new WrittenInteractions(interactions, choice, table, sink);
  }

  @Override
  public void take(Batch rows, boolean isNumbered, FeatureMatrix values, ShapleyValues explained)
      throws IOException {
    Column id = isNumbered ? numbers(rows) : rows.columns().getFirst();
    if (explained.interactions().isPresent()) {
      take(explained.interactions().get(), explained, 0, id);
      return;
    }
    int size = interactions.rowsAtOnce();
    for (int first = 0; first < rows.rows(); first += size) {
      int end = Math.min(rows.rows(), first + size);
      take(interactions.explain(part(values, first, end)), explained, first, id);
    }
  }

  /// @param first row of the batch
  private void take(InteractionValues found, ShapleyValues explained, int first, Column id)
      throws IOException {
    sums.add(found);
    if (choice.isComplete()) {
      alone.add(explained, first, found, interactions.pairs());
    }
    for (int row = 0; row < found.rows(); row++) {
      for (int output = 0; output < found.outputs(); output++) {
        add(found, row, output, first + row);
      }
      if (lines.isFull()) {
        lines.write(id);
      }
    }
    lines.write(id);
  }

  private static Column numbers(Batch rows) {
    double[] numbers = new double[rows.rows()];
    Arrays.setAll(numbers, row -> rows.firstRow() + row);
    return new NumberColumn(numbers, new BitSet(), numbers.length);
  }

  private static FeatureMatrix part(FeatureMatrix rows, int from, int to) {
    int columns = rows.columns();
    return from == 0 && to == rows.rows()
        ? rows
        : new FeatureMatrix(
            Arrays.copyOfRange(rows.values(), from * columns, to * columns), to - from, columns);
  }

  /// The lines of one row and class, in the order of the pairs.
  private void add(InteractionValues found, int row, int output, int line) {
    double least = least(found, row, output);
    int above = 0;
    for (int pair = 0; pair < found.pairs(); pair++) {
      above += Math.abs(found.value(row, output, pair)) > least ? 1 : 0;
    }
    int even = choice.most() - above;
    for (int pair = 0; pair < found.pairs(); pair++) {
      double value = found.value(row, output, pair);
      double magnitude = Math.abs(value);
      if (magnitude > 0 && (magnitude > least || (magnitude == least && even-- > 0))) {
        lines.add(line, output, pair, value);
      }
    }
  }

  /// The smallest magnitude that has a line; of equal ones the first in the order of the pairs
  /// have.
  private double least(InteractionValues found, int row, int output) {
    if (choice.most() >= found.pairs()) {
      return 0;
    }
    double[] largest = new double[choice.most()];
    for (int pair = 0; pair < found.pairs(); pair++) {
      insert(largest, Math.abs(found.value(row, output, pair)));
    }
    return largest[0];
  }

  /// Keeps the largest, smallest first.
  private static void insert(double[] largest, double magnitude) {
    if (magnitude <= largest[0]) {
      return;
    }
    int at = 0;
    while (at + 1 < largest.length && largest[at + 1] < magnitude) {
      largest[at] = largest[++at];
    }
    largest[at] = magnitude;
  }

  @Override
  public Optional<ShapleyInteractions> found() {
    return Optional.of(
        new ShapleyInteractions(
            choice.words(interactions.pairs()),
            interactions.pairs(),
            sums,
            choice.isComplete() ? Optional.of(alone) : Optional.empty()));
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }

  /// Lines that are not yet written.
  private final class Lines {

    private static final int FULL = 1 << 17;

    private int[] rows = new int[FULL];
    private int[] classes = new int[FULL];
    private int[] pairs = new int[FULL];
    private double[] values = new double[FULL];
    private int count;
    private long written;

    boolean isFull() {
      return count >= FULL;
    }

    void add(int row, int output, int pair, double value) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, 2 * count);
        classes = Arrays.copyOf(classes, 2 * count);
        pairs = Arrays.copyOf(pairs, 2 * count);
        values = Arrays.copyOf(values, 2 * count);
      }
      rows[count] = row;
      classes[count] = output;
      pairs[count] = pair;
      values[count++] = value;
      sums.addLine(value);
    }

    void write(Column id) throws IOException {
      if (count == 0) {
        return;
      }
      FeaturePairs all = interactions.pairs();
      int[] pair = Arrays.copyOf(pairs, count);
      sink.write(
          table.batch(
              written,
              id,
              Arrays.copyOf(rows, count),
              Arrays.copyOf(classes, count),
              Arrays.stream(pair).map(all::first).toArray(),
              Arrays.stream(pair).map(all::second).toArray(),
              Arrays.copyOf(values, count)));
      written += count;
      count = 0;
    }
  }
}
