package org.primum.explain.background;

/// The distinct patterns of the background at one leaf, in order, and how many rows have each.
public final class PatternHistogram {

  private final int words;
  private final long[] patterns;
  private final int[] counts;
  private final int groups;

  /// Which entries have a bit: group `g` of bit `j` at `j * groups + g`. Empty for longer patterns.
  private final long[] sets;

  /// @param features how many bits a pattern has
  /// @param patterns of as many words as the bits take, one at least
  public PatternHistogram(int features, long[] patterns, int[] counts) {
    this.words = Math.max(1, (features + 63) / 64);
    this.patterns = patterns;
    this.counts = counts;
    this.groups = (counts.length + 63) / 64;
    this.sets = new long[words == 1 ? features * groups : 0];
    for (int entry = 0; entry < counts.length && words == 1; entry++) {
      for (long left = patterns[entry]; left != 0; left &= left - 1) {
        int bit = Long.numberOfTrailingZeros(left);
        sets[bit * groups + entry / 64] |= 1L << entry;
      }
    }
  }

  /// Number of distinct patterns.
  public int size() {
    return counts.length;
  }

  /// Bit `j` of word `j / 64` is that of feature `j`.
  public long word(int entry, int word) {
    return patterns[entry * words + word];
  }

  /// Which of the entries from `64 * group` on have every bit of `lacking`: bit `i` is entry `64 *
  /// group + i`. For patterns of one word.
  ///
  /// @param flip bits that are asked for the other way round
  long having(long lacking, long flip, int group) {
    int last = size() - 64 * group;
    long found = last >= 64 ? -1L : (1L << last) - 1;
    for (long left = lacking; left != 0 && found != 0; left &= left - 1) {
      int bit = Long.numberOfTrailingZeros(left);
      long set = sets[bit * groups + group];
      found &= (flip >>> bit & 1) == 0 ? set : ~set;
    }
    return found;
  }

  /// How many groups of 64 entries there are.
  int groups() {
    return groups;
  }

  public int count(int entry) {
    return counts[entry];
  }
}
