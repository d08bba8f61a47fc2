package org.primum.explain.summary;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many rows each group of one attribute shares with each group of another: what tells whether
/// groups of the one make up a group of the other.
public final class GroupsTogether {

  /// Rows that are in a group of either attribute.
  ///
  /// @param first value of the first attribute
  /// @param second value of the second
  public record Shared(String first, String second, long rows) {
    public Shared {
      if (rows < 1) {
        throw new IllegalArgumentException("groups that share no row are not listed");
      }
    }
  }

  private final int attributes;
  private final List<SortedMap<String, Integer>> places = new ArrayList<>();
  private final BitSet leftOut = new BitSet();

  /// By the first attribute and the second behind it, then by the places of their groups.
  private final long[][][][] counts;

  GroupsTogether(int attributes) {
    this.attributes = attributes;
    int most = ShapleyTally.MAX_GROUPS;
    this.counts = new long[attributes][attributes][][];
    for (int first = 0; first < attributes; first++) {
      places.add(new TreeMap<>());
      for (int second = first + 1; second < attributes; second++) {
        counts[first][second] = new long[most][most];
      }
    }
  }

  /// The place of a group, the same from its first row on.
  int place(int attribute, String value) {
    SortedMap<String, Integer> known = places.get(attribute);
    return known.computeIfAbsent(value, _ -> known.size());
  }

  /// An attribute with too many groups is not told of.
  void leaveOut(int attribute) {
    leftOut.set(attribute);
  }

  /// Counts rows.
  ///
  /// @param ofRow by attribute the place of each row's group; not read of those that are left out
  void add(int[][] ofRow, int rows) {
    for (int first = leftOut.nextClearBit(0);
        first < attributes;
        first = leftOut.nextClearBit(first + 1)) {
      for (int second = leftOut.nextClearBit(first + 1);
          second < attributes;
          second = leftOut.nextClearBit(second + 1)) {
        long[][] pair = counts[first][second];
        for (int row = 0; row < rows; row++) {
          pair[ofRow[first][row]][ofRow[second][row]]++;
        }
      }
    }
  }

  void add(int first, int second, Shared shared) {
    long[] row = counts[first][second][place(first, shared.first())];
    int at = place(second, shared.second());
    row[at] = Math.addExact(row[at], shared.rows());
  }

  /// Adds those of other rows, of attributes that are not left out.
  void merge(GroupsTogether other) {
    for (int first = 0; first < attributes; first++) {
      for (int second = first + 1; second < attributes; second++) {
        for (Shared shared : other.of(first, second)) {
          if (!leftOut.get(first) && !leftOut.get(second)) {
            add(first, second, shared);
          }
        }
      }
    }
  }

  /// What groups of two attributes share, in the order of their values; nothing where one of them
  /// is left out.
  ///
  /// @param second behind the first
  public List<Shared> of(int first, int second) {
    List<Shared> shared = new ArrayList<>();
    if (leftOut.get(first) || leftOut.get(second)) {
      return shared;
    }
    for (Map.Entry<String, Integer> one : places.get(first).entrySet()) {
      for (Map.Entry<String, Integer> other : places.get(second).entrySet()) {
        long rows = counts[first][second][one.getValue()][other.getValue()];
        if (rows > 0) {
          shared.add(new Shared(one.getKey(), other.getKey(), rows));
        }
      }
    }
    return shared;
  }
}
