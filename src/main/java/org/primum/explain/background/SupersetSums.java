package org.primum.explain.background;

import java.util.Arrays;
import org.primum.explain.tree.RankWeights;
import org.primum.explain.tree.SetLanes;
import org.primum.explain.tree.SetValues;

/// What one leaf gives to the features on its path against all background rows, for every pattern
/// of an explained row at once.
///
/// An explained row that lacks the set `s` of a leaf's `k` features meets those background rows
/// that have all of it. Of one that lacks `p` features itself, `p` are those only the explained row
/// satisfies, whatever `s` is; so with `Z_p(s)` how many background rows have all of `s` and lack
/// `p`, and `q` the size of `s`, for a leaf of value 1 and before the mean
///
/// `phi_i = sum over p of up(p, q) (Z_p(s) - Z_p(s + i))` where the explained row has `i`, and
///
/// `phi_i = -sum over p of down(p, q) Z_p(s)` where it lacks `i`,
///
/// with the weights of [RankWeights]. `Z_p` is the sum of the counts over all supersets, which
/// takes one addition for each feature and two sets (Yates 1937). Whole numbers are added, so that
/// [PatternMatches], which asks for one `s` only, has the same ones, and from there on the very
/// steps: which of the two made a value cannot be seen.
public final class SupersetSums {

  /// Beyond so many features the sums of all sets take too much room (4.5 MB).
  static final int MOST_FEATURES = 16;

  private static final int[] NONE = {};

  private final BackgroundValues values;
  private final RankWeights[] weights = new RankWeights[MOST_FEATURES + 1];
  private final SetLanes lanes;
  private int[] sums = NONE;
  private SetValues found = new SetValues(0);

  /// For one thread.
  SupersetSums(BackgroundValues values, SetLanes lanes) {
    this.values = values;
    this.lanes = lanes;
  }

  /// Takes a leaf of at least one and at most [#MOST_FEATURES] features.
  ///
  /// @param flip bits that are asked for the other way round
  /// @param scale by which all values are multiplied
  /// @return valid until the next leaf
  SetValues of(PatternHistogram histogram, int flip, int k, double scale) {
    int room = SetLanes.room(k);
    if (sums.length < room) {
      sums = new int[room];
      found = new SetValues(k);
    }
    Arrays.fill(sums, 0, room, 0);
    int all = count(histogram, flip, k);
    addSupersets(0, room, k * SetLanes.BLOCK);
    lanes.weigh(sums, all, k, weights(k), scale, found);
    return found;
  }

  /// Puts down each pattern for all sets of its block that it has all of.
  ///
  /// @return how many background rows reach the leaf
  private int count(PatternHistogram histogram, int flip, int k) {
    int first = SetLanes.BLOCK - 1;
    int all = 0;
    for (int entry = 0; entry < histogram.size(); entry++) {
      int pattern = (int) histogram.word(entry, 0) ^ flip;
      int count = histogram.count(entry);
      int p = k - Integer.bitCount(pattern);
      if (p == 0) {
        all = count;
        continue;
      }
      int to = SetLanes.at(pattern & ~first, p, k);
      int some = pattern & first;
      for (int part = some; part > 0; part = (part - 1) & some) {
        sums[to + part] += count;
      }
      sums[to] += count;
    }
    return all;
  }

  /// Takes in the later features, the last one first: what then stays in the processor's nearest
  /// cache is finished before the rest.
  ///
  /// @param block the numbers of one block
  private void addSupersets(int from, int size, int block) {
    if (size > block) {
      int half = size / 2;
      lanes.add(sums, from, half);
      addSupersets(from, half, block);
      addSupersets(from + half, half, block);
    }
  }

  private RankWeights weights(int k) {
    RankWeights known = weights[k];
    if (known == null) {
      known = new RankWeights(values::weight, k);
      weights[k] = known;
    }
    return known;
  }
}
