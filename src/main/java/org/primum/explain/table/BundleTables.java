package org.primum.explain.table;

import java.util.Arrays;
import java.util.List;
import org.primum.explain.tree.BundleRun;
import org.primum.explain.tree.EntryPlaces;
import org.primum.explain.tree.LeafValues;
import org.primum.explain.tree.TreeBundles;
import org.primum.explain.tree.TreeBundles.Bundle;
import org.primum.explain.tree.TreeBundles.Member;

/// The entries of the bundles of some trees for every key.
final class BundleTables implements BundleEntries {

  private final BundleRun run;
  private final float[] numbers;
  private final EntryPlaces places;

  private BundleTables(BundleRun run, int features) {
    this.run = run;
    this.places = EntryPlaces.ofTables(run.members(), features);
    this.numbers = new float[Math.toIntExact(run.numbers())];
  }

  /// @param features of the model
  /// @param leaves gives the values of each leaf
  static BundleTables of(BundleRun run, int features, LeafValues leaves) {
    BundleTables tables = new BundleTables(run, features);
    int widest = run.widest();
    double[] values = new double[Math.max(1, widest * (1 << widest))];
    double[] sums = new double[TreeBundles.WIDTH << TreeBundles.BITS];
    List<BundleRun.Member> all = run.members();
    int base = 0;
    for (int bundle = 0; bundle < all.size(); bundle++) {
      tables.add(all.get(bundle), base, leaves, values, sums);
      base += 1 << all.get(bundle).bundle().bits();
    }
    return tables;
  }

  private void add(
      BundleRun.Member of, int base, LeafValues leaves, double[] values, double[] sums) {
    Bundle bundle = of.bundle();
    int size = TreeBundles.WIDTH << bundle.bits();
    Arrays.fill(sums, 0, size, 0);
    for (Member member : bundle.leaves()) {
      leaves.ofAll(of.program(), member.leaf(), values);
      add(member, of.program().leaf(member.leaf()).size(), bundle.bits(), values, sums);
    }
    for (int i = 0; i < size; i++) {
      numbers[base * TreeBundles.WIDTH + i] = (float) sums[i];
    }
  }

  /// @param k features on the leaf's path
  private static void add(Member member, int k, int bits, double[] values, double[] sums) {
    for (int key = 0; key < 1 << bits; key++) {
      int pattern = member.pattern(key);
      for (int j = 0; j < k; j++) {
        sums[key * TreeBundles.WIDTH + member.place(j)] += values[j << k | pattern];
      }
    }
  }

  @Override
  public BundleRun run() {
    return run;
  }

  @Override
  public EntryPlaces places() {
    return places;
  }

  @Override
  public float[] numbers(long[] keys, int stride, int count) {
    return numbers;
  }
}
