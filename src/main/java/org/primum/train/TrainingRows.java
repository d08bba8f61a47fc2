package org.primum.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.ColumnType;
import org.primum.data.DataInvalidException;
import org.primum.data.Field;
import org.primum.data.NumberColumn;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.data.TextColumn;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;

/// The features of the training rows as numbers, and the categories they brought.
///
/// Categories are those of the training rows, in the order of their text; one that only the holdout
/// has is unknown to the model, as it would be in use.
///
/// @param missing by feature, then by `column=value`: the share of training rows without a value
public record TrainingRows(
    List<Feature> features, TrainingSet set, Map<String, Map<String, Double>> missing) {

  /// Text with more different values than this is an id or prose, not a category.
  public static final int MAX_CATEGORIES = 200;

  public TrainingRows {
    features = List.copyOf(features);
  }

  /// Reads the features of the roster's training rows.
  ///
  /// @param fields what is read, each as a number or as categories
  /// @param categories the columns that are said to be categories
  /// @throws DataInvalidException where a feature has no value at all, an infinite one, too many
  ///   categories, or text that looks like numbers and is not said to be categories
  public static TrainingRows read(
      Table table, List<Field> fields, List<String> categories, Roster roster) throws IOException {
    var reader = new Reader(table, fields, categories, roster);
    List<Selection> selections =
        fields.stream().map(f -> new Selection(f.name(), f.type())).toList();
    try (Batches batches = table.read(selections)) {
      Optional<Batch> batch = batches.next();
      while (batch.isPresent()) {
        reader.add(batch.get());
        batch = batches.next();
      }
    }
    return reader.finish();
  }

  private static final class Reader {
    private final Table table;
    private final List<Field> fields;
    private final List<String> said;
    private final Roster roster;
    private final double[] values;
    private final List<Map<String, Integer>> categories = new ArrayList<>();
    private final long[][][] missing;
    private int row;
    private int next;

    Reader(Table table, List<Field> fields, List<String> said, Roster roster) {
      this.table = table;
      this.fields = fields;
      this.said = said;
      this.roster = roster;
      long size = (long) roster.trainingRows() * fields.size();
      if (size > Integer.MAX_VALUE - 8) {
        throw new DataInvalidException(
            table.name()
                + ": "
                + roster.trainingRows()
                + " training rows of "
                + fields.size()
                + " features are more than this version holds; name fewer --features");
      }
      values = new double[(int) size];
      fields.forEach(f -> categories.add(new LinkedHashMap<>()));
      int attributes = roster.attributes();
      missing = new long[fields.size()][attributes][];
      for (long[][] ofFeature : missing) {
        Arrays.setAll(ofFeature, a -> new long[roster.groupNames(a).size()]);
      }
    }

    void add(Batch batch) {
      for (int i = 0; i < batch.rows(); i++, row++) {
        if (!roster.isHeldOut(row)) {
          addRow(batch, i);
          next++;
        }
      }
    }

    private void addRow(Batch batch, int i) {
      for (int f = 0; f < fields.size(); f++) {
        double value =
            fields.get(f).type() == ColumnType.NUMBER
                ? number(batch.number(f), i, f)
                : code(batch.text(f), i, f);
        values[next * fields.size() + f] = value;
        if (Double.isNaN(value)) {
          for (int a = 0; a < missing[f].length; a++) {
            missing[f][a][roster.group(a, row)]++;
          }
        }
      }
    }

    private double number(NumberColumn column, int i, int feature) {
      double value = column.valueOrNaN(i);
      if (Double.isInfinite(value)) {
        throw new DataInvalidException(
            table.name()
                + ": column '"
                + fields.get(feature).name()
                + "' holds an infinite value in row "
                + (row + 1)
                + "; leave the cell empty where the value is not known");
      }
      return value;
    }

    private double code(TextColumn column, int i, int feature) {
      if (column.isMissing(i)) {
        return Double.NaN;
      }
      Map<String, Integer> known = categories.get(feature);
      int code = known.computeIfAbsent(column.text(i), t -> known.size());
      if (known.size() > MAX_CATEGORIES) {
        requireNoNumbers(feature);
        throw new DataInvalidException(
            table.name()
                + ": column '"
                + fields.get(feature).name()
                + "' is text with more than "
                + MAX_CATEGORIES
                + " different values; --exclude it, group its values, or, where it should hold"
                + " numbers, find the text among them (decimals are written with a point)");
      }
      return code;
    }

    /// Numbers written as text would silently be a category each.
    private void requireNoNumbers(int feature) {
      String name = fields.get(feature).name();
      Optional<String> written =
          said.contains(name)
              ? Optional.empty()
              : WrittenNumbers.describe(categories.get(feature).keySet());
      if (written.isPresent()) {
        throw new DataInvalidException(
            table.name()
                + ": column '"
                + name
                + "' is text, and most of its different values look like "
                + written.get()
                + ", each of which would become a category of its own; write plain numbers with a"
                + " decimal point and an empty cell for what is not known, --exclude it, or say"
                + " that they are categories with --categories="
                + name);
      }
    }

    TrainingRows finish() {
      List<Feature> features = new ArrayList<>();
      for (int f = 0; f < fields.size(); f++) {
        requireSomeValue(f);
        features.add(feature(f));
      }
      var matrix = new FeatureMatrix(values, roster.trainingRows(), fields.size());
      var set = new TrainingSet(matrix, roster.trainingLabels(), roster.trainingWeights());
      return new TrainingRows(features, set, shares());
    }

    private void requireSomeValue(int feature) {
      for (int i = feature; i < values.length; i += fields.size()) {
        if (!Double.isNaN(values[i])) {
          return;
        }
      }
      throw new DataInvalidException(
          table.name()
              + ": column '"
              + fields.get(feature).name()
              + "' has no value in any training row; --exclude it");
    }

    private Feature feature(int f) {
      if (fields.get(f).type() == ColumnType.NUMBER) {
        return Feature.numeric(fields.get(f).name());
      }
      requireNoNumbers(f);
      List<String> names = List.copyOf(categories.get(f).keySet());
      List<String> sorted = names.stream().sorted().toList();
      double[] recode = names.stream().mapToDouble(sorted::indexOf).toArray();
      for (int i = f; i < values.length; i += fields.size()) {
        values[i] = Double.isNaN(values[i]) ? Double.NaN : recode[(int) values[i]];
      }
      return Feature.categorical(fields.get(f).name(), sorted);
    }

    private Map<String, Map<String, Double>> shares() {
      Map<String, Roster.Count> counts = roster.counts();
      Map<String, Map<String, Double>> shares = new LinkedHashMap<>();
      for (int f = 0; f < fields.size(); f++) {
        Map<String, Double> byGroup = new LinkedHashMap<>();
        for (Map.Entry<String, Roster.Count> group : counts.entrySet()) {
          long trained = group.getValue().rows() - group.getValue().heldRows();
          byGroup.put(group.getKey(), trained == 0 ? 0 : missingRows(f, group.getKey()) / trained);
        }
        shares.put(fields.get(f).name(), byGroup);
      }
      return shares;
    }

    private double missingRows(int feature, String group) {
      for (int a = 0; a < missing[feature].length; a++) {
        List<String> names = roster.groupNames(a);
        for (int code = 0; code < names.size(); code++) {
          if (group.equals(roster.attribute(a) + "=" + names.get(code))) {
            return missing[feature][a][code];
          }
        }
      }
      return 0;
    }
  }
}
