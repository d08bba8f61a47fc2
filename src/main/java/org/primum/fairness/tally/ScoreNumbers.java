package org.primum.fairness.tally;

/// Numbers distinct scores in the order they are met, up to [ScoreScale#MAX_DISTINCT].
final class ScoreNumbers {

  /// What [#of] says where there are too many.
  static final int TOO_MANY = -1;

  private static final int SLOTS = ScoreScale.MAX_DISTINCT * 2;

  /// Open addressing: the bits of a score plus one, or 0.
  private final long[] keys = new long[SLOTS];

  private final short[] numbers = new short[SLOTS];
  private final double[] scores = new double[ScoreScale.MAX_DISTINCT];
  private int size;

  int size() {
    return size;
  }

  double score(int number) {
    return scores[number];
  }

  /// The number of a score, a new one where it was not met.
  ///
  /// @param score in [0, 1]
  int of(double score) {
    long key = Double.doubleToRawLongBits(score + 0.0) + 1; // -0.0 is 0.0
    int slot = (int) ((key * 0x9E37_79B9_7F4A_7C15L) >>> 40) & (SLOTS - 1);
    while (keys[slot] != key) {
      if (keys[slot] == 0) {
        return add(slot, key, score + 0.0);
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return numbers[slot];
  }

  private int add(int slot, long key, double score) {
    if (size == ScoreScale.MAX_DISTINCT) {
      return TOO_MANY;
    }
    keys[slot] = key;
    numbers[slot] = (short) size;
    scores[size] = score;
    return size++;
  }
}
