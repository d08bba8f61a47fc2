package org.primum.explain.table;

import org.primum.explain.background.PatternCounter;
import org.primum.explain.tree.PackedRows;
import org.primum.explain.tree.SplitRanks;
import org.primum.explain.tree.TreeBundles;
import org.primum.explain.tree.TreeBundles.Member;

/// Counts how often each key occurs at the bundles of one tree: one addition for all leaves of a
/// bundle.
public final class BundleCounter {

  /// Rows that come one after the other count apart, so that none waits for the one before it.
  private static final int APART = 4;

  private static final int KEYS = 1 << TreeBundles.BITS;

  private final TreeBundles tree;
  private final int[] counts;
  private final long[] keys;

  public BundleCounter(TreeBundles tree) {
    this.tree = tree;
    this.counts = new int[tree.all().size() * APART * KEYS];
    this.keys = new long[tree.all().size() * BundleKeys.STRIDE];
  }

  /// Counts the rows of a block.
  public void add(SplitRanks splits, PackedRows rows) {
    new BundleKeys(splits, tree.program().tree().depth(), rows).find(tree, keys, 0);
    for (int bundle = 0; bundle < tree.all().size(); bundle++) {
      count(bundle * BundleKeys.STRIDE, rows.count(), bundle * APART * KEYS);
    }
  }

  private void count(int from, int rows, int to) {
    for (int word = from; word < from + rows / 8; word++) {
      int low = (int) keys[word];
      int high = (int) (keys[word] >>> 32);
      addFour(low, to);
      addFour(high, to);
    }
    for (int row = rows & ~7; row < rows; row++) {
      counts[to + ((int) (keys[from + row / 8] >>> PackedRows.shift(row)) & 0xFF)]++;
    }
  }

  private void addFour(int four, int to) {
    counts[to + (four & 0xFF)]++;
    counts[to + KEYS + ((four >>> 8) & 0xFF)]++;
    counts[to + 2 * KEYS + ((four >>> 16) & 0xFF)]++;
    counts[to + 3 * KEYS + (four >>> 24)]++;
  }

  /// Adds what was counted to the patterns of each leaf.
  ///
  /// @param counters by leaf; both leaves of a pair have one count: the left one's
  public void addTo(PatternCounter[] counters) {
    for (int bundle = 0; bundle < tree.all().size(); bundle++) {
      int[] times = times(bundle * APART * KEYS);
      for (Member member : tree.all().get(bundle).leaves()) {
        if (!tree.program().isSecond(member.leaf())) {
          addTo(counters[member.leaf()], member, times);
        }
      }
    }
  }

  private int[] times(int from) {
    int[] times = new int[KEYS];
    for (int i = 0; i < APART * KEYS; i++) {
      times[i % KEYS] += counts[from + i];
    }
    return times;
  }

  private static void addTo(PatternCounter counter, Member member, int[] times) {
    for (int key = 0; key < KEYS; key++) {
      if (times[key] > 0) {
        counter.add(member.pattern(key), times[key]);
      }
    }
  }
}
