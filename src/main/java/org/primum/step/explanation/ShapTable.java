package org.primum.step.explanation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.primum.data.Batch;
import org.primum.data.Column;
import org.primum.data.ColumnType;
import org.primum.data.Digest;
import org.primum.data.Field;
import org.primum.data.NumberColumn;
import org.primum.data.RowSink;
import org.primum.data.Schema;
import org.primum.data.TextColumn;
import org.primum.document.BackgroundRows;
import org.primum.document.ShapleyMethod;
import org.primum.explain.value.CountedRows;
import org.primum.explain.value.EmittedValues;
import org.primum.explain.value.ExplanationMode;
import org.primum.explain.value.Precision;
import org.primum.explain.value.SamplingErrors;
import org.primum.explain.value.ShapleyEmission;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.Scorer;
import org.primum.model.TreeEnsemble;
import org.primum.step.ModelSource;
import org.primum.table.TableFiles;
import org.primum.table.TableFormat;

/// The form of `shap.parquet`: the id, the class where the model has several, base value, margin,
/// one column a feature, and how far the sum misses the margin. One line a row and class.
record ShapTable(Schema schema, int features, int outputs, Map<String, String> metadata) {

  /// The key under which the file says what of the values was withheld, clipped or rounded.
  static final String EMISSION = "primum.emission";

  static final String FILE_NAME = "shap.parquet";
  static final String CLASS = "class";
  static final String BASE_VALUE = "base_value";
  static final String MARGIN = "margin";
  static final String PHI = "phi.";
  static final String ADDITIVITY_ERROR = "additivity_error";
  static final String STANDARD_ERROR = "se.";
  static final String COALITIONS = "coalitions";
  static final String CONDITION = "condition";
  static final String SPACE = "primum.space";

  /// The key under which the file says what the cover of the model's nodes counts.
  static final String COVER = "primum.cover";

  /// The key under which the file names the document that put features together.
  private static final String GROUPS = "primum.feature_groups";

  /// The keys under which it names the table that was counted for the cover.
  static final String COVER_FROM = "primum.cover.from";

  static final String COVER_ROWS = "primum.cover.rows";

  ShapTable(
      Field id, ShapExplainer explainer, List<String> features, Digest model, Digest dataset) {
    this(
        schema(id, explainer.explainer().outputs(), features),
        features.size(),
        explainer.explainer().outputs(),
        metadata(model, dataset, mode(explainer.explainer().mode()), explainer.background()));
  }

  static Schema schema(Field id, int outputs, List<String> features) {
    List<Field> fields = new ArrayList<>();
    fields.add(id);
    if (outputs > 1) {
      fields.add(new Field(CLASS, ColumnType.NUMBER));
    }
    fields.add(new Field(BASE_VALUE, ColumnType.NUMBER));
    fields.add(new Field(MARGIN, ColumnType.NUMBER));
    features.forEach(feature -> fields.add(new Field(PHI + feature, ColumnType.NUMBER)));
    fields.add(new Field(ADDITIVITY_ERROR, ColumnType.NUMBER));
    return new Schema(fields);
  }

  /// What the file says of itself. Nothing of the shard: merged shards are one file.
  static Map<String, String> metadata(
      Digest model, Digest dataset, String mode, Optional<BackgroundRows> background) {
    Map<String, String> metadata = new TreeMap<>(ModelSource.metadata(model, dataset));
    metadata.put("primum.mode", mode);
    metadata.put(SPACE, MARGIN);
    background.ifPresent(rows -> {
      metadata.put("primum.background", rows.digest().value());
      metadata.put("primum.background.rows", Long.toString(rows.rows()));
    });
    return metadata;
  }

  /// The same form, saying what the cover of the model's nodes counts.
  ///
  /// @param kind empty for a model without trees
  /// @param counted empty where the cover is the library's own
  ShapTable withCover(Optional<String> kind, Optional<CountedRows> counted) {
    Map<String, String> more = new TreeMap<>(metadata);
    kind.ifPresent(word -> more.put(COVER, word));
    counted.ifPresent(rows -> {
      more.put(COVER_FROM, rows.digest().value());
      more.put(COVER_ROWS, Long.toString(rows.rows()));
    });
    return new ShapTable(schema, features, outputs, more);
  }

  /// The same form, naming the document that put features together; empty where none did.
  ShapTable withGroups(Optional<Digest> groups) {
    Map<String, String> more = new TreeMap<>(metadata);
    groups.ifPresent(digest -> more.put(GROUPS, digest.value()));
    return new ShapTable(schema, features, outputs, more);
  }

  /// The same form with more columns behind, saying what is withheld.
  ShapTable with(ShapExtras extras) {
    List<Field> fields = new ArrayList<>(schema.fields());
    fields.addAll(extras.fields());
    return new ShapTable(new Schema(fields), features, outputs, metadata)
        .withEmission(extras.emission());
  }

  ShapTable withEmission(ShapleyEmission emission) {
    Map<String, String> more = new TreeMap<>(metadata);
    if (emission.isLossy()) {
      more.put(EMISSION, emission.words());
    }
    return new ShapTable(schema, features, outputs, more);
  }

  /// The same form for values on a scale of their own, with standard errors where they are
  /// estimates: behind all else, so that a column keeps its place.
  ShapTable by(ShapleyMethod method) {
    List<Field> fields = new ArrayList<>(schema.fields());
    fields.replaceAll(field ->
        field.name().equals(MARGIN)
            ? new Field(method.space().wireName(), ColumnType.NUMBER)
            : field);
    if (method.sampling().isPresent()) {
      int first = fields.size() - 1 - features;
      for (Field phi : List.copyOf(fields.subList(first, first + features))) {
        String name = STANDARD_ERROR + phi.name().substring(PHI.length());
        fields.add(new Field(name, ColumnType.NUMBER));
      }
      fields.add(new Field(COALITIONS, ColumnType.NUMBER));
      fields.add(new Field(CONDITION, ColumnType.NUMBER));
    }
    return new ShapTable(new Schema(fields), features, outputs, metadata).withMethod(method);
  }

  /// The same columns, saying how the values came about.
  ShapTable withMethod(ShapleyMethod method) {
    Map<String, String> more = new TreeMap<>(metadata);
    more.put(SPACE, method.space().wireName());
    more.putAll(method.facts());
    return new ShapTable(schema, features, outputs, more);
  }

  /// The same form, saying what makes probabilities of its margins; empty where nothing is known.
  ShapTable withLink(PatientLink link) {
    Map<String, String> more = new TreeMap<>(metadata);
    link.wireName().ifPresent(name -> more.put(PatientLink.KEY, name));
    return new ShapTable(schema, features, outputs, more);
  }

  /// What names a run by all that its values depend on but the rows: two tries of the same run, or
  /// two of its shards, have the same.
  ///
  /// @param asked what they depend on that the form does not say, in words
  Digest run(Precision precision, String version, String asked) {
    return Digest.of(
        String.join(
            "\n", version, precision.name(), schema.toString(), metadata.toString(), asked));
  }

  static Optional<String> cover(Scorer model) {
    return model instanceof TreeEnsemble trees
        ? Optional.of(trees.cover().wireName())
        : Optional.empty();
  }

  static String mode(ExplanationMode mode) {
    return switch (mode) {
      case PATH_DEPENDENT -> "path-dependent";
      case INTERVENTIONAL -> "interventional";
      case CORRELATED -> "correlated";
    };
  }

  RowSink create(Path file) throws IOException {
    return TableFiles.create(file, TableFormat.PARQUET, schema, metadata);
  }

  /// The lines of some rows.
  ///
  /// @param rows the table's own; the id is its first column, unless rows are numbered
  Batch batch(Batch rows, boolean isNumbered, EmittedValues emitted, ShapExtras extras) {
    int lines = rows.rows() * outputs;
    ShapleyValues values = emitted.shown();
    List<Column> columns = new ArrayList<>();
    columns.add(
        isNumbered ? numbered(rows) : repeated(rows.columns().getFirst(), rows.rows(), outputs));
    if (outputs > 1) {
      columns.add(column(lines, line -> line % outputs));
    }
    columns.add(column(lines, line -> values.baseValue(line % outputs)));
    columns.add(column(lines, line -> values.margin(line / outputs, line % outputs)));
    for (int i = 0; i < features; i++) {
      int feature = i;
      columns.add(column(lines, line -> values.phi(line / outputs, line % outputs, feature)));
    }
    columns.add(column(lines, line -> emitted.additivityError(line / outputs, line % outputs)));
    values.errors().ifPresent(errors -> add(errors, lines, columns));
    columns.addAll(extras.columns(rows, emitted));
    return new Batch(rows.firstRow() * outputs, lines, columns);
  }

  private void add(SamplingErrors errors, int lines, List<Column> columns) {
    for (int i = 0; i < features; i++) {
      int feature = i;
      columns.add(column(lines, line -> errors.error(line / outputs, line % outputs, feature)));
    }
    columns.add(column(lines, line -> errors.coalitions(line / outputs)));
    columns.add(column(lines, line -> errors.condition(line / outputs)));
  }

  private NumberColumn numbered(Batch rows) {
    return column(rows.rows() * outputs, line -> rows.firstRow() + line / outputs);
  }

  /// A column; what is NaN is missing.
  static NumberColumn column(int lines, java.util.function.IntToDoubleFunction value) {
    double[] values = new double[lines];
    BitSet missing = new BitSet();
    for (int line = 0; line < lines; line++) {
      values[line] = value.applyAsDouble(line);
      if (Double.isNaN(values[line])) {
        missing.set(line);
      }
    }
    return new NumberColumn(values, missing, lines);
  }

  /// A column of the table once for every class.
  static Column repeated(Column id, int rows, int outputs) {
    if (outputs == 1) {
      return id;
    }
    return switch (id) {
      case NumberColumn numbers -> {
        BitSet missing = new BitSet();
        double[] values = new double[rows * outputs];
        for (int line = 0; line < values.length; line++) {
          values[line] = numbers.value(line / outputs);
          missing.set(line, numbers.isMissing(line / outputs));
        }
        yield new NumberColumn(values, missing, values.length);
      }
      case TextColumn texts -> {
        String[] dictionary = new String[texts.dictionarySize()];
        java.util.Arrays.setAll(dictionary, texts::entry);
        int[] codes = new int[rows * outputs];
        java.util.Arrays.setAll(codes, line -> texts.code(line / outputs));
        yield new TextColumn(dictionary, codes, codes.length);
      }
    };
  }
}
