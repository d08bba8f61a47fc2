package org.primum.step.explanation;

import org.primum.model.LinearClasses;
import org.primum.model.LinearModel;
import org.primum.model.Scorer;
import org.primum.model.TreeEnsemble;
import org.primum.step.UsageException;

/// What `shap-batch` is asked to take "not knowing a feature" for.
public enum ShapMode {
  AUTO("auto"),
  PATH_DEPENDENT("path-dependent"),
  INTERVENTIONAL("interventional"),
  LINEAR("linear"),
  CORRELATED("correlated"),
  PERMUTATION("permutation"),
  KERNEL("kernel");

  private final String word;

  ShapMode(String word) {
    this.word = word;
  }

  /// The word on the command line.
  @Override
  public String toString() {
    return word;
  }

  /// Whether the model is asked as a black box, whatever it is.
  boolean asksTheModel() {
    return this == PERMUTATION || this == KERNEL;
  }

  /// @param hasBackground whether there are rows to compare with
  /// @throws UsageException where the model cannot be explained that way; the message says how it
  ///   can
  void requireFit(Scorer model, boolean hasBackground) {
    switch (model) {
      case TreeEnsemble _ -> requireFitForTrees(hasBackground);
      case LinearModel _, LinearClasses _ -> {
        if (this == PATH_DEPENDENT) {
          throw new UsageException(
              "--mode=path-dependent follows the branches of trees, and this model is linear;"
                  + " --mode=linear fits it, with or without --background");
        }
      }
      default -> requireFitForBlackBox();
    }
  }

  private void requireFitForBlackBox() {
    switch (this) {
      case AUTO, INTERVENTIONAL, PERMUTATION, KERNEL -> {
        // asked as a black box
      }
      case PATH_DEPENDENT, LINEAR, CORRELATED ->
          throw new UsageException(
              "--mode="
                  + this
                  + " reads the inside of a model, and this one is known by its answers alone;"
                  + " --mode=permutation or --mode=kernel fits it, with --background=TABLE");
    }
  }

  private void requireFitForTrees(boolean hasBackground) {
    switch (this) {
      case AUTO, PATH_DEPENDENT, PERMUTATION, KERNEL -> {
        // always fits: what a background excludes was said before the model was read
      }
      case INTERVENTIONAL -> {
        if (!hasBackground) {
          throw new UsageException(
              "--mode=interventional compares with rows: name them with --background=TABLE;"
                  + " without rows --mode=path-dependent fits this model");
        }
      }
      case LINEAR, CORRELATED ->
          throw new UsageException(
              "--mode="
                  + this
                  + " is for linear models, and this one is of trees; --mode=path-dependent"
                  + " fits it, or --mode=interventional with --background=TABLE");
    }
  }
}
