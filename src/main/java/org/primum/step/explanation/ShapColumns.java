package org.primum.step.explanation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.primum.data.ColumnType;
import org.primum.data.DataInvalidException;
import org.primum.data.Field;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.document.LoadedModel;
import org.primum.model.FeatureEncoder;
import org.primum.model.TrainedModel;
import org.primum.step.StepContext;

/// Which columns of a table an explanation reads: the id, the model's features, and those that rows
/// are grouped by.
///
/// @param idField what names a row in the result
/// @param isNumbered whether rows are named by their number, for want of an id column
/// @param selections the id where there is one, then features, then those to group by
/// @param firstFeature position of the first feature among the selections
record ShapColumns(
    Field idField,
    boolean isNumbered,
    List<Selection> selections,
    int firstFeature,
    int firstSensitive,
    List<String> sensitive) {

  /// The name of a row where no column does.
  static final String ROW_NUMBER = "row";

  ShapColumns {
    selections = List.copyOf(selections);
    sensitive = List.copyOf(sensitive);
  }

  /// @throws DataInvalidException where a column that is needed is not there; the message names it
  static ShapColumns of(
      ShapBatchStep.Inputs inputs, LoadedModel model, Table table, StepContext context) {
    requireFeatures(model, table);
    Optional<Field> id = id(inputs, model, table, context);
    List<String> sensitive = grouping(inputs, model, table, context);
    List<Selection> selections = new ArrayList<>();
    id.ifPresent(field -> selections.add(new Selection(field.name(), field.type())));
    int firstFeature = selections.size();
    selections.addAll(new FeatureEncoder(model.scorer().features()).selections());
    int firstSensitive = selections.size();
    sensitive.forEach(column -> selections.add(Selection.text(column)));
    return new ShapColumns(
        id.orElse(new Field(ROW_NUMBER, ColumnType.NUMBER)),
        id.isEmpty(),
        selections,
        firstFeature,
        firstSensitive,
        sensitive);
  }

  /// @throws DataInvalidException where the table lacks a feature; the message names it
  static void requireFeatures(LoadedModel model, Table table) {
    for (var feature : model.scorer().features()) {
      if (table.schema().find(feature.name()).isEmpty()) {
        throw new DataInvalidException(
            table.name()
                + ": no column '"
                + feature.name()
                + "', which the model reads; it has "
                + String.join(", ", table.schema().names())
                + (model.description().isPresent()
                    ? ""
                    : ". If the model file holds no feature names, give them with --features"));
      }
    }
  }

  private static Optional<Field> id(
      ShapBatchStep.Inputs inputs, LoadedModel model, Table table, StepContext context) {
    if (inputs.id().isPresent()) {
      return Optional.of(table.schema().require(inputs.id().get(), table.name()));
    }
    Optional<String> recorded = model.description().map(TrainedModel::roles).map(r -> r.id());
    Optional<Field> field = recorded.flatMap(table.schema()::find);
    if (recorded.isPresent() && field.isEmpty()) {
      context.log(
          "the data has no column '" + recorded.get() + "', the model's id; rows are numbered");
    }
    return field;
  }

  /// The sensitive columns and then the cohorts, each once.
  private static List<String> grouping(
      ShapBatchStep.Inputs inputs, LoadedModel model, Table table, StepContext context) {
    Set<String> columns = new LinkedHashSet<>(sensitive(inputs, model, table, context));
    inputs.cohorts().columns().forEach(c -> table.schema().require(c, table.name()));
    columns.addAll(inputs.cohorts().columns());
    return List.copyOf(columns);
  }

  private static List<String> sensitive(
      ShapBatchStep.Inputs inputs, LoadedModel model, Table table, StepContext context) {
    if (inputs.sensitive().isPresent()) {
      inputs.sensitive().get().forEach(c -> table.schema().require(c, table.name()));
      return inputs.sensitive().get();
    }
    List<String> found = new ArrayList<>();
    List<String> recorded = model.description().map(d -> d.roles().sensitive()).orElse(List.of());
    for (String column : recorded) {
      if (table.schema().find(column).isPresent()) {
        found.add(column);
      } else {
        context.log("the data has no column '" + column + "'; its groups are not summed up");
      }
    }
    return found;
  }
}
