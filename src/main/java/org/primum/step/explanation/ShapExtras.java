package org.primum.step.explanation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.primum.data.Batch;
import org.primum.data.Column;
import org.primum.data.ColumnType;
import org.primum.data.Field;
import org.primum.data.NumberColumn;
import org.primum.data.Selection;
import org.primum.data.TextColumn;
import org.primum.explain.value.EmittedValues;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.OutputSpace;
import org.primum.explain.value.ShapleyEmission;
import org.primum.explain.value.ShapleyEmission.Values;
import org.primum.model.Feature;
import org.primum.model.FeatureEncoder;
import org.primum.model.LinearModel;
import org.primum.model.Scorer;
import org.primum.model.TreeEnsemble;

/// The columns of `shap.parquet` behind the usual ones: the sum of what is withheld, the
/// probability, the leading features in words, and features' own values.
///
/// @param names what the values are of: features, or groups of them
/// @param probability of a margin, for a model with one margin that gives one
record ShapExtras(
    ShapleyEmission emission,
    Optional<DoubleUnaryOperator> probability,
    List<String> names,
    List<Feature> features,
    int firstFeature) {

  static final String PHI_REST = "phi_rest";
  static final String PROBABILITY = "probability";
  static final String TOP_FEATURES = "top_features";
  static final String VALUE = "value.";

  /// @param firstFeature position of the first feature among the columns that are read
  /// @param space on whose scale the values are; a probability stands once in the table
  static ShapExtras of(
      ShapleyEmission emission,
      FeatureGroups groups,
      Scorer model,
      OutputSpace space,
      int firstFeature) {
    Optional<DoubleUnaryOperator> probability =
        space == OutputSpace.MARGIN ? probability(model) : Optional.empty();
    return new ShapExtras(emission, probability, groups.names(), model.features(), firstFeature);
  }

  private static Optional<DoubleUnaryOperator> probability(Scorer model) {
    return switch (model) {
      case LinearModel linear when linear.link().isBinaryProbability() ->
          Optional.of(linear.link()::probability);
      case TreeEnsemble trees when trees.outputs() == 1 && trees.link().isBinaryProbability() ->
          Optional.of(trees.link()::probability);
      default -> Optional.empty();
    };
  }

  List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    if (emission.top() > 0) {
      fields.add(new Field(PHI_REST, ColumnType.NUMBER));
    }
    probability.ifPresent(_ -> fields.add(new Field(PROBABILITY, ColumnType.NUMBER)));
    if (emission.named() > 0) {
      fields.add(new Field(TOP_FEATURES, ColumnType.TEXT));
    }
    if (emission.values() != Values.NONE) {
      for (Selection selection : new FeatureEncoder(features).selections()) {
        fields.add(new Field(VALUE + selection.column(), selection.as()));
      }
    }
    return fields;
  }

  /// The columns of some lines, in the order of [#fields].
  ///
  /// @param rows the table's own
  List<Column> columns(Batch rows, EmittedValues values) {
    int outputs = values.shown().outputs();
    int lines = rows.rows() * outputs;
    List<Column> columns = new ArrayList<>();
    if (emission.top() > 0) {
      columns.add(ShapTable.column(lines, l -> values.rest(l / outputs, l % outputs)));
    }
    probability.ifPresent(of ->
        columns.add(
            ShapTable.column(
                lines, l -> of.applyAsDouble(values.shown().margin(l / outputs, l % outputs)))));
    if (emission.named() > 0) {
      columns.add(leading(lines, outputs, values));
    }
    for (int i = 0; i < features.size() && emission.values() != Values.NONE; i++) {
      Column own = ShapTable.repeated(rows.columns().get(firstFeature + i), rows.rows(), outputs);
      columns.add(emission.values() == Values.ALL ? own : led(own, i, values));
    }
    return columns;
  }

  private TextColumn leading(int lines, int outputs, EmittedValues values) {
    String[] words = new String[lines];
    int[] codes = new int[lines];
    for (int line = 0; line < lines; line++) {
      words[line] = values.leading(line / outputs, line % outputs, names);
      codes[line] = line;
    }
    return new TextColumn(words, codes, lines);
  }

  /// The column where the feature is among the row's leading ones, and missing elsewhere.
  private static Column led(Column own, int feature, EmittedValues values) {
    int outputs = values.shown().outputs();
    int lines = values.shown().rows() * outputs;
    BitSet hidden = new BitSet(lines);
    for (int line = 0; line < lines; line++) {
      hidden.set(line, !values.leads(line / outputs, line % outputs, feature));
    }
    return switch (own) {
      case NumberColumn numbers -> {
        double[] shown = new double[lines];
        for (int line = 0; line < lines; line++) {
          shown[line] = hidden.get(line) ? 0 : numbers.value(line);
          hidden.set(line, hidden.get(line) || numbers.isMissing(line));
        }
        yield new NumberColumn(shown, hidden, lines);
      }
      case TextColumn texts -> {
        String[] words = new String[lines];
        int[] codes = new int[lines];
        for (int line = 0; line < lines; line++) {
          boolean missing = hidden.get(line) || texts.isMissing(line);
          words[line] = missing ? "" : texts.text(line);
          codes[line] = missing ? TextColumn.MISSING : line;
        }
        yield new TextColumn(words, codes, lines);
      }
    };
  }
}
