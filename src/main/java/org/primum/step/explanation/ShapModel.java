package org.primum.step.explanation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.primum.data.ColumnType;
import org.primum.data.DataInvalidException;
import org.primum.data.Field;
import org.primum.data.Table;
import org.primum.document.LoadedModel;
import org.primum.platform.served.ServedModel;
import org.primum.step.ModelInput;
import org.primum.step.StepContext;
import org.primum.store.Location;
import org.primum.table.TableFiles;

/// The model that is explained, and the rows: a served model may have its feature names from them.
///
/// @param facts what else is to be said of the model, by key of `shap.parquet`'s metadata
record ShapModel(LoadedModel model, StepContext.Input data, Map<String, String> facts) {

  static final String KIND = "primum.model.kind";
  static final String URL = "primum.model.url";
  static final String VERSION = "primum.model.version";

  static ShapModel open(ShapBatchStep.Inputs inputs, StepContext context) throws IOException {
    if (inputs.model() instanceof Location.Served served) {
      StepContext.Input data = context.fetch("data", inputs.data());
      return served(inputs, served, data, context);
    }
    LoadedModel model = ModelInput.open(inputs.model(), inputs.features(), context);
    return new ShapModel(model, context.fetch("data", inputs.data()), Map.of());
  }

  private static ShapModel served(
      ShapBatchStep.Inputs inputs,
      Location.Served address,
      StepContext.Input data,
      StepContext context)
      throws IOException {
    List<String> names =
        inputs.features().isPresent() ? inputs.features().get() : columns(inputs, data);
    ServedModel model = ServedModel.open(address.uri(), names, inputs.estimates().served());
    String url = model.url();
    context.recordInput(
        "model", address, model.digest(), url.getBytes(StandardCharsets.UTF_8).length);
    context.log(
        url
            + ": a served model has no bytes to name it by; its digest is that of its address, its"
            + " version ("
            + model.version().orElse("not told")
            + ") and its answers to "
            + model.probeRows()
            + " made-up rows");
    Map<String, String> facts = new TreeMap<>();
    facts.put(KIND, "served: digest of address, version and answers to made-up rows");
    facts.put(URL, url);
    model.version().ifPresent(version -> facts.put(VERSION, version));
    return new ShapModel(
        new LoadedModel(model, Optional.empty(), model.digest()), data, Map.copyOf(facts));
  }

  /// All columns of numbers but the id and the sensitive ones.
  private static List<String> columns(ShapBatchStep.Inputs inputs, StepContext.Input data)
      throws IOException {
    Table table = TableFiles.open(data.path(), data.name());
    List<String> names = new ArrayList<>();
    for (Field field : table.schema().fields()) {
      boolean isOther =
          inputs.id().filter(field.name()::equals).isPresent()
              || inputs.sensitive().filter(columns -> columns.contains(field.name())).isPresent();
      if (!isOther && field.type() == ColumnType.NUMBER) {
        names.add(field.name());
      }
    }
    if (names.isEmpty()) {
      throw new DataInvalidException(
          data.name()
              + ": no column of numbers that the model could read; name its features in its"
              + " own order with --features");
    }
    return names;
  }
}
