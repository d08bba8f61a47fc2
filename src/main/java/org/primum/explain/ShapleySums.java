package org.primum.explain;

import java.nio.ByteBuffer;

/// How many rows a group has, and the sums of their Shapley values and magnitudes by output and
/// feature. Sums of disjoint rows add up exactly, in any order.
public final class ShapleySums {

  private static final int WORDS = 4;

  private final int features;
  private final long[] words;
  private long rows;

  ShapleySums(int outputs, int features) {
    this.features = features;
    this.words = new long[Math.multiplyExact(WORDS, Math.multiplyExact(outputs, features))];
  }

  void add(ShapleyValues values, int row) {
    rows++;
    for (int output = 0; output < values.outputs(); output++) {
      for (int feature = 0; feature < features; feature++) {
        double phi = values.phi(row, output, feature);
        int at = at(output, feature);
        FixedPoint.add(words, at, phi);
        FixedPoint.add(words, at + 2, Math.abs(phi));
      }
    }
  }

  void merge(ShapleySums other) {
    rows += other.rows;
    for (int at = 0; at < words.length; at += 2) {
      FixedPoint.add(words, at, other.words[at], other.words[at + 1]);
    }
  }

  public long rows() {
    return rows;
  }

  /// The mean Shapley value; there must be a row.
  double mean(int output, int feature) {
    return FixedPoint.mean(words, at(output, feature), rows);
  }

  /// The mean magnitude, at least 0; there must be a row.
  double meanAbs(int output, int feature) {
    return FixedPoint.mean(words, at(output, feature) + 2, rows);
  }

  private int at(int output, int feature) {
    return (output * features + feature) * WORDS;
  }

  /// The sums as big-endian words: for each output and feature the sum and the sum of magnitudes,
  /// each as 64 bits before and 64 bits behind the point.
  public byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
    bytes.asLongBuffer().put(words);
    return bytes.array();
  }

  /// Restores what [#bytes] wrote.
  ///
  /// @throws IllegalArgumentException where the number of bytes or rows does not fit
  static ShapleySums of(int outputs, int features, long rows, byte[] bytes) {
    ShapleySums sums = new ShapleySums(outputs, features);
    if (bytes.length != sums.words.length * Long.BYTES || rows < 0) {
      throw new IllegalArgumentException(
          "sums of "
              + features
              + " features take "
              + (long) sums.words.length * Long.BYTES
              + " bytes, got "
              + bytes.length);
    }
    ByteBuffer.wrap(bytes).asLongBuffer().get(sums.words);
    sums.rows = rows;
    return sums;
  }
}
