package org.primum.explain.summary;

import java.nio.ByteBuffer;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.FixedPoint;
import org.primum.explain.value.InteractionValues;
import org.primum.explain.value.ShapleyValues;

/// The sums of the magnitudes of what each feature does alone, by output and feature: its Shapley
/// value without its halves of all pairs, the diagonal of the matrix of interactions (Lundberg et
/// al. 2020, "From local explanations to global understanding with explainable AI for trees",
/// equation 3). Sums of disjoint rows add up exactly, in any order.
public final class MainEffects {

  private static final int WORDS = 2;

  private final int outputs;
  private final int features;

  /// The sum of each output and feature: [FixedPoint].
  private final long[] words;

  private long rows;

  public MainEffects(int outputs, int features) {
    this.outputs = outputs;
    this.features = features;
    this.words = new long[WORDS * Math.multiplyExact(outputs, features)];
  }

  /// Adds rows.
  ///
  /// @param values of features, or of groups of them, as the pairs name them
  /// @param first the position among them of the first row of `found`
  /// @param found of all pairs that interact
  public void add(ShapleyValues values, int first, InteractionValues found, FeaturePairs pairs) {
    rows += found.rows();
    double[] alone = new double[features];
    for (int row = 0; row < found.rows(); row++) {
      for (int output = 0; output < outputs; output++) {
        for (int feature = 0; feature < features; feature++) {
          alone[feature] = values.phi(first + row, output, feature);
        }
        for (int pair = 0; pair < pairs.size(); pair++) {
          double half = found.value(row, output, pair);
          alone[pairs.first(pair)] -= half;
          alone[pairs.second(pair)] -= half;
        }
        add(output, alone);
      }
    }
  }

  private void add(int output, double[] alone) {
    for (int feature = 0; feature < features; feature++) {
      FixedPoint.add(words, WORDS * (output * features + feature), Math.abs(alone[feature]));
    }
  }

  /// Adds the rows of other sums of the same shape.
  public void merge(MainEffects other) {
    if (outputs != other.outputs || features != other.features) {
      throw new IllegalArgumentException("main effects of other outputs or features");
    }
    rows += other.rows;
    for (int at = 0; at < words.length; at += WORDS) {
      FixedPoint.add(words, at, other.words[at], other.words[at + 1]);
    }
  }

  /// The mean magnitude of what a feature does alone, at least 0; 0 without rows.
  public double meanAbs(int output, int feature) {
    return rows == 0 ? 0 : FixedPoint.mean(words, WORDS * (output * features + feature), rows);
  }

  /// The sums as big-endian words, each as 64 bits before and 64 bits behind the point.
  public byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
    bytes.asLongBuffer().put(words);
    return bytes.array();
  }

  /// Restores what [#bytes] wrote.
  ///
  /// @throws IllegalArgumentException where the number of bytes or rows does not fit
  public static MainEffects of(int outputs, int features, long rows, byte[] bytes) {
    long size = Math.multiplyFull(outputs, features) * WORDS * Long.BYTES;
    if (bytes.length != size || rows < 0) {
      throw new IllegalArgumentException(
          "main effects of " + features + " features do not take " + bytes.length + " bytes");
    }
    MainEffects effects = new MainEffects(outputs, features);
    ByteBuffer.wrap(bytes).asLongBuffer().get(effects.words);
    effects.rows = rows;
    return effects;
  }
}
