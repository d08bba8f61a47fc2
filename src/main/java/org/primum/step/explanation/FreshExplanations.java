package org.primum.step.explanation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.document.LoadedModel;
import org.primum.explain.Background;
import org.primum.explain.Explainer;
import org.primum.explain.value.Precision;
import org.primum.explain.value.RowExplanation;
import org.primum.explain.value.ShapleyValues;
import org.primum.gate.Subject;
import org.primum.model.FeatureEncoder;
import org.primum.model.TrainedModel;
import org.primum.step.ModelInput;
import org.primum.step.StepContext;
import org.primum.store.Location;
import org.primum.table.TableFiles;

/// The explanations of one patient, computed now from a model and data.
///
/// @param idColumn the column that names a row; empty for row numbers
record FreshExplanations(
    LoadedModel model,
    Explainer explainer,
    Table table,
    Optional<String> idColumn,
    Subject subject) {

  static FreshExplanations of(PatientExplanation.Sources sources, StepContext context)
      throws IOException {
    Location at = PatientExplanation.given(sources.model(), "--model");
    LoadedModel model = ModelInput.open(at, sources.features(), context);
    StepContext.Input input =
        context.fetch("data", PatientExplanation.given(sources.data(), "--data"));
    Table table = TableFiles.open(input.path(), input.name());
    ShapColumns.requireFeatures(model, table);
    Explainer explainer = explainer(sources, model, context);
    Subject subject =
        Subject.none().with(Subject.MODEL, model.digest()).with(Subject.DATASET, input.digest());
    return new FreshExplanations(model, explainer, table, idColumn(sources, model, table), subject);
  }

  private static Explainer explainer(
      PatientExplanation.Sources sources, LoadedModel model, StepContext context)
      throws IOException {
    if (sources.explainer().isPresent()) {
      return ShapBasis.saved(sources.explainer().get(), model, context)
          .explainer(Precision.FLOAT64);
    }
    return sources.background().isPresent()
        ? ShapBasis.compared(
                Background.of(model.scorer()), sources.background().get(), model, context)
            .counts()
            .explainer(Precision.FLOAT64)
        : Explainer.of(model.scorer(), Precision.FLOAT64);
  }

  private static Optional<String> idColumn(
      PatientExplanation.Sources sources, LoadedModel model, Table table) {
    if (sources.idColumn().isPresent()) {
      return Optional.of(table.schema().require(sources.idColumn().get(), table.name()).name());
    }
    return model
        .description()
        .map(TrainedModel::roles)
        .map(roles -> roles.id())
        .filter(name -> table.schema().find(name).isPresent());
  }

  /// The rows with the id, each with its classes; at most [PatientRows#MOST].
  List<List<RowExplanation>> find(String id) throws IOException {
    FeatureEncoder encoder = new FeatureEncoder(model.scorer().features());
    List<Selection> selections = new ArrayList<>();
    idColumn.ifPresent(column -> selections.add(Selection.text(column)));
    selections.addAll(encoder.selections());
    List<List<RowExplanation>> found = new ArrayList<>();
    try (Batches batches = table.read(selections)) {
      Optional<Batch> next = batches.next();
      while (next.isPresent() && found.size() <= PatientRows.MOST) {
        Batch batch = next.get();
        List<Integer> rows =
            idColumn.isPresent() ? PatientRows.of(batch, id) : PatientValues.numbered(batch, id);
        rows.forEach(row -> found.add(explain(batch, row, encoder)));
        next = batches.next();
      }
    }
    return found;
  }

  private List<RowExplanation> explain(Batch batch, int row, FeatureEncoder encoder) {
    long position = batch.firstRow() + row;
    Batch alone = new ShapRows(position, position + 1).pieces(batch, 1).getFirst();
    int first = idColumn.isPresent() ? 1 : 0;
    ShapleyValues values = explainer.explain(encoder.encode(alone, first).matrix());
    values.requireAdditivity();
    List<String> features = model.scorer().features().stream().map(f -> f.name()).toList();
    List<Double> bases = numbers(values.outputs(), values::baseValue);
    List<Double> margins = numbers(values.outputs(), output -> values.margin(0, output));
    List<List<Double>> phi =
        IntStream.range(0, values.outputs())
            .mapToObj(o -> numbers(features.size(), f -> values.phi(0, o, f)))
            .toList();
    Map<String, String> shown =
        PatientValues.byName(features, PatientValues.values(alone, 0, first));
    return PatientRows.explained(features, bases, margins, phi, PatientLink.of(model.scorer()))
        .stream()
        .map(one -> one.withValues(shown))
        .toList();
  }

  private static List<Double> numbers(int count, java.util.function.IntToDoubleFunction number) {
    return IntStream.range(0, count).mapToDouble(number).boxed().toList();
  }
}
