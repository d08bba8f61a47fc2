package org.primum.step.explanation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Column;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.explain.value.RowExplanation;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.step.StepContext;
import org.primum.store.Location;
import org.primum.table.TableFiles;

/// The values of one patient's rows, beside explanations that were written without them.
record PatientValues(StoredExplanations explanations, String id) {

  /// What a value is called that is not there.
  static final String MISSING = "missing";

  /// The same explanations with the values of the table.
  ///
  /// @throws ProvenanceInvalidException where the table is not the one that was explained
  List<List<RowExplanation>> beside(
      List<List<RowExplanation>> rows, Location data, StepContext context) throws IOException {
    StepContext.Input input = context.fetch("data", data);
    Optional<Digest> explained = explanations.data();
    if (explained.isPresent() && !explained.get().equals(input.digest())) {
      throw new ProvenanceInvalidException(
          "--data="
              + data
              + ": is not the table that "
              + explanations.name()
              + " explains; give that one, or leave --data out");
    }
    Table table = TableFiles.open(input.path(), input.name());
    List<String> columns = columns(table);
    List<List<String>> values = find(table);
    if (values.size() != rows.size()) {
      throw new DataInvalidException(
          input.name()
              + ": has "
              + values.size()
              + " rows with this id, and "
              + explanations.name()
              + " explains "
              + rows.size()
              + "; leave --data out, or give --explanations of all shards merged");
    }
    List<List<RowExplanation>> shown = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      Map<String, String> of = byName(columns, values.get(row));
      shown.add(rows.get(row).stream().map(one -> one.withValues(of)).toList());
    }
    return shown;
  }

  /// The features that have a column; a group of features has none.
  private List<String> columns(Table table) {
    return explanations.features().stream()
        .filter(feature -> table.schema().find(feature).isPresent())
        .toList();
  }

  private List<List<String>> find(Table table) throws IOException {
    boolean isNumbered = table.schema().find(explanations.idColumn()).isEmpty();
    List<Selection> selections = new ArrayList<>();
    if (!isNumbered) {
      selections.add(Selection.text(explanations.idColumn()));
    }
    columns(table).forEach(feature -> selections.add(Selection.text(feature)));
    List<List<String>> found = new ArrayList<>();
    try (Batches batches = table.read(selections)) {
      Optional<Batch> next = batches.next();
      while (next.isPresent() && found.size() <= PatientRows.MOST) {
        Batch batch = next.get();
        List<Integer> rows = isNumbered ? numbered(batch) : PatientRows.of(batch, id);
        rows.forEach(row -> found.add(values(batch, row, isNumbered ? 0 : 1)));
        next = batches.next();
      }
    }
    return found;
  }

  private List<Integer> numbered(Batch batch) {
    return numbered(batch, id);
  }

  /// The position of the row whose number is the id.
  static List<Integer> numbered(Batch batch, String id) {
    boolean isNumber = id.matches("\\d{1,15}");
    long at = isNumber ? Long.parseLong(id) - batch.firstRow() : -1;
    return at >= 0 && at < batch.rows() ? List.of((int) at) : List.of();
  }

  static Map<String, String> byName(List<String> features, List<String> values) {
    Map<String, String> byName = new HashMap<>();
    for (int i = 0; i < features.size(); i++) {
      byName.put(features.get(i), values.get(i));
    }
    return byName;
  }

  static List<String> values(Batch batch, int row, int first) {
    List<String> values = new ArrayList<>();
    for (Column column : batch.columns().subList(first, batch.columns().size())) {
      values.add(column.isMissing(row) ? MISSING : column.text(row));
    }
    return values;
  }
}
