package org.primum.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.primum.gate.Measure;
import org.primum.model.Feature;

/// A feature that alone tells the label almost without error, by its value or by whether it has
/// one. That is hardly ever medicine; more often the column was written after the outcome was
/// known, such as the year of death, or is the outcome under another name.
///
/// @param area its area under the curve alone, turned so that it is at least one half; the larger
///   one of its values, and of its being there
public record LeakHint(String feature, double area) {

  static final double SUSPICIOUS = 0.999;

  /// The suspicious features, each judged on the rows that have a value, categories by their label
  /// rate, and on all rows by whether they have one.
  public static List<LeakHint> find(TrainingSet set, List<Feature> features) {
    List<LeakHint> hints = new ArrayList<>();
    for (int feature = 0; feature < features.size(); feature++) {
      double area =
          Math.max(area(set, features.get(feature), feature), areaOfPresence(set, feature));
      if (area > SUSPICIOUS) {
        hints.add(new LeakHint(features.get(feature).name(), area));
      }
    }
    return hints;
  }

  private static double area(TrainingSet set, Feature feature, int column) {
    double[] rates = rates(set, feature, column);
    double[] scores = new double[set.rows()];
    boolean[] labels = new boolean[set.rows()];
    int known = 0;
    for (int row = 0; row < set.rows(); row++) {
      double value = set.features().value(row, column);
      if (!Double.isNaN(value)) {
        scores[known] = rates.length == 0 ? value : rates[(int) value];
        labels[known++] = set.label(row);
      }
    }
    return area(Arrays.copyOf(scores, known), Arrays.copyOf(labels, known));
  }

  private static double areaOfPresence(TrainingSet set, int column) {
    double[] present = new double[set.rows()];
    boolean[] labels = new boolean[set.rows()];
    for (int row = 0; row < set.rows(); row++) {
      present[row] = Double.isNaN(set.features().value(row, column)) ? 0 : 1;
      labels[row] = set.label(row);
    }
    return area(present, labels);
  }

  private static double area(double[] scores, boolean[] labels) {
    return switch (AreaUnderCurve.of(scores, labels).value()) {
      case Measure.Known(double value) -> Math.max(value, 1 - value);
      case Measure.Unknown _ -> 0.5;
    };
  }

  private static double[] rates(TrainingSet set, Feature feature, int column) {
    int categories = feature.categories().size();
    double[] positives = new double[categories];
    double[] rows = new double[categories];
    for (int row = 0; row < set.rows() && categories > 0; row++) {
      double value = set.features().value(row, column);
      if (!Double.isNaN(value)) {
        rows[(int) value]++;
        positives[(int) value] += set.label(row) ? 1 : 0;
      }
    }
    for (int code = 0; code < categories; code++) {
      positives[code] /= Math.max(1, rows[code]);
    }
    return positives;
  }
}
