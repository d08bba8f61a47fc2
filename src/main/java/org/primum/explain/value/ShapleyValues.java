package org.primum.explain.value;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The Shapley values of some rows: how much each feature moved the model's margin away from the
/// base value, for every row, output (class) and feature, in float64 on the margin scale; or on
/// that of the probability, which is then what `margin` means here.
public final class ShapleyValues {

  /// How far base value and Shapley values may be from the margin, relative to `max(1, |margin|)`.
  public static final double ADDITIVITY_LIMIT = 1e-6;

  private final int rows;
  private final int outputs;
  private final int features;
  private final double[] baseValues;
  private final double[] margins;
  private final double[] values;
  private final Optional<SamplingErrors> errors;
  private final Optional<InteractionValues> interactions;

  /// @param baseValues one for each output
  /// @param margins what the model itself says of each row, `rows * outputs` long, row after row
  /// @param values `outputs * features * rows` long: all rows of one feature of one output are
  ///   neighbours
  public ShapleyValues(int features, double[] baseValues, double[] margins, double[] values) {
    this(features, baseValues, margins, values, Optional.empty(), Optional.empty());
  }

  private ShapleyValues(
      int features,
      double[] baseValues,
      double[] margins,
      double[] values,
      Optional<SamplingErrors> errors,
      Optional<InteractionValues> interactions) {
    this.features = features;
    this.outputs = baseValues.length;
    this.rows = margins.length / outputs;
    this.baseValues = baseValues;
    this.margins = margins;
    this.values = values;
    this.errors = errors;
    this.interactions = interactions;
  }

  /// The values of several models of one margin each, as those of one of several.
  public static ShapleyValues stacked(List<ShapleyValues> outputs) {
    int rows = outputs.getFirst().rows;
    double[] margins = new double[rows * outputs.size()];
    for (int output = 0; output < outputs.size(); output++) {
      for (int row = 0; row < rows; row++) {
        margins[row * outputs.size() + output] = outputs.get(output).margin(row, 0);
      }
    }
    ShapleyValues stacked =
        new ShapleyValues(
            outputs.getFirst().features,
            outputs.stream().mapToDouble(one -> one.baseValue(0)).toArray(),
            margins,
            outputs.stream().flatMapToDouble(one -> Arrays.stream(one.values)).toArray());
    List<SamplingErrors> errors = outputs.stream().flatMap(one -> one.errors.stream()).toList();
    return errors.isEmpty() ? stacked : stacked.with(SamplingErrors.stacked(errors));
  }

  /// The same values as estimates.
  public ShapleyValues with(SamplingErrors errors) {
    return new ShapleyValues(
        features, baseValues, margins, values, Optional.of(errors), interactions);
  }

  /// The same values beside how pairs of their features interact.
  public ShapleyValues with(InteractionValues found) {
    return new ShapleyValues(features, baseValues, margins, values, errors, Optional.of(found));
  }

  /// How pairs of features interact, where that was found on the way to the values.
  public Optional<InteractionValues> interactions() {
    return interactions;
  }

  /// How sure the values are; empty where they are exact by construction.
  public Optional<SamplingErrors> errors() {
    return errors;
  }

  /// Values that were computed and written before.
  ///
  /// @param baseValues one for each output
  /// @param margins `rows * outputs` long, row after row
  /// @param values all rows of one feature of one output are neighbours
  public static ShapleyValues of(
      int features, double[] baseValues, double[] margins, double[] values) {
    if (values.length != (long) margins.length * features) {
      throw new IllegalArgumentException("every row, output and feature has one value");
    }
    return new ShapleyValues(features, baseValues, margins, values);
  }

  /// Puts down margins and values in the order that [#of] takes.
  public void addTo(DoubleBuffer numbers) {
    numbers.put(margins).put(values);
  }

  public int rows() {
    return rows;
  }

  /// The number of margins the model gives: its classes, or 1.
  public int outputs() {
    return outputs;
  }

  public int features() {
    return features;
  }

  /// The margin before anything is known of a row.
  public double baseValue(int output) {
    return baseValues[output];
  }

  /// The model's margin of a row, computed without the Shapley values.
  public double margin(int row, int output) {
    return margins[row * outputs + output];
  }

  /// The Shapley value of a feature; exactly 0 for a feature the model does not use.
  public double phi(int row, int output, int feature) {
    return values[(output * features + feature) * rows + row];
  }

  /// The sums over groups of features.
  ///
  /// @param groupOf the group of each feature
  ShapleyValues summed(int[] groupOf, int groups) {
    double[] sums = new double[outputs * groups * rows];
    for (int output = 0; output < outputs; output++) {
      for (int feature = 0; feature < features; feature++) {
        int from = (output * features + feature) * rows;
        int to = (output * groups + groupOf[feature]) * rows;
        for (int row = 0; row < rows; row++) {
          sums[to + row] += values[from + row];
        }
      }
    }
    return new ShapleyValues(groups, baseValues, margins, sums);
  }

  /// `|base value + sum of Shapley values - margin| / max(1, |margin|)`: 0 is perfect (the
  /// efficiency axiom, Shapley 1953).
  public double additivityError(int row, int output) {
    double sum = baseValues[output];
    for (int feature = 0; feature < features; feature++) {
      sum += phi(row, output, feature);
    }
    double margin = margin(row, output);
    return Math.abs(sum - margin) / Math.max(1, Math.abs(margin));
  }

  /// Refuses to hand on values that do not add up.
  ///
  /// @throws AdditivityException where a row's error exceeds [#ADDITIVITY_LIMIT] or is no number
  public void requireAdditivity() {
    for (int row = 0; row < rows; row++) {
      for (int output = 0; output < outputs; output++) {
        double error = additivityError(row, output);
        if (!(error <= ADDITIVITY_LIMIT)) {
          throw new AdditivityException(error);
        }
      }
    }
  }

  /// The next numbers of a file of values.
  public static double[] doubles(DoubleBuffer numbers, int count) {
    double[] taken = new double[count];
    numbers.get(taken);
    return taken;
  }
}
