package org.primum.explain.summary;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.primum.explain.value.FixedPoint;

/// How many rows a group has, and of their Shapley values by output and feature the sums, the sums
/// of magnitudes and of squares, and how they are distributed. Sums of disjoint rows add up
/// exactly, in any order.
public final class ShapleySums {

  private static final int WORDS = 7;
  private static final int MAGNITUDES = 2;
  private static final int SQUARES = 4;

  private final int features;
  private final long[] words;
  private final ShapleySketch[] sketches;
  private long rows;

  ShapleySums(int outputs, int features) {
    this.features = features;
    int cells = Math.multiplyExact(outputs, features);
    this.words = new long[Math.multiplyExact(WORDS, cells)];
    this.sketches = new ShapleySketch[cells];
    java.util.Arrays.setAll(sketches, _ -> new ShapleySketch());
  }

  /// Counts a row whose values are added one by one.
  void addRow() {
    rows = Math.incrementExact(rows);
  }

  /// Adds the value of a row that was counted.
  void add(int output, int feature, double phi) {
    int at = at(output, feature);
    FixedPoint.add(words, at, phi);
    FixedPoint.add(words, at + MAGNITUDES, Math.abs(phi));
    FixedPoint.addWide(words, at + SQUARES, phi * phi);
    sketches[output * features + feature].add(phi);
  }

  void merge(ShapleySums other) {
    rows = Math.addExact(rows, other.rows);
    for (int at = 0; at < words.length; at += WORDS) {
      FixedPoint.add(words, at, other.words[at], other.words[at + 1]);
      int magnitudes = at + MAGNITUDES;
      FixedPoint.add(words, magnitudes, other.words[magnitudes], other.words[magnitudes + 1]);
      int squares = at + SQUARES;
      long[] more = other.words;
      FixedPoint.addWide(words, squares, more[squares], more[squares + 1], more[squares + 2]);
    }
    for (int cell = 0; cell < sketches.length; cell++) {
      sketches[cell].merge(other.sketches[cell]);
    }
  }

  /// The sums of all rows that are not in the other one, which is a part of this one. Without its
  /// distributions.
  ShapleySums minus(ShapleySums part) {
    ShapleySums rest = new ShapleySums(sketches.length / Math.max(1, features), features);
    System.arraycopy(words, 0, rest.words, 0, words.length);
    for (int at = 0; at < words.length; at += WORDS) {
      FixedPoint.subtract(rest.words, at, part.words, 2);
      FixedPoint.subtract(rest.words, at + MAGNITUDES, part.words, 2);
      FixedPoint.subtract(rest.words, at + SQUARES, part.words, 3);
    }
    rest.rows = rows - part.rows;
    return rest;
  }

  public long rows() {
    return rows;
  }

  /// The mean magnitude as an estimate; there must be a row.
  MeanEstimate magnitude(int output, int feature) {
    double variance = rows < 2 ? 0 : varianceAbs(output, feature);
    return new MeanEstimate(meanAbs(output, feature), variance, rows);
  }

  /// The mean Shapley value; there must be a row.
  double mean(int output, int feature) {
    return FixedPoint.mean(words, at(output, feature), rows);
  }

  /// The mean magnitude, at least 0; there must be a row.
  double meanAbs(int output, int feature) {
    return FixedPoint.mean(words, at(output, feature) + MAGNITUDES, rows);
  }

  /// The sample variance of the values; there must be two rows.
  double variance(int output, int feature) {
    int at = at(output, feature);
    return FixedPoint.variance(words, at, at + SQUARES, rows);
  }

  /// The sample variance of the magnitudes; there must be two rows.
  double varianceAbs(int output, int feature) {
    int at = at(output, feature);
    return FixedPoint.variance(words, at + MAGNITUDES, at + SQUARES, rows);
  }

  /// How the values of a feature are distributed.
  ShapleyDistribution distribution(int output, int feature) {
    return sketches[output * features + feature].distribution();
  }

  /// What a run is compared by with another; there must be a row.
  ///
  /// @param told how finely values are told
  FeatureProfile profile(
      String name, int output, int feature, Function<ShapleyDistribution, ShapleyProfile> told) {
    return new FeatureProfile(
        name,
        magnitude(output, feature),
        rows < 2 ? 0 : variance(output, feature),
        told.apply(distribution(output, feature)));
  }

  private int at(int output, int feature) {
    return (output * features + feature) * WORDS;
  }

  /// First the sums as big-endian words: for each output and feature the sum and the sum of
  /// magnitudes, each as 64 bits before and 64 bits behind the point, and the sum of squares, as
  /// 128 and 64. Then their sketches in the same order.
  public byte[] bytes() {
    ByteBuffer sums = ByteBuffer.allocate(words.length * Long.BYTES);
    sums.asLongBuffer().put(words);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(sums.array());
    for (ShapleySketch sketch : sketches) {
      sketch.write(bytes);
    }
    return bytes.toByteArray();
  }

  /// Restores what [#bytes] wrote.
  ///
  /// @throws IllegalArgumentException where the number of bytes or rows does not fit
  static ShapleySums of(int outputs, int features, long rows, byte[] bytes) {
    ShapleySums sums = new ShapleySums(outputs, features);
    int length = sums.words.length * Long.BYTES;
    if (bytes.length < length || rows < 0) {
      throw new IllegalArgumentException(
          "sums of " + features + " features take " + length + " bytes, got " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    buffer.asLongBuffer().get(sums.words);
    buffer.position(length);
    for (ShapleySketch sketch : sums.sketches) {
      sketch.read(buffer, rows);
    }
    if (buffer.hasRemaining()) {
      throw new IllegalArgumentException("sums with " + buffer.remaining() + " bytes too many");
    }
    sums.rows = rows;
    return sums;
  }
}
