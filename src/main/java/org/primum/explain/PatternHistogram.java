package org.primum.explain;

/// The distinct patterns of the background at one leaf, in order, and how many rows have each.
final class PatternHistogram {

  private final int words;
  private final long[] patterns;
  private final int[] counts;

  /// @param words of each pattern
  PatternHistogram(int words, long[] patterns, int[] counts) {
    this.words = words;
    this.patterns = patterns;
    this.counts = counts;
  }

  /// Number of distinct patterns.
  int size() {
    return counts.length;
  }

  /// Bit `j` of word `j / 64` is that of feature `j`.
  long word(int entry, int word) {
    return patterns[entry * words + word];
  }

  int count(int entry) {
    return counts[entry];
  }
}
