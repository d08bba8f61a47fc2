package org.primum.step;

import org.primum.model.LinearModel;
import org.primum.model.Scorer;
import org.primum.model.TreeEnsemble;

/// What `shap-batch` is asked to take "not knowing a feature" for.
public enum ShapMode {
  AUTO("auto"),
  PATH_DEPENDENT("path-dependent"),
  INTERVENTIONAL("interventional"),
  LINEAR("linear");

  private final String word;

  ShapMode(String word) {
    this.word = word;
  }

  /// The word on the command line.
  @Override
  public String toString() {
    return word;
  }

  /// @param hasBackground whether there are rows to compare with
  /// @throws UsageException where the model cannot be explained that way; the message says how it
  ///   can
  void requireFit(Scorer model, boolean hasBackground) {
    switch (model) {
      case TreeEnsemble _ -> requireFitForTrees(hasBackground);
      case LinearModel _ -> {
        if (this == PATH_DEPENDENT) {
          throw new UsageException(
              "--mode=path-dependent follows the branches of trees, and this model is linear;"
                  + " --mode=linear fits it, with or without --background");
        }
      }
      default -> {
        // explained in no mode: the explainer says so
      }
    }
  }

  private void requireFitForTrees(boolean hasBackground) {
    switch (this) {
      case AUTO, PATH_DEPENDENT -> {
        // always fits: what a background excludes was said before the model was read
      }
      case INTERVENTIONAL -> {
        if (!hasBackground) {
          throw new UsageException(
              "--mode=interventional compares with rows: name them with --background=TABLE;"
                  + " without rows --mode=path-dependent fits this model");
        }
      }
      case LINEAR ->
          throw new UsageException(
              "--mode=linear is for linear models, and this one is of trees; --mode=path-dependent"
                  + " fits it, or --mode=interventional with --background=TABLE");
    }
  }
}
