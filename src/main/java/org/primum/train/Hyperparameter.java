package org.primum.train;

import org.primum.data.NumberColumn;

/// A number a learner takes.
///
/// @param whole whether only whole numbers make sense
/// @param initial its value where the user gives none
/// @param low the smallest value allowed
/// @param high the largest value allowed
public record Hyperparameter(String name, boolean whole, double initial, double low, double high) {

  static Hyperparameter whole(String name, int initial, int low, int high) {
    return new Hyperparameter(name, true, initial, low, high);
  }

  static Hyperparameter real(String name, double initial, double low, double high) {
    return new Hyperparameter(name, false, initial, low, high);
  }

  /// The canonical text of a value the user wrote.
  ///
  /// @throws IllegalArgumentException where it is no number, not whole, or out of range
  String canonical(String text) {
    double value = parse(text);
    boolean fits = value >= low && value <= high && (!whole || value == Math.rint(value));
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(
              "param %s: a %s from %s to %s, got '%s'",
              name,
              whole ? "whole number" : "number",
              NumberColumn.format(low),
              NumberColumn.format(high),
              text));
    }
    return NumberColumn.format(value);
  }

  private static double parse(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
