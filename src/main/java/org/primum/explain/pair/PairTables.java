package org.primum.explain.pair;

import java.util.ArrayList;
import java.util.List;
import org.primum.explain.pair.PairBundles.Asked;
import org.primum.explain.tree.Lanes;
import org.primum.explain.tree.LeafPairs;
import org.primum.explain.tree.TreeBundles.Member;
import org.primum.explain.value.Precision;

/// What the bundles of a tree give to pairs, by key; or, for few rows, only for the keys that
/// occur. Either way a number is the same to the bit.
public final class PairTables {

  private static final double[] NONE = {};

  /// Keys are rows.
  private static final int ROW_BITS = Integer.SIZE;

  private final PairBundles tree;
  private final LeafPairs leaves;
  private final Precision precision;
  private final Lanes lanes;
  private final List<PairNumbers> made = new ArrayList<>();
  private final boolean isFresh;

  /// @param leaves for this thread alone where `isFresh`
  /// @param precision of what is looked up
  /// @param isFresh whether entries are made when they are asked for
  public PairTables(
      PairBundles tree, LeafPairs leaves, Precision precision, Lanes lanes, boolean isFresh) {
    this.tree = tree;
    this.leaves = leaves;
    this.precision = precision;
    this.lanes = lanes;
    this.isFresh = isFresh;
    for (Asked asked : isFresh ? List.<Asked>of() : tree.all()) {
      int bits = asked.bundle().bits();
      made.add(numbers(table(asked), 1 << bits, bits));
    }
  }

  private PairNumbers numbers(double[] numbers, int stride, int bits) {
    return switch (precision) {
      case MIXED -> new PairNumbers.Mixed(numbers, stride, bits, lanes);
      case FLOAT64 -> new PairNumbers.Exact(numbers, stride);
    };
  }

  PairBundles tree() {
    return tree;
  }

  /// Numbers in which the entry of row `i` stands at `keys[i]` of each of its columns.
  ///
  /// @param keys of the rows; changed where entries are made for them alone
  PairNumbers numbers(int bundle, int[] keys, int count) {
    return isFresh
        ? numbers(fresh(tree.all().get(bundle), keys, count), count, ROW_BITS)
        : made.get(bundle);
  }

  private double[] table(Asked asked) {
    int bits = asked.bundle().bits();
    double[] table = asked.size() == 0 ? NONE : new double[Math.toIntExact(asked.numbers())];
    List<Member> members = asked.bundle().leaves();
    for (int member = 0; member < members.size() && asked.size() > 0; member++) {
      int leaf = members.get(member).leaf();
      int k = tree.program().leaf(leaf).size();
      double[] values = new double[LeafPairs.count(k) << k];
      leaves.ofAll(tree.program(), leaf, values);
      int[] patterns = new int[1 << bits];
      java.util.Arrays.setAll(patterns, members.get(member)::pattern);
      for (int at = 0; at < LeafPairs.count(k); at++) {
        int column = asked.column(member, at);
        if (column >= 0) {
          add(values, at << k, patterns, table, column << bits);
        }
      }
    }
    return table;
  }

  private static void add(double[] values, int from, int[] patterns, double[] table, int to) {
    for (int key = 0; key < patterns.length; key++) {
      table[to + key] += values[from + patterns[key]];
    }
  }

  private double[] fresh(Asked asked, int[] keys, int count) {
    double[] entries = new double[asked.size() * count];
    List<Member> members = asked.bundle().leaves();
    long[] pattern = new long[1];
    for (int row = 0; row < count && asked.size() > 0; row++) {
      for (int member = 0; member < members.size(); member++) {
        int leaf = members.get(member).leaf();
        int pairs = LeafPairs.count(tree.program().leaf(leaf).size());
        double[] values = new double[pairs];
        pattern[0] = members.get(member).pattern(keys[row]);
        leaves.of(tree.program(), leaf, pattern, values);
        for (int at = 0; at < pairs; at++) {
          int column = asked.column(member, at);
          if (column >= 0) {
            entries[column * count + row] += values[at];
          }
        }
      }
      keys[row] = row;
    }
    return entries;
  }
}
