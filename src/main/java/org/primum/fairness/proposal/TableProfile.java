package org.primum.fairness.proposal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.DataInvalidException;
import org.primum.data.Selection;
import org.primum.data.Table;

/// What every column of a table holds, from one pass over its rows.
///
/// @param table how messages call it
public record TableProfile(String table, long rows, List<ColumnProfile> columns) {

  public TableProfile {
    columns = List.copyOf(columns);
  }

  /// Told how far the pass is.
  @FunctionalInterface
  public interface Progress {
    void rowsRead(long rows);
  }

  /// @throws DataInvalidException where the table has no rows
  public static TableProfile of(Table table, Progress progress) throws IOException {
    List<Selection> selections =
        table.schema().fields().stream().map(f -> new Selection(f.name(), f.type())).toList();
    List<ColumnProfile.Counting> counting =
        table.schema().fields().stream()
            .map(f -> new ColumnProfile.Counting(f.name(), f.type()))
            .toList();
    long rows = 0;
    try (Batches batches = table.read(selections)) {
      for (Optional<Batch> batch = batches.next(); batch.isPresent(); batch = batches.next()) {
        for (int i = 0; i < counting.size(); i++) {
          counting.get(i).add(batch.get().columns().get(i));
        }
        rows += batch.get().rows();
        progress.rowsRead(rows);
      }
    }
    if (rows == 0) {
      throw new DataInvalidException(table.name() + ": the table has no rows to propose from");
    }
    List<ColumnProfile> columns = new ArrayList<>();
    counting.forEach(column -> columns.add(column.profile()));
    return new TableProfile(table.name(), rows, columns);
  }

  /// The column of that name.
  ///
  /// @throws DataInvalidException where there is none
  ColumnProfile require(String name) {
    return columns.stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new DataInvalidException(
                table
                    + ": no column '"
                    + name
                    + "'; it has "
                    + String.join(", ", columns.stream().map(ColumnProfile::name).toList())));
  }
}
