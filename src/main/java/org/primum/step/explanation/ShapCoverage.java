package org.primum.step.explanation;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Column;
import org.primum.data.DataInvalidException;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.explain.policy.Coverage;
import org.primum.step.StepContext;
import org.primum.table.TableFiles;

/// Holds the explained rows against a table of predictions, by id: a prediction that a patient has
/// twice has to be explained twice.
final class ShapCoverage {

  private final Map<String, Long> open = new HashMap<>();
  private long expected;
  private long surplus;

  private ShapCoverage() {}

  /// @param predictions a table with the ids of what was predicted
  /// @param id the column of ids, in both tables
  /// @param lines how many lines the explanation of a row has
  /// @throws DataInvalidException where the table has no such column, or no rows
  static Coverage of(StepContext.Input predictions, String id, int lines, StepContext context)
      throws IOException {
    Table explained = TableFiles.open(context.artifact(ShapTable.FILE_NAME), ShapTable.FILE_NAME);
    Table table = TableFiles.open(predictions.path(), predictions.name());
    if (table.schema().find(id).isEmpty()) {
      throw new DataInvalidException(
          predictions.name()
              + ": no column '"
              + id
              + "', by which explained rows are named; say which column names a row with --id");
    }
    Selection ids = new Selection(id, explained.schema().require(id, explained.name()).type());
    ShapCoverage coverage = new ShapCoverage();
    coverage.expect(table, ids);
    if (coverage.expected == 0) {
      throw new DataInvalidException(predictions.name() + ": there are no predictions in it");
    }
    return coverage.hold(explained, ids, lines);
  }

  private void expect(Table table, Selection ids) throws IOException {
    try (Batches batches = table.read(List.of(ids))) {
      for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
        Column column = next.get().columns().getFirst();
        for (int row = 0; row < next.get().rows(); row++) {
          expected++;
          if (!column.isMissing(row)) {
            open.merge(column.text(row), 1L, Long::sum);
          }
        }
      }
    }
  }

  private Coverage hold(Table explained, Selection ids, int lines) throws IOException {
    long found = 0;
    long line = 0;
    try (Batches batches = explained.read(List.of(ids))) {
      for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
        Column column = next.get().columns().getFirst();
        for (int row = 0; row < next.get().rows(); row++) {
          boolean isFirst = line % lines == 0;
          line++;
          found += isFirst && isExpected(column, row) ? 1 : 0;
        }
      }
    }
    return new Coverage(expected, expected - found, surplus);
  }

  /// Whether a prediction of this id is still without an explanation; now it is not.
  private boolean isExpected(Column column, int row) {
    long left = column.isMissing(row) ? 0 : open.getOrDefault(column.text(row), 0L);
    if (left == 0) {
      surplus++;
      return false;
    }
    open.put(column.text(row), left - 1);
    return true;
  }
}
