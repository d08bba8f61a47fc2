package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.primum.data.DataInvalidException;

/// Counts scores by cell while the rows go by: each distinct score by itself until there are too
/// many, then between the edges of a grid.
final class ScoreSlots {

  /// More combinations of group, label and score than this do not fit a tally.
  private static final int MAX_SLOTS = 1 << 23;

  private final ScoreGrid grid;
  private final String table;
  private final boolean weighted;
  private boolean exact = true;

  /// Exact scores by number; empty once the grid is used.
  private final Map<Double, Integer> numbers = new HashMap<>();

  private final List<Double> scores = new ArrayList<>();

  /// Open addressing: cell in the high half and position in the low, plus one; 0 where free.
  private long[] keys = new long[1 << 10];

  private long[] counts;
  private int size;

  /// @param table how messages call the data
  ScoreSlots(ScoreGrid grid, boolean weighted, String table) {
    this.grid = grid;
    this.table = table;
    this.weighted = weighted;
    this.counts = new long[keys.length * stride()];
  }

  private int stride() {
    return weighted ? ScoreCounts.NUMBERS : 1;
  }

  /// @param cell group times three plus label
  /// @param score in [0, 1]
  /// @param weight not negative, below 2^52; without weights, how many rows it stands for
  void add(int cell, double score, double weight) {
    int slot = slot(((long) cell << 32 | position(score)) + 1) * stride();
    counts[slot] += weighted ? 1 : (long) weight;
    if (weighted) {
      long fraction = counts[slot + 2] + ScoreCounts.fraction(weight);
      counts[slot + 1] += (long) weight + (fraction >>> ScoreCounts.FRACTION_BITS);
      counts[slot + 2] = fraction & ((1L << ScoreCounts.FRACTION_BITS) - 1);
    }
  }

  private int position(double score) {
    if (!exact) {
      return grid.index(score);
    }
    Integer known = numbers.get(score + 0.0); // -0.0 is 0.0
    if (known != null) {
      return known;
    }
    if (scores.size() == ScoreScale.MAX_DISTINCT) {
      useGrid();
      return grid.index(score);
    }
    numbers.put(score + 0.0, scores.size());
    scores.add(score + 0.0);
    return scores.size() - 1;
  }

  private void useGrid() {
    long[] old = keys;
    long[] oldCounts = counts;
    exact = false;
    keys = new long[1 << 10];
    counts = new long[keys.length * stride()];
    size = 0;
    for (int i = 0; i < old.length; i++) {
      if (old[i] != 0) {
        long cell = (old[i] - 1) & 0xFFFF_FFFF_0000_0000L;
        int edge = grid.index(scores.get((int) (old[i] - 1)));
        move(oldCounts, i * stride(), slot((cell | edge) + 1) * stride());
      }
    }
    numbers.clear();
    scores.clear();
  }

  private void move(long[] from, int source, int slot) {
    counts[slot] += from[source];
    if (weighted) {
      long fraction = counts[slot + 2] + from[source + 2];
      counts[slot + 1] += from[source + 1] + (fraction >>> ScoreCounts.FRACTION_BITS);
      counts[slot + 2] = fraction & ((1L << ScoreCounts.FRACTION_BITS) - 1);
    }
  }

  private int slot(long key) {
    int slot = find(key);
    if (keys[slot] == 0) {
      if (size * 2 >= keys.length) {
        grow();
        slot = find(key);
      }
      keys[slot] = key;
      size++;
    }
    return slot;
  }

  private int find(long key) {
    int slot = (int) ((key * 0x9E37_79B9_7F4A_7C15L) >>> 32) & (keys.length - 1);
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private void grow() {
    if (size >= MAX_SLOTS) {
      throw new DataInvalidException(
          table
              + ": more than "
              + MAX_SLOTS
              + " combinations of groups and scores; audit fewer attributes at once");
    }
    long[] old = keys;
    long[] oldCounts = counts;
    keys = new long[old.length * 2];
    counts = new long[keys.length * stride()];
    for (int i = 0; i < old.length; i++) {
      if (old[i] != 0) {
        int slot = find(old[i]);
        keys[slot] = old[i];
        System.arraycopy(oldCounts, i * stride(), counts, slot * stride(), stride());
      }
    }
  }

  ScoreScale scale() {
    return exact ? new ScoreScale.Exact() : new ScoreScale.Binned(grid);
  }

  /// The counts of each group.
  ///
  /// @param groups how many there are
  List<ScoreCounts> counts(int groups) {
    ScoreCounts.Builder[] builders = new ScoreCounts.Builder[groups];
    Arrays.setAll(builders, _ -> new ScoreCounts.Builder());
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != 0) {
        int cell = (int) ((keys[i] - 1) >>> 32);
        int position = (int) (keys[i] - 1);
        double at = exact ? scores.get(position) : grid.edge(position);
        long rows = counts[i * stride()];
        builders[cell / ScoreCounts.LABELS].add(
            at,
            cell % ScoreCounts.LABELS,
            rows,
            weighted ? counts[i * stride() + 1] : rows,
            weighted ? counts[i * stride() + 2] : 0);
      }
    }
    return Arrays.stream(builders).map(ScoreCounts.Builder::build).toList();
  }
}
