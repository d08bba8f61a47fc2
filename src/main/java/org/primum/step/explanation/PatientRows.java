package org.primum.step.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.primum.data.Batch;
import org.primum.data.NumberColumn;
import org.primum.data.TextColumn;
import org.primum.explain.value.RowExplanation;

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
      double moved = margins.get(output) - bases.get(output);
      List<RowExplanation.Effect> effects = effects(features, phi.get(output), moved);
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

  /// What each feature moved, and what those moved together whose values are withheld.
  private static List<RowExplanation.Effect> effects(
      List<String> features, List<Double> phi, double moved) {
    List<RowExplanation.Effect> effects = new ArrayList<>();
    double left = moved;
    for (int feature = 0; feature < features.size(); feature++) {
      double one = phi.get(feature);
      if (!Double.isNaN(one)) {
        effects.add(new RowExplanation.Effect(features.get(feature), Optional.empty(), one));
        left -= one;
      }
    }
    int withheld = features.size() - effects.size();
    if (withheld > 0) {
      String name = withheld + (withheld == 1 ? " feature" : " features") + ", withheld";
      effects.add(new RowExplanation.Effect(name, Optional.empty(), left));
    }
    return effects;
  }
}
