package org.primum.explain.summary;

import java.nio.ByteBuffer;
import org.primum.explain.value.FixedPoint;
import org.primum.explain.value.InteractionValues;

/// The sums of the magnitudes of interactions by output and pair, and the lines that were written
/// of them: how many, and the sum of their magnitudes. Sums of disjoint rows add up exactly, in any
/// order.
public final class InteractionSums {

  private static final int WORDS = 2;

  private final int outputs;
  private final int pairs;

  /// The sum of each pair and then of the lines: [FixedPoint].
  private final long[] words;

  private long rows;
  private long lines;

  public InteractionSums(int outputs, int pairs) {
    this.outputs = outputs;
    this.pairs = pairs;
    this.words = new long[WORDS * (Math.multiplyExact(outputs, pairs) + 1)];
  }

  /// Adds rows.
  public void add(InteractionValues values) {
    rows += values.rows();
    for (int output = 0; output < outputs; output++) {
      for (int pair = 0; pair < pairs; pair++) {
        int at = WORDS * (output * pairs + pair);
        for (int row = 0; row < values.rows(); row++) {
          FixedPoint.add(words, at, Math.abs(values.value(row, output, pair)));
        }
      }
    }
  }

  /// Counts a line that was written.
  public void addLine(double value) {
    lines++;
    FixedPoint.add(words, words.length - WORDS, Math.abs(value));
  }

  /// Adds the rows of other sums of the same shape.
  public void merge(InteractionSums other) {
    if (outputs != other.outputs || pairs != other.pairs) {
      throw new IllegalArgumentException("sums of other outputs or pairs");
    }
    rows += other.rows;
    lines += other.lines;
    for (int at = 0; at < words.length; at += WORDS) {
      FixedPoint.add(words, at, other.words[at], other.words[at + 1]);
    }
  }

  /// Whether the same lines were written, as far as their number and sum tell.
  public boolean hasLinesOf(InteractionSums other) {
    int at = words.length - WORDS;
    int to = other.words.length - WORDS;
    return lines == other.lines
        && words[at] == other.words[to]
        && words[at + 1] == other.words[to + 1];
  }

  public int outputs() {
    return outputs;
  }

  public int pairs() {
    return pairs;
  }

  public long rows() {
    return rows;
  }

  public long lines() {
    return lines;
  }

  /// The mean magnitude of a pair, at least 0; there must be a row.
  public double meanAbs(int output, int pair) {
    return FixedPoint.mean(words, WORDS * (output * pairs + pair), rows);
  }

  /// The sums as big-endian words: for each output and pair the sum of magnitudes, then that of the
  /// lines, each as 64 bits before and 64 bits behind the point.
  public byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
    bytes.asLongBuffer().put(words);
    return bytes.array();
  }

  /// Restores what [#bytes] wrote.
  ///
  /// @throws IllegalArgumentException where the number of bytes, rows or lines does not fit
  public static InteractionSums of(int outputs, int pairs, long rows, long lines, byte[] bytes) {
    long size = (Math.multiplyFull(outputs, pairs) + 1) * WORDS * Long.BYTES;
    if (bytes.length != size || rows < 0 || lines < 0) {
      throw new IllegalArgumentException(
          "sums of " + pairs + " pairs take " + size + " bytes, got " + bytes.length);
    }
    InteractionSums sums = new InteractionSums(outputs, pairs);
    ByteBuffer.wrap(bytes).asLongBuffer().get(sums.words);
    sums.rows = rows;
    sums.lines = lines;
    return sums;
  }
}
