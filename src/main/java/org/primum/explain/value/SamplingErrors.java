package org.primum.explain.value;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;

/// How sure the values of some rows are, where they were estimated.
public final class SamplingErrors {

  private final int rows;
  private final int features;
  private final double[] errors;
  private final int[] coalitions;
  private final double[] conditions;

  /// @param errors standard errors, in the order of the values they belong to
  /// @param coalitions how many each row asked for
  /// @param conditions of each row's regression
  public SamplingErrors(int features, double[] errors, int[] coalitions, double[] conditions) {
    this.rows = coalitions.length;
    this.features = features;
    this.errors = errors;
    this.coalitions = coalitions;
    this.conditions = conditions;
  }

  /// Puts down what [#read] takes.
  public void addTo(DoubleBuffer numbers) {
    numbers.put(errors);
    for (int asked : coalitions) {
      numbers.put(asked);
    }
    numbers.put(conditions);
  }

  public static SamplingErrors read(DoubleBuffer numbers, int rows, int outputs, int features) {
    double[] errors = ShapleyValues.doubles(numbers, rows * outputs * features);
    int[] coalitions =
        Arrays.stream(ShapleyValues.doubles(numbers, rows)).mapToInt(n -> (int) n).toArray();
    double[] conditions = ShapleyValues.doubles(numbers, rows);
    return new SamplingErrors(features, errors, coalitions, conditions);
  }

  /// Those of several models of one margin each, as of one of several.
  static SamplingErrors stacked(List<SamplingErrors> outputs) {
    SamplingErrors first = outputs.getFirst();
    int[] coalitions = new int[first.rows];
    double[] conditions = new double[first.rows];
    for (SamplingErrors one : outputs) {
      for (int row = 0; row < first.rows; row++) {
        coalitions[row] += one.coalitions[row];
        conditions[row] = Math.max(conditions[row], one.conditions[row]);
      }
    }
    double[] errors = outputs.stream().flatMapToDouble(one -> Arrays.stream(one.errors)).toArray();
    return new SamplingErrors(first.features, errors, coalitions, conditions);
  }

  /// The errors of values of which some are withheld: NaN where the value is.
  SamplingErrors of(ShapleyValues shown) {
    double[] left = new double[errors.length];
    for (int at = 0; at < left.length; at++) {
      int feature = at / rows % features;
      boolean isShown = !Double.isNaN(shown.phi(at % rows, at / rows / features, feature));
      left[at] = isShown ? errors[at] : Double.NaN;
    }
    return new SamplingErrors(features, left, coalitions, conditions);
  }

  public int rows() {
    return rows;
  }

  /// The standard error of a value; exactly 0 where the value is exact.
  public double error(int row, int output, int feature) {
    return errors[(output * features + feature) * rows + row];
  }

  /// The largest standard error of a row's values.
  public double largest(int row) {
    double largest = 0;
    for (int at = row; at < errors.length; at += rows) {
      largest = Math.max(largest, errors[at]);
    }
    return largest;
  }

  /// How many coalitions the model was asked for, each with every background row.
  public int coalitions(int row) {
    return coalitions[row];
  }

  /// The condition number of the row's regression, at least 1; 1 where there was none.
  public double condition(int row) {
    return conditions[row];
  }
}
