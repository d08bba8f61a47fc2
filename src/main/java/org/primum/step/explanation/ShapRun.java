package org.primum.step.explanation;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.primum.data.Table;
import org.primum.document.LoadedModel;
import org.primum.document.ShapleyMethod;
import org.primum.explain.Explainer;
import org.primum.model.AnsweringModel;
import org.primum.model.Feature;
import org.primum.step.StepContext;
import org.primum.table.TableFiles;

/// What one run of `shap-batch` explains, and by what: all that is known before the first row.
///
/// @param method how values come about, of no rows yet
/// @param rows which of the table's are explained
record ShapRun(
    ShapBatchStep.Inputs inputs,
    StepContext.Input data,
    Table table,
    ShapColumns columns,
    ShapGroups groups,
    ShapExplainer explainer,
    ShapleyMethod method,
    ShapRows rows) {

  static ShapRun open(ShapBatchStep.Inputs inputs, StepContext context) throws IOException {
    ShapModel given = ShapModel.open(inputs, context);
    LoadedModel opened = given.model();
    Table table = TableFiles.open(given.data().path(), given.data().name());
    ShapGroups groups = ShapGroups.of(inputs.detail().groups(), opened.scorer(), context);
    ShapColumns columns = ShapColumns.of(inputs, opened, table, context);
    ShapExplainer explainer = ShapExplainer.of(inputs, opened, groups, context);
    explainer.explainer().advice().ifPresent(context::log);
    ShapleyMethod method = explainer.method(given.facts());
    if (method.sampling().isPresent()) {
      context.useSeed(inputs.estimates().seed());
    }
    ShapRows rows = ShapRows.of(inputs.shard(), table);
    return new ShapRun(inputs, given.data(), table, columns, groups, explainer, method, rows);
  }

  LoadedModel model() {
    return explainer.model();
  }

  List<Feature> features() {
    return model().scorer().features();
  }

  int outputs() {
    return explainer.explainer().outputs();
  }

  String mode() {
    return ShapTable.mode(explainer.explainer().mode());
  }

  /// What values depend on that the form of `shap.parquet` does not say, in words: the pairs whose
  /// interactions stand beside them, and how a served model's answers are read.
  String asked() {
    Explainer used = explainer.explainer();
    String pairs = used.pairs().map(inputs.detail().interactions()::words).orElse("");
    return model().scorer() instanceof AnsweringModel served
        ? pairs
            + " probabilities="
            + served.areProbabilities()
            + " missing="
            + inputs.estimates().served().sendsMissing()
        : pairs;
  }

  List<Double> baseValues() {
    return IntStream.range(0, outputs()).mapToObj(explainer.explainer()::baseValue).toList();
  }

  /// The form of `shap.parquet`, before what is added behind.
  ShapTable form() {
    return new ShapTable(
            columns.idField(), explainer, groups.names(), model().digest(), data.digest())
        .by(method)
        .withCover(ShapTable.cover(model().scorer()), explainer.cover())
        .withLink(PatientLink.of(model().scorer(), method.space()))
        .withGroups(groups.digest());
  }

  ShapExtras extras() {
    return ShapExtras.of(
        inputs.emission(),
        groups.groups(),
        model().scorer(),
        method.space(),
        columns.firstFeature());
  }

  /// @throws org.primum.gate.ProvenanceInvalidException where a served model is another now
  void requireUnchanged() throws IOException {
    if (model().scorer() instanceof AnsweringModel served) {
      served.requireUnchanged();
    }
  }
}
