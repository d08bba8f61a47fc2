package org.primum.explain;

import java.util.List;
import org.primum.explain.TreeBundles.Bundle;
import org.primum.explain.TreeBundles.Member;

/// The entries of a tree's bundles for every key.
final class BundleTables implements BundleEntries {

  private final TreeBundles bundles;
  private final int[] bases;
  private final float[] numbers;

  private BundleTables(TreeBundles bundles) {
    this.bundles = bundles;
    this.bases = new int[bundles.all().size()];
    this.numbers = new float[Math.toIntExact(bundles.numbers())];
  }

  /// @param leaves gives the values of each leaf
  static BundleTables of(TreeBundles bundles, LeafValues leaves) {
    BundleTables tables = new BundleTables(bundles);
    int widest = bundles.program().widest();
    double[] values = new double[Math.max(1, widest << widest)];
    double[] sums = new double[bundles.width() << TreeBundles.BITS];
    List<Bundle> all = bundles.all();
    int base = 0;
    for (int bundle = 0; bundle < all.size(); bundle++) {
      tables.bases[bundle] = base;
      tables.add(all.get(bundle), base, leaves, values, sums);
      base += 1 << all.get(bundle).bits();
    }
    return tables;
  }

  private void add(Bundle bundle, int base, LeafValues leaves, double[] values, double[] sums) {
    int size = bundles.width() << bundle.bits();
    java.util.Arrays.fill(sums, 0, size, 0);
    for (Member member : bundle.leaves()) {
      leaves.ofAll(bundles.program(), member.leaf(), values);
      add(member, bundle.bits(), values, sums);
    }
    for (int i = 0; i < size; i++) {
      numbers[base * bundles.width() + i] = (float) sums[i];
    }
  }

  private void add(Member member, int bits, double[] values, double[] sums) {
    LeafPath path = bundles.program().leaf(member.leaf());
    int k = path.size();
    for (int key = 0; key < 1 << bits; key++) {
      int pattern = member.pattern(key);
      for (int j = 0; j < k; j++) {
        sums[key * bundles.width() + path.feature(j)] += values[j << k | pattern];
      }
    }
  }

  @Override
  public TreeBundles bundles() {
    return bundles;
  }

  @Override
  public int base(int bundle) {
    return bases[bundle];
  }

  @Override
  public float[] numbers(int[] keys, int stride, int count) {
    return numbers;
  }
}
