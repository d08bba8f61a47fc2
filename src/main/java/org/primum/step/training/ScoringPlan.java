package org.primum.step.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.primum.data.ColumnType;
import org.primum.data.Field;
import org.primum.data.Schema;
import org.primum.data.Selection;
import org.primum.model.Scorer;
import org.primum.step.UsageException;

/// How rows of a table become rows of `scored.parquet`.
///
/// @param id the column that names the patient; empty to number the rows from 0 as `row`
/// @param label the outcome, where the data has one
/// @param weight the column of row weights, where there is one
/// @param sensitive columns that are carried along as they are
record ScoringPlan(
    Scorer scorer,
    double threshold,
    Optional<String> id,
    Optional<Outcome> label,
    Optional<String> weight,
    List<Field> sensitive) {

  static final String ROW_NUMBER = "row";

  /// @param positive the label's positive value, as text
  record Outcome(String column, String positive) {}

  ScoringPlan {
    sensitive = List.copyOf(sensitive);
    Set<String> reserved = new TreeSet<>(Set.of("label", "score", "prediction", "weight"));
    List<String> carried = new ArrayList<>(sensitive.stream().map(Field::name).toList());
    id.ifPresent(carried::add);
    for (String name : carried) {
      if (!reserved.add(name)) {
        throw new UsageException(
            "column '"
                + name
                + "' cannot be carried into scored.parquet: the name is taken there; rename it");
      }
    }
  }

  /// What to read: id, label, weight and sensitive columns as far as there are any, then features.
  List<Selection> selections(List<Selection> features) {
    List<Selection> selections = new ArrayList<>();
    id.ifPresent(name -> selections.add(Selection.text(name)));
    label.ifPresent(outcome -> selections.add(Selection.text(outcome.column())));
    weight.ifPresent(name -> selections.add(Selection.number(name)));
    sensitive.forEach(field -> selections.add(new Selection(field.name(), field.type())));
    selections.addAll(features);
    return selections;
  }

  int labelIndex() {
    return id.isPresent() ? 1 : 0;
  }

  int weightIndex() {
    return labelIndex() + (label.isPresent() ? 1 : 0);
  }

  int sensitiveIndex() {
    return weightIndex() + (weight.isPresent() ? 1 : 0);
  }

  int featureIndex() {
    return sensitiveIndex() + sensitive.size();
  }

  /// The columns of `scored.parquet`.
  Schema schema() {
    List<Field> fields = new ArrayList<>();
    fields.add(
        id.map(name -> new Field(name, ColumnType.TEXT))
            .orElse(new Field(ROW_NUMBER, ColumnType.NUMBER)));
    if (label.isPresent()) {
      fields.add(new Field("label", ColumnType.NUMBER));
    }
    fields.add(new Field("score", ColumnType.NUMBER));
    fields.add(new Field("prediction", ColumnType.NUMBER));
    if (weight.isPresent()) {
      fields.add(new Field("weight", ColumnType.NUMBER));
    }
    fields.addAll(sensitive);
    return new Schema(fields);
  }
}
