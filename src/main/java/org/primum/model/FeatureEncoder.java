package org.primum.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.primum.data.Batch;
import org.primum.data.DataInvalidException;
import org.primum.data.NumberColumn;
import org.primum.data.Selection;
import org.primum.data.TextColumn;

/// Turns columns of a table into the numbers a model reads.
///
/// A missing value is NaN, and so is a category the model has never seen: the model treats it as
/// unknown, and the count says how often that happened.
public final class FeatureEncoder {

  private final List<Feature> features;
  private final List<Map<String, Integer>> codes;

  public FeatureEncoder(List<Feature> features) {
    this.features = List.copyOf(features);
    this.codes = this.features.stream().map(FeatureEncoder::codesOf).toList();
  }

  /// The rows of one batch.
  ///
  /// @param unseen the categories the model does not know
  public record Encoded(FeatureMatrix matrix, UnseenCategories unseen) {}

  /// What to ask a table for, in feature order.
  public List<Selection> selections() {
    return features.stream().map(FeatureEncoder::selection).toList();
  }

  private static Selection selection(Feature feature) {
    return switch (feature.kind()) {
      case NUMERIC -> Selection.number(feature.name());
      case CATEGORICAL -> Selection.text(feature.name());
    };
  }

  /// Encodes all rows of a batch.
  ///
  /// @param first the position in the batch of the first feature's column
  /// @throws DataInvalidException where a number is infinite
  public Encoded encode(Batch batch, int first) {
    int width = features.size();
    double[] values = new double[Math.multiplyExact(batch.rows(), width)];
    List<UnseenCategories.Count> unseen = new ArrayList<>();
    for (int feature = 0; feature < width; feature++) {
      switch (features.get(feature).kind()) {
        case NUMERIC -> numbers(batch.number(first + feature), feature, values, batch.rows());
        case CATEGORICAL ->
            unseen.add(categories(batch.text(first + feature), feature, values, batch.rows()));
      }
    }
    FeatureMatrix matrix = new FeatureMatrix(values, batch.rows(), width);
    return new Encoded(matrix, new UnseenCategories(unseen));
  }

  private void numbers(NumberColumn column, int feature, double[] values, int rows) {
    int width = features.size();
    for (int row = 0; row < rows; row++) {
      double value = column.valueOrNaN(row);
      if (Double.isInfinite(value)) {
        throw new DataInvalidException(
            "column '"
                + features.get(feature).name()
                + "' holds an infinite value; leave the cell empty where the value is not known");
      }
      values[row * width + feature] = value;
    }
  }

  private UnseenCategories.Count categories(
      TextColumn column, int feature, double[] values, int rows) {
    double[] translated = translate(column, feature);
    int width = features.size();
    long present = 0;
    long unseen = 0;
    for (int row = 0; row < rows; row++) {
      double code = column.isMissing(row) ? Double.NaN : translated[column.code(row)];
      if (!column.isMissing(row)) {
        present++;
        unseen += Double.isNaN(code) ? 1 : 0;
      }
      values[row * width + feature] = code;
    }
    return new UnseenCategories.Count(features.get(feature).name(), present, unseen);
  }

  /// The model's code of each entry of the batch's dictionary.
  private double[] translate(TextColumn column, int feature) {
    double[] translated = new double[column.dictionarySize()];
    for (int entry = 0; entry < translated.length; entry++) {
      Integer code = codes.get(feature).get(column.entry(entry));
      translated[entry] = code == null ? Double.NaN : code;
    }
    return translated;
  }

  private static Map<String, Integer> codesOf(Feature feature) {
    Map<String, Integer> codes = new HashMap<>();
    for (String category : feature.categories()) {
      codes.put(category, codes.size());
    }
    return codes;
  }
}
