package org.primum.privacy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.Selection;
import org.primum.data.TextColumn;

/// The exact answer of one query while rows come in.
sealed interface QueryTally {

  void startBatch(Batch batch);

  /// @param firstOfPatient whether no earlier row of the patient counted
  void add(int row, boolean firstOfPatient);

  /// For each part of the query's plan, the exact vector.
  List<BigInteger[]> vectors();

  /// @param position where a selected column will be in the batches
  static QueryTally of(Query query, ToIntFunction<Selection> position) {
    return switch (query) {
      case Query.RowCount _ -> new Counted(false);
      case Query.PatientCount _ -> new Counted(true);
      case Query.Table table -> new Cells(table, position);
      case Query.Sum(_, _, String column, Bounds bounds) ->
          new Summed(position.applyAsInt(Selection.text(column)), bounds, false);
      case Query.Mean(_, _, String column, Bounds bounds) ->
          new Summed(position.applyAsInt(Selection.text(column)), bounds, true);
    };
  }

  /// Counts rows, or patients by their first row.
  final class Counted implements QueryTally {
    private final boolean patients;
    private long count;

    Counted(boolean patients) {
      this.patients = patients;
    }

    @Override
    public void startBatch(Batch batch) {}

    @Override
    public void add(int row, boolean firstOfPatient) {
      if (firstOfPatient || !patients) {
        count++;
      }
    }

    @Override
    public List<BigInteger[]> vectors() {
      return List.<BigInteger[]>of(new BigInteger[] {BigInteger.valueOf(count)});
    }
  }

  /// Counts rows by cell; the last cell takes every row with a value that was not declared, missing
  /// values among them. Cells run with the last column fastest.
  final class Cells implements QueryTally {
    private static final int OTHER = -1;

    private final List<Map<String, Integer>> codes;
    private final int[] positions;
    private final int[] sizes;
    private final long[] counts;
    private final int[][] translated;
    private TextColumn[] columns = {};

    Cells(Query.Table table, ToIntFunction<Selection> position) {
      List<Dimension> dimensions = table.dimensions();
      codes = dimensions.stream().map(Cells::codes).toList();
      positions =
          dimensions.stream()
              .mapToInt(d -> position.applyAsInt(Selection.text(d.column())))
              .toArray();
      sizes = dimensions.stream().mapToInt(d -> d.categories().size()).toArray();
      counts = new long[table.declaredCells() + 1];
      translated = new int[positions.length][];
    }

    private static Map<String, Integer> codes(Dimension dimension) {
      Map<String, Integer> codes = new HashMap<>();
      dimension
          .categories()
          .forEach(category -> codes.put(CellText.canonical(category), codes.size()));
      return codes;
    }

    @Override
    public void startBatch(Batch batch) {
      columns = Arrays.stream(positions).mapToObj(batch::text).toArray(TextColumn[]::new);
      for (int d = 0; d < positions.length; d++) {
        translated[d] = new int[columns[d].dictionarySize()];
        for (int code = 0; code < translated[d].length; code++) {
          translated[d][code] =
              codes.get(d).getOrDefault(CellText.canonical(columns[d].entry(code)), OTHER);
        }
      }
    }

    @Override
    public void add(int row, boolean firstOfPatient) {
      int cell = 0;
      for (int d = 0; d < positions.length; d++) {
        int code = columns[d].isMissing(row) ? OTHER : translated[d][columns[d].code(row)];
        if (code == OTHER) {
          counts[counts.length - 1]++;
          return;
        }
        cell = cell * sizes[d] + code;
      }
      counts[cell]++;
    }

    @Override
    public List<BigInteger[]> vectors() {
      return List.<BigInteger[]>of(
          Arrays.stream(counts).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new));
    }
  }

  /// Sums clamped values on the grid of their bounds, centered for a mean. A value that is missing
  /// or not a number adds nothing, neither to the sum nor to the count of a mean: the same for
  /// everyone, declared beforehand, and not reported.
  final class Summed implements QueryTally {
    private final int position;
    private final Bounds bounds;
    private final boolean mean;
    private final long middleTwice;
    private BigInteger carried = BigInteger.ZERO;
    private long sum;
    private long count;
    private TextColumn column = new TextColumn(new String[0], new int[0], 0);
    private boolean[] isNumber = {};
    private long[] steps = {};

    Summed(int position, Bounds bounds, boolean mean) {
      this.position = position;
      this.bounds = bounds;
      this.mean = mean;
      this.middleTwice = bounds.lowerStep().add(bounds.upperStep()).longValueExact();
    }

    @Override
    public void startBatch(Batch batch) {
      column = batch.text(position);
      isNumber = new boolean[column.dictionarySize()];
      steps = new long[column.dictionarySize()];
      for (int code = 0; code < steps.length; code++) {
        OptionalDouble value = CellText.number(column.entry(code));
        isNumber[code] = value.isPresent();
        steps[code] = value.isPresent() ? step(value.getAsDouble()) : 0;
      }
    }

    private long step(double value) {
      long step = bounds.step(value);
      return mean ? 2 * step - middleTwice : step;
    }

    @Override
    public void add(int row, boolean firstOfPatient) {
      if (column.isMissing(row) || !isNumber[column.code(row)]) {
        return;
      }
      long step = steps[column.code(row)];
      if (Math.abs(sum) > Long.MAX_VALUE / 2) {
        carried = carried.add(BigInteger.valueOf(sum));
        sum = 0;
      }
      sum = Math.addExact(sum, step);
      count++;
    }

    @Override
    public List<BigInteger[]> vectors() {
      BigInteger[] total = {carried.add(BigInteger.valueOf(sum))};
      return mean
          ? List.of(total, new BigInteger[] {BigInteger.valueOf(count)})
          : List.<BigInteger[]>of(total);
    }
  }
}
