package org.primum.step.explanation;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.explain.value.RowExplanation;
import org.primum.gate.Subject;
import org.primum.step.ModelSource;
import org.primum.step.StepContext;
import org.primum.store.Location;
import org.primum.table.TableFiles;

/// The explanations of one patient out of a `shap.parquet`. The file streams: it may be as long as
/// it likes.
final class StoredExplanations {

  private final Table table;
  private final List<String> features = new ArrayList<>();
  private final boolean isOfClasses;
  private final String margin;

  private StoredExplanations(Table table) {
    this.table = table;
    this.margin = margin(table);
    this.isOfClasses = table.schema().find(ShapTable.CLASS).isPresent();
    for (String name : table.schema().names()) {
      if (name.startsWith(ShapTable.PHI)) {
        features.add(name.substring(ShapTable.PHI.length()));
      }
    }
  }

  /// @param explanations the file, or the output directory it stands in
  static StoredExplanations open(Location explanations, StepContext context) throws IOException {
    Location file =
        isDirectory(explanations) ? explanations.resolve(ShapTable.FILE_NAME) : explanations;
    StepContext.Input input = context.fetch("explanations", file);
    Table table = TableFiles.open(input.path(), input.name());
    for (String column : List.of(ShapTable.BASE_VALUE, margin(table))) {
      if (table.schema().find(column).isEmpty()) {
        throw new DataInvalidException(
            input.name()
                + ": no column '"
                + column
                + "'; --explanations takes the shap.parquet of shap-batch or shap-merge, or the"
                + " directory it stands in");
      }
    }
    return new StoredExplanations(table);
  }

  /// The column that base value and Shapley values add up to.
  private static String margin(Table table) {
    return table.metadata().getOrDefault(ShapTable.SPACE, ShapTable.MARGIN);
  }

  private static boolean isDirectory(Location location) {
    return location.isLocal()
        ? Files.isDirectory(location.path())
        : !location.key().endsWith(".parquet");
  }

  String name() {
    return table.name();
  }

  List<String> features() {
    return List.copyOf(features);
  }

  /// The column that names a row: the first.
  String idColumn() {
    return table.schema().names().getFirst();
  }

  /// Of which model and data the file says it is.
  Subject subject() {
    Subject subject = Subject.none();
    Optional<String> model = Optional.ofNullable(table.metadata().get(ModelSource.MODEL_KEY));
    if (model.isPresent()) {
      subject = subject.with(Subject.MODEL, new Digest(model.get()));
    }
    return data().isPresent() ? subject.with(Subject.DATASET, data().get()) : subject;
  }

  /// The digest of the data that were explained.
  Optional<Digest> data() {
    return Optional.ofNullable(table.metadata().get(ModelSource.SOURCE_KEY)).map(Digest::new);
  }

  /// The rows with the id, each with its classes; at most [PatientRows#MOST].
  List<List<RowExplanation>> find(String id) throws IOException {
    List<Selection> selections = new ArrayList<>();
    selections.add(Selection.text(idColumn()));
    selections.add(Selection.number(isOfClasses ? ShapTable.CLASS : margin));
    selections.add(Selection.number(ShapTable.BASE_VALUE));
    if (isOfClasses) {
      selections.add(Selection.number(margin));
    }
    features.forEach(feature -> selections.add(Selection.number(ShapTable.PHI + feature)));
    Found found = new Found();
    try (Batches batches = table.read(selections)) {
      Optional<Batch> next = batches.next();
      while (next.isPresent() && found.rows.size() <= PatientRows.MOST) {
        Batch batch = next.get();
        PatientRows.of(batch, id).forEach(line -> found.add(batch, line));
        next = batches.next();
      }
    }
    return found.all();
  }

  /// Lines of the file, put together to rows: the classes of a row stand one after the other.
  private final class Found {
    private final List<List<RowExplanation>> rows = new ArrayList<>();
    private final List<Double> bases = new ArrayList<>();
    private final List<Double> margins = new ArrayList<>();
    private final List<List<Double>> phi = new ArrayList<>();

    void add(Batch batch, int line) {
      boolean isNext = !isOfClasses || batch.number(1).value(line) == 0;
      if (isNext) {
        close();
      }
      int first = isOfClasses ? 4 : 3;
      bases.add(batch.number(2).value(line));
      margins.add(batch.number(isOfClasses ? 3 : 1).value(line));
      List<Double> values = new ArrayList<>();
      for (int feature = 0; feature < features.size(); feature++) {
        values.add(batch.number(first + feature).valueOrNaN(line));
      }
      phi.add(values);
    }

    List<List<RowExplanation>> all() {
      close();
      return List.copyOf(rows);
    }

    private void close() {
      if (!margins.isEmpty()) {
        PatientLink link = PatientLink.of(table.metadata());
        rows.add(PatientRows.explained(features, bases, margins, phi, link));
        bases.clear();
        margins.clear();
        phi.clear();
      }
    }
  }
}
