package org.primum.explain.background;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.primum.explain.tree.DeepTrees;
import org.primum.explain.tree.GaussLegendre;
import org.primum.explain.tree.Lanes;
import org.primum.explain.tree.LeafPairs;
import org.primum.explain.tree.LeafPath;
import org.primum.explain.tree.LeafValues;
import org.primum.explain.tree.SplitRanks;
import org.primum.explain.tree.TreeProgram;
import org.primum.explain.value.ExplanationMode;
import org.primum.model.TreeEnsemble;

/// Puts the values of background rows in the place of unknown ones, one row after the other, and
/// takes the mean over all of them: interventional.
///
/// A background row that has the bits `b` at a leaf of value `v`, beside an explained row that has
/// the bits `s`, makes the game `v * prod_{j in S} s_j * prod_{j not in S} b_j`, and
///
/// `phi_i = v (s_i - b_i) * integral over t in [0, 1] of prod_{j != i} (s_j t + b_j (1 - t))`
///
/// so only how many background rows have which bits matters, not which rows they are. For one
/// pattern `s` the sum over the distinct `b` is taken directly: with `p` features where only the
/// explained row satisfies its splits and `q` where only the background row does, the integral is
/// `(p - 1)! q! / (p + q)!` for the former and `p! (q - 1)! / (p + q)!` for the latter. For all
/// patterns at once the sums of products are made for each of Gauss and Legendre's points feature
/// by feature, leaving out each feature in turn by halves. All addends of a value have one sign:
/// nothing cancels.
///
/// Source: Lundberg et al. 2020, "From local explanations to global understanding with explainable
/// AI for trees", <https://doi.org/10.1038/s42256-019-0138-9>, section on interventional feature
/// perturbation; counts of patterns: WOODELF, <https://arxiv.org/abs/2511.09376>.
public final class BackgroundValues implements LeafValues {

  private final Map<TreeProgram, List<PatternHistogram>> histograms;
  private final double rows;
  private final int widest;

  /// `weights[n][p]` is `(p - 1)! (n - p)! / n!`.
  private final double[][] weights;

  private final double[][] halves;

  /// @param histograms of each tree by node; the right leaf of a pair has that of the left one
  /// @param rows how many background rows there are
  /// @param widest the most features on a path
  public BackgroundValues(
      Map<TreeProgram, List<PatternHistogram>> histograms, long rows, int widest) {
    this(histograms, (double) rows, widest, weights(widest));
  }

  private BackgroundValues(
      Map<TreeProgram, List<PatternHistogram>> histograms,
      double rows,
      int widest,
      double[][] weights) {
    this.histograms = histograms;
    this.rows = rows;
    this.widest = widest;
    this.weights = weights;
    int table = Math.min(widest, LeafPath.TABLE_FEATURES);
    int levels = 2 + Integer.SIZE - Integer.numberOfLeadingZeros(table);
    this.halves = new double[levels][1 << table];
  }

  /// The same values, for another thread.
  public BackgroundValues another() {
    return new BackgroundValues(histograms, rows, widest, weights);
  }

  /// One over `n` times the number of ways to choose the other `p - 1` of `n - 1`; those numbers
  /// stay below 1e300 for the longest path that is read.
  private static double[][] weights(int widest) {
    double[][] weights = new double[widest + 1][];
    double[] ways = {1};
    for (int n = 1; n <= widest; n++) {
      weights[n] = new double[n + 1];
      for (int p = 1; p <= n; p++) {
        weights[n][p] = 1 / (n * ways[p - 1]);
      }
      ways = next(ways);
    }
    return weights;
  }

  /// The next row of Pascal's triangle.
  private static double[] next(double[] ways) {
    double[] next = new double[ways.length + 1];
    next[0] = 1;
    next[ways.length] = 1;
    for (int i = 1; i < ways.length; i++) {
      next[i] = ways[i - 1] + ways[i];
    }
    return next;
  }

  /// How many background rows there are.
  double rows() {
    return rows;
  }

  /// What a leaf adds to the margin of a row that reaches it, as a part of one background row's.
  double scale(TreeProgram program, int leaf) {
    return program.leaf(leaf).value() / rows;
  }

  /// `(p - 1)! (n - p)! / n!`: the part of all orders in which `p` given ones of `n`, and none of
  /// the others, have come when the last of them comes.
  double weight(int n, int p) {
    return weights[n][p];
  }

  @Override
  public LeafPairs pairs() {
    return new BackgroundPairs(this);
  }

  @Override
  public DeepTrees deep(
      TreeEnsemble model, SplitRanks splits, Lanes lanes, List<TreeProgram> programs) {
    return new ComparedExplanation(model, splits, lanes.sets(), programs, this::another);
  }

  @Override
  public ExplanationMode mode() {
    return ExplanationMode.INTERVENTIONAL;
  }

  @Override
  public boolean isSameAlone() {
    return false;
  }

  /// The mean over the background rows.
  @Override
  public double baseValue(TreeProgram program) {
    double sum = 0;
    for (int node = 0; node < program.tree().size(); node++) {
      if (program.tree().isLeaf(node)) {
        sum += program.leaf(node).value() * reached(program, node);
      }
    }
    return sum / rows;
  }

  /// How many background rows fall into a leaf.
  private int reached(TreeProgram program, int leaf) {
    PatternHistogram histogram = histogram(program, leaf);
    int k = program.leaf(leaf).size();
    for (int entry = 0; entry < histogram.size(); entry++) {
      boolean all = true;
      for (int word = 0; 64 * word < k; word++) {
        long bits = histogram.word(entry, word) ^ flip(program, leaf, word);
        all &= bits == bits(k, word);
      }
      if (all) {
        return histogram.count(entry);
      }
    }
    return 0;
  }

  PatternHistogram histogram(TreeProgram program, int leaf) {
    List<PatternHistogram> all = histograms.get(program);
    if (all == null) {
      throw new IllegalArgumentException("the tree is not one the background went through");
    }
    return all.get(leaf);
  }

  /// What tells the right leaf of a pair from the left one, whose counts it shares: the last bit.
  static long flip(TreeProgram program, int leaf, int word) {
    int last = program.leaf(leaf).size() - 1;
    return program.isSecond(leaf) && last >> 6 == word ? 1L << (last & 63) : 0;
  }

  /// The bits in use of one word of a pattern of `k` features.
  static long bits(int k, int word) {
    int left = k - 64 * word;
    return left >= 64 ? -1L : (1L << left) - 1;
  }

  @Override
  public void of(TreeProgram program, int leaf, int pattern, double[] into) {
    of(program, leaf, new long[] {pattern}, into, 0, 1);
  }

  @Override
  public void of(
      TreeProgram program, int leaf, long[] pattern, double[] into, int offset, int stride) {
    PatternHistogram histogram = histogram(program, leaf);
    int k = program.leaf(leaf).size();
    for (int j = 0; j < k; j++) {
      into[offset + j * stride] = 0;
    }
    if (k <= 64) {
      addMatching(histogram, flip(program, leaf, 0), pattern[0], k, into, offset, stride);
    } else {
      addAll(program, leaf, pattern, into, offset, stride);
    }
    double scale = scale(program, leaf);
    for (int j = 0; j < k; j++) {
      into[offset + j * stride] *= scale;
    }
  }

  /// What the background rows give, for a leaf of value 1.
  private void addAll(
      TreeProgram program, int leaf, long[] pattern, double[] into, int offset, int stride) {
    PatternHistogram histogram = histogram(program, leaf);
    int k = program.leaf(leaf).size();
    long[] flips = new long[(k + 63) / 64];
    for (int word = 0; word < flips.length; word++) {
      flips[word] = flip(program, leaf, word);
    }
    for (int entry = 0; entry < histogram.size(); entry++) {
      addEntry(histogram, entry, flips, pattern, k, into, offset, stride);
    }
  }

  /// The same for patterns of one word. Only those background rows count that have every bit which
  /// the explained row lacks, so that what they alone satisfy is the same for all of them.
  private void addMatching(
      PatternHistogram histogram,
      long flip,
      long pattern,
      int k,
      double[] into,
      int offset,
      int stride) {
    long lacking = bits(k, 0) & ~pattern;
    int below = Long.bitCount(lacking);
    double down = 0;
    for (int group = 0; group < histogram.groups(); group++) {
      long left = histogram.having(lacking, flip, group);
      for (; left != 0; left &= left - 1) {
        int entry = 64 * group + Long.numberOfTrailingZeros(left);
        long alone = pattern & ~(histogram.word(entry, 0) ^ flip);
        int above = Long.bitCount(alone);
        int count = histogram.count(entry);
        double up = above > 0 ? count * weights[above + below][above] : 0;
        down += below > 0 ? count * weights[above + below][below] : 0;
        give(alone, 0, up, into, offset, stride);
      }
    }
    give(lacking, 0, -down, into, offset, stride);
  }

  /// What the background rows of one pattern give, for a leaf of value 1.
  private void addEntry(
      PatternHistogram histogram,
      int entry,
      long[] flips,
      long[] pattern,
      int k,
      double[] into,
      int offset,
      int stride) {
    int above = 0;
    int below = 0;
    for (int word = 0; word < flips.length; word++) {
      long bits = histogram.word(entry, word) ^ flips[word];
      if ((pattern[word] | bits) != bits(k, word)) {
        return; // no mixture of the two rows reaches the leaf
      }
      above += Long.bitCount(pattern[word] & ~bits);
      below += Long.bitCount(bits & ~pattern[word]);
    }
    int count = histogram.count(entry);
    double up = above > 0 ? count * weights[above + below][above] : 0;
    double down = below > 0 ? count * weights[above + below][below] : 0;
    for (int word = 0; word < flips.length; word++) {
      long bits = histogram.word(entry, word) ^ flips[word];
      give(pattern[word] & ~bits, word, up, into, offset, stride);
      give(bits & ~pattern[word], word, -down, into, offset, stride);
    }
  }

  private static void give(
      long features, int word, double part, double[] into, int offset, int stride) {
    for (long left = features; left != 0; left &= left - 1) {
      into[offset + (64 * word + Long.numberOfTrailingZeros(left)) * stride] += part;
    }
  }

  @Override
  public void ofAll(TreeProgram program, int leaf, double[] into) {
    LeafPath path = program.leaf(leaf);
    int k = path.size();
    PatternHistogram histogram = histogram(program, leaf);
    int flip = (int) flip(program, leaf, 0);
    Arrays.fill(halves[0], 0, 1 << k, 0);
    for (int entry = 0; entry < histogram.size(); entry++) {
      halves[0][(int) histogram.word(entry, 0) ^ flip] = histogram.count(entry);
    }
    int size = k * (1 << k);
    Arrays.fill(into, 0, size, 0);
    GaussLegendre quadrature = GaussLegendre.ofPoints(Math.max(1, (k + 1) / 2));
    for (int point = 0; point < quadrature.count(); point++) {
      leaveOut(0, k, 0, k, quadrature.point(point), quadrature.weight(point), into);
    }
    double scale = path.value() / rows;
    for (int i = 0; i < size; i++) {
      into[i] *= scale;
    }
  }

  /// Takes in the features of one half and goes on with the other, until one is left.
  ///
  /// @param level `halves[level]` has taken in all features but those from `low` to `high`
  private void leaveOut(
      int low, int high, int level, int k, double t, double weight, double[] into) {
    if (high - low == 1) {
      addLeftOut(halves[level], low, k, weight, into);
      return;
    }
    int middle = (low + high) >>> 1;
    double[] half = halves[level + 1];
    System.arraycopy(halves[level], 0, half, 0, 1 << k);
    for (int j = middle; j < high; j++) {
      takeIn(half, j, k, t);
    }
    leaveOut(low, middle, level + 1, k, t, weight, into);
    System.arraycopy(halves[level], 0, half, 0, 1 << k);
    for (int j = low; j < middle; j++) {
      takeIn(half, j, k, t);
    }
    leaveOut(middle, high, level + 1, k, t, weight, into);
  }

  /// From a sum for each bit of the background row to a sum for each bit of the explained row: the
  /// factor is 1 where both are set, `t` where only the explained row's is, `1 - t` where only the
  /// background row's is.
  static void takeIn(double[] sums, int j, int k, double t) {
    int size = 1 << j;
    double rest = 1 - t;
    for (int high = 0; high < 1 << k; high += 2 * size) {
      for (int low = high; low < high + size; low++) {
        double unset = sums[low];
        double set = sums[low + size];
        sums[low] = rest * set;
        sums[low + size] = t * unset + set;
      }
    }
  }

  /// The explained row's bit differs from the background row's, or the feature gets nothing.
  private static void addLeftOut(double[] sums, int j, int k, double weight, double[] into) {
    int size = 1 << j;
    int to = j << k;
    for (int high = 0; high < 1 << k; high += 2 * size) {
      for (int low = high; low < high + size; low++) {
        into[to + low] -= weight * sums[low + size];
        into[to + low + size] += weight * sums[low];
      }
    }
  }
}
