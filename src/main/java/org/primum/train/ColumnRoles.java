package org.primum.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.primum.data.DataInvalidException;
import org.primum.data.Field;
import org.primum.data.Selection;
import org.primum.data.Table;

/// Which columns of the data are what, beside the features.
///
/// @param id names the patient
/// @param positive the label's positive value, as text
/// @param weight of the row weights, if any
/// @param sensitive which audits group by
/// @param reweigh whose joint groups are reweighed; empty for none
public record ColumnRoles(
    String id,
    String label,
    String positive,
    Optional<String> weight,
    List<String> sensitive,
    List<String> reweigh) {

  public ColumnRoles {
    sensitive = List.copyOf(sensitive);
    reweigh = List.copyOf(reweigh);
    rejectTwice(sensitive, "sensitive");
    rejectTwice(reweigh, "reweigh");
    if (id.equals(label)) {
      throw new IllegalArgumentException("id and label are the same column, '" + id + "'");
    }
    for (String column : sensitive) {
      if (column.equals(id) || column.equals(label)) {
        throw new IllegalArgumentException(
            "sensitive column '" + column + "' is the id or the label");
      }
    }
  }

  private static void rejectTwice(List<String> columns, String option) {
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(column)) {
        throw new IllegalArgumentException(option + " names '" + column + "' twice");
      }
    }
  }

  /// Id, label, weight if any, then sensitive and reweighed columns as text.
  List<Selection> selections() {
    List<Selection> selections = new ArrayList<>();
    selections.add(Selection.text(id));
    selections.add(Selection.text(label));
    weight.ifPresent(w -> selections.add(Selection.number(w)));
    sensitive.forEach(s -> selections.add(Selection.text(s)));
    reweigh.forEach(r -> selections.add(Selection.text(r)));
    return selections;
  }

  int firstSensitive() {
    return weight.isPresent() ? 3 : 2;
  }

  int firstReweighed() {
    return firstSensitive() + sensitive.size();
  }

  /// @throws DataInvalidException where a column is not in the table
  void requireIn(Table table) {
    for (Selection selection : selections()) {
      table.schema().require(selection.column(), table.name());
    }
  }

  /// The columns that become features.
  ///
  /// @param only the columns the user named; empty for all that have no other role
  /// @param except columns that must not be features
  /// @param sensitiveToo whether sensitive columns may be features
  /// @throws DataInvalidException where a named column is not in the table, has another role, or
  ///   none is left
  public List<Field> features(
      Table table, List<String> only, List<String> except, boolean sensitiveToo) {
    requireIn(table);
    Set<String> taken = new HashSet<>(except);
    taken.add(id);
    taken.add(label);
    weight.ifPresent(taken::add);
    if (!sensitiveToo) {
      taken.addAll(sensitive);
    }
    except.forEach(name -> table.schema().require(name, table.name()));
    for (String name : only) {
      table.schema().require(name, table.name());
      if (taken.contains(name)) {
        throw new DataInvalidException(
            table.name()
                + ": column '"
                + name
                + "' cannot be a feature: it is the id, the label, the weight, excluded, or"
                + " sensitive (--sensitive-as-feature allows the last)");
      }
    }
    List<Field> features =
        table.schema().fields().stream()
            .filter(f -> !taken.contains(f.name()))
            .filter(f -> only.isEmpty() || only.contains(f.name()))
            .toList();
    if (features.isEmpty()) {
      throw new DataInvalidException(
          table.name() + ": no column is left to be a feature; check --features and --exclude");
    }
    return features;
  }
}
