package org.primum.explain.value;

/// Shapley values that do not add up to the margin: a fault in this program, never in the data.
public final class AdditivityException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param error the relative error that was found
  AdditivityException(double error) {
    super(
        "the Shapley values of a row miss the model's margin by "
            + error
            + " (relative), more than "
            + ShapleyValues.ADDITIVITY_LIMIT
            + "; this is a fault of the program, and no values were written: please report it with"
            + " the model file");
  }
}
