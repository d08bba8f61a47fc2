package org.primum.explain.value;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// How much of a row's Shapley values is handed on.
///
/// Explanations tell of the data a model learned from and of the row they explain; the fewer and
/// the coarser they are, the less (Shokri, Strobel and Zick 2021, [On the privacy risks of model
/// explanations](https://arxiv.org/abs/1907.00164)). This is no proof of privacy.
///
/// @param top how many values of largest magnitude; 0 for all
/// @param clip values are cut to at most this magnitude; infinite for none
/// @param decimals values are rounded to so many; negative for none
/// @param named how many leading features are named in words; 0 for none
/// @param values which of the features' own values stand beside them
public record ShapleyEmission(int top, double clip, int decimals, int named, Values values) {

  /// Everything, as it was computed.
  public static final ShapleyEmission ALL =
      new ShapleyEmission(0, Double.POSITIVE_INFINITY, -1, 0, Values.NONE);

  /// 12 decimals are more than float64 has for most values.
  private static final int MOST_DECIMALS = 12;

  /// Whose own values are handed on.
  public enum Values {
    NONE,
    /// Of the features whose Shapley values lead in the row.
    TOP,
    ALL
  }

  public ShapleyEmission {
    if (top < 0 || named < 0 || !(clip > 0) || decimals > MOST_DECIMALS) {
      throw new IllegalArgumentException(
          "a part of the values: top %d, clip %s, decimals %d, named %d"
              .formatted(top, clip, decimals, named));
    }
  }

  /// Whether values are withheld or changed, so that sums cannot be made of them again.
  public boolean isLossy() {
    return top > 0 || Double.isFinite(clip) || decimals >= 0;
  }

  /// How many features lead in a row, for those that only leading ones are shown of.
  public int leading() {
    return top > 0 ? top : named;
  }

  /// In words for the metadata of a file; empty where all is handed on.
  public String words() {
    return isLossy()
        ? String.format(
            Locale.ROOT, "top=%s clip=%s decimals=%s", top == 0 ? "all" : top, clip, decimals)
        : "";
  }

  /// What is shown of the values.
  public EmittedValues of(ShapleyValues exact) {
    return new EmittedValues(this, exact);
  }

  /// The features of a row by magnitude, the largest first; ties in the model's order.
  static List<Integer> order(ShapleyValues exact, int row, int output) {
    return IntStream.range(0, exact.features())
        .boxed()
        .sorted(Comparator.comparingDouble(f -> -Math.abs(exact.phi(row, output, f))))
        .toList();
  }

  double shown(double phi) {
    return rounded(Math.clamp(phi, -clip, clip));
  }

  double rounded(double value) {
    if (decimals < 0) {
      return value;
    }
    double scale = Math.pow(10, decimals);
    return Math.rint(value * scale) / scale + 0.0; // + 0.0: never -0.0
  }
}
