package org.primum.explain;

import java.util.Arrays;
import java.util.List;
import org.primum.explain.TreeBundles.Bundle;
import org.primum.explain.TreeBundles.Member;

/// The entries of the bundles of some trees for every key.
final class BundleTables implements BundleEntries {

  private final BundleRun run;
  private final int[] bases;
  private final float[] numbers;

  private BundleTables(BundleRun run) {
    this.run = run;
    this.bases = new int[run.members().size()];
    this.numbers = new float[Math.toIntExact(run.numbers())];
  }

  /// @param leaves gives the values of each leaf
  static BundleTables of(BundleRun run, LeafValues leaves) {
    BundleTables tables = new BundleTables(run);
    int widest = run.widest();
    double[] values = new double[Math.max(1, widest * (1 << widest))];
    double[] sums = new double[run.width() << TreeBundles.BITS];
    List<BundleRun.Member> all = run.members();
    int base = 0;
    for (int bundle = 0; bundle < all.size(); bundle++) {
      tables.bases[bundle] = base;
      tables.add(all.get(bundle), base, leaves, values, sums);
      base += 1 << all.get(bundle).bundle().bits();
    }
    return tables;
  }

  private void add(
      BundleRun.Member of, int base, LeafValues leaves, double[] values, double[] sums) {
    Bundle bundle = of.bundle();
    int size = run.width() << bundle.bits();
    Arrays.fill(sums, 0, size, 0);
    for (Member member : bundle.leaves()) {
      leaves.ofAll(of.program(), member.leaf(), values);
      add(of.program().leaf(member.leaf()), member, bundle.bits(), values, sums);
    }
    for (int i = 0; i < size; i++) {
      numbers[base * run.width() + i] = (float) sums[i];
    }
  }

  private void add(LeafPath path, Member member, int bits, double[] values, double[] sums) {
    int k = path.size();
    for (int key = 0; key < 1 << bits; key++) {
      int pattern = member.pattern(key);
      for (int j = 0; j < k; j++) {
        sums[key * run.width() + path.feature(j)] += values[j << k | pattern];
      }
    }
  }

  @Override
  public BundleRun run() {
    return run;
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
