package org.primum.step.explanation;

import java.io.IOException;
import java.util.Optional;
import org.primum.data.Batch;
import org.primum.document.ShapleyInteractions;
import org.primum.explain.Explainer;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;
import org.primum.step.StepContext;

/// How features interact, found while rows pass.
interface ShapInteractions extends AutoCloseable {

  /// Explains rows.
  ///
  /// @param rows the table's own; the id is its first column, unless rows are numbered
  /// @param explained what was found of the rows: their values, of groups where pairs are of
  ///   groups, and perhaps their interactions
  void take(Batch rows, boolean isNumbered, FeatureMatrix values, ShapleyValues explained)
      throws IOException;

  /// What the shard says of them; empty where none were asked for.
  Optional<ShapleyInteractions> found();

  @Override
  void close() throws IOException;

  /// Starts.
  ///
  /// @param pairs what `choice` means for the model
  /// @param beside the rows themselves
  static ShapInteractions open(
      InteractionChoice choice,
      Explainer explainer,
      FeaturePairs pairs,
      ShapTable beside,
      StepContext context)
      throws IOException {
    return choice instanceof InteractionChoice.None
        ? new Unasked()
        : WrittenInteractions.open(choice, explainer.interactions(pairs), beside, context);
  }

  /// Where none are asked for.
  record Unasked() implements ShapInteractions {

    @Override
    public void take(
        Batch rows, boolean isNumbered, FeatureMatrix values, ShapleyValues explained) {
      // nothing was asked
    }

    @Override
    public Optional<ShapleyInteractions> found() {
      return Optional.empty();
    }

    @Override
    public void close() {
      // nothing was opened
    }
  }
}
