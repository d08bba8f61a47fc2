package org.primum.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.primum.data.Batch;
import org.primum.data.NumberColumn;
import org.primum.data.TextColumn;
import org.primum.explain.RowExplanation;

/// The rows of one patient, found by id while a table passes.
final class PatientRows {

  /// More rows of one id are not shown.
  static final int MOST = 20;

  private PatientRows() {}

  /// The positions in a batch of the rows with the id in their first column.
  static List<Integer> of(Batch batch, String id) {
    List<Integer> rows = new ArrayList<>();
    switch (batch.columns().getFirst()) {
      case TextColumn texts -> {
        for (int row = 0; row < batch.rows(); row++) {
          if (!texts.isMissing(row) && texts.text(row).equals(id)) {
            rows.add(row);
          }
        }
      }
      case NumberColumn numbers -> {
        for (int row = 0; row < batch.rows(); row++) {
          if (!numbers.isMissing(row) && numbers.text(row).equals(id)) {
            rows.add(row);
          }
        }
      }
    }
    return rows;
  }

  /// The classes of one row as explanations.
  ///
  /// @param bases one for each class
  /// @param phi for each class one value a feature
  static List<RowExplanation> explained(
      List<String> features,
      List<Double> bases,
      List<Double> margins,
      List<List<Double>> phi,
      PatientLink link) {
    List<OptionalDouble> probabilities = link.probabilities(margins);
    List<RowExplanation> classes = new ArrayList<>();
    for (int output = 0; output < margins.size(); output++) {
      List<RowExplanation.Effect> effects = new ArrayList<>();
      for (int feature = 0; feature < features.size(); feature++) {
        effects.add(
            new RowExplanation.Effect(
                features.get(feature), Optional.empty(), phi.get(output).get(feature)));
      }
      OptionalDouble base =
          link.isOfOneMargin()
              ? link.probabilities(List.of(bases.get(output))).getFirst()
              : OptionalDouble.empty();
      classes.add(
          new RowExplanation(
              output,
              bases.get(output),
              margins.get(output),
              base,
              probabilities.get(output),
              effects));
    }
    return classes;
  }
}
