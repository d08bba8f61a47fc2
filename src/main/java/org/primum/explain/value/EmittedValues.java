package org.primum.explain.value;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The Shapley values of some rows as they are handed on.
public final class EmittedValues {

  private final ShapleyEmission emission;
  private final ShapleyValues exact;
  private final ShapleyValues shown;
  private final double[] rest;
  private final BitSet leading = new BitSet();

  EmittedValues(ShapleyEmission emission, ShapleyValues exact) {
    this.emission = emission;
    this.exact = exact;
    this.rest = new double[emission.top() > 0 ? exact.rows() * exact.outputs() : 0];
    this.shown = emission.isLossy() ? withheld() : exact;
    if (emission.values() == ShapleyEmission.Values.TOP) {
      lead();
    }
  }

  private void lead() {
    for (int row = 0; row < exact.rows(); row++) {
      for (int output = 0; output < exact.outputs(); output++) {
        List<Integer> order = ShapleyEmission.order(exact, row, output);
        for (int feature : order.subList(0, Math.min(emission.leading(), order.size()))) {
          leading.set(place(row, output, feature));
        }
      }
    }
  }

  private int place(int row, int output, int feature) {
    return (output * exact.features() + feature) * exact.rows() + row;
  }

  private ShapleyValues withheld() {
    int rows = exact.rows();
    int outputs = exact.outputs();
    int features = exact.features();
    double[] values = new double[rows * outputs * features];
    double[] margins = new double[rows * outputs];
    double[] baseValues = new double[outputs];
    for (int output = 0; output < outputs; output++) {
      baseValues[output] = exact.baseValue(output);
      for (int row = 0; row < rows; row++) {
        margins[row * outputs + output] = exact.margin(row, output);
        for (int feature = 0; feature < features; feature++) {
          double phi = exact.phi(row, output, feature);
          values[place(row, output, feature)] = emission.shown(phi);
        }
        if (emission.top() > 0) {
          withhold(values, row, output);
        }
      }
    }
    ShapleyValues left = ShapleyValues.of(features, baseValues, margins, values);
    return exact.errors().map(errors -> left.with(errors.of(left))).orElse(left);
  }

  private void withhold(double[] values, int row, int output) {
    List<Integer> order = ShapleyEmission.order(exact, row, output);
    double sum = 0;
    for (int feature : order.subList(Math.min(emission.top(), order.size()), order.size())) {
      sum += exact.phi(row, output, feature);
      values[place(row, output, feature)] = Double.NaN;
    }
    rest[row * exact.outputs() + output] = emission.rounded(sum);
  }

  /// The values that are shown; NaN for one that is withheld.
  public ShapleyValues shown() {
    return shown;
  }

  /// The sum of a row's values that are withheld because they are not among its largest.
  public double rest(int row, int output) {
    return rest[row * exact.outputs() + output];
  }

  /// How far what is shown misses the margin, relative to `max(1, |margin|)`: what clipping and
  /// rounding have taken.
  public double additivityError(int row, int output) {
    if (!emission.isLossy()) {
      return exact.additivityError(row, output);
    }
    double sum = exact.baseValue(output) + (emission.top() > 0 ? rest(row, output) : 0);
    for (int feature = 0; feature < exact.features(); feature++) {
      double phi = shown.phi(row, output, feature);
      sum += Double.isNaN(phi) ? 0 : phi;
    }
    double margin = exact.margin(row, output);
    return Math.abs(sum - margin) / Math.max(1, Math.abs(margin));
  }

  /// Whether a feature is among the row's leading ones, where only those show their own values.
  public boolean leads(int row, int output, int feature) {
    return leading.get(place(row, output, feature));
  }

  /// The leading features of a row with what is shown of them: `lactate:+1.826;age:-0.5`.
  ///
  /// @param features names; a colon, semicolon or backslash in one has a backslash before it
  public String leading(int row, int output, List<String> features) {
    return ShapleyEmission.order(exact, row, output).stream()
        .limit(emission.named())
        .filter(feature -> !Double.isNaN(shown.phi(row, output, feature)))
        .map(f -> escaped(features.get(f)) + ":" + number(shown.phi(row, output, f)))
        .collect(Collectors.joining(";"));
  }

  private static String escaped(String name) {
    return name.replaceAll("([\\\\:;])", "\\\\$1");
  }

  private static String number(double phi) {
    return String.format(Locale.ROOT, "%+.4g", phi);
  }
}
