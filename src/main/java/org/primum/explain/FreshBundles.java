package org.primum.explain;

import org.primum.explain.TreeBundles.Bundle;
import org.primum.explain.TreeBundles.Member;

/// Makes the entry of each row and bundle anew, without a table: for few rows. The entries are
/// those a table holds, to the bit.
final class FreshBundles implements BundleEntries {

  private final TreeBundles bundles;
  private final LeafValues leaves;
  private final double[] values;
  private final double[] sums;

  FreshBundles(TreeBundles bundles, LeafValues leaves) {
    this.bundles = bundles;
    this.leaves = leaves;
    this.values = new double[bundles.program().widest()];
    this.sums = new double[bundles.width()];
  }

  @Override
  public TreeBundles bundles() {
    return bundles;
  }

  @Override
  public int base(int bundle) {
    return 0;
  }

  @Override
  public float[] numbers(int[] keys, int stride, int count) {
    int width = bundles.width();
    float[] numbers = new float[bundles.all().size() * count * width];
    int entry = 0;
    for (int bundle = 0; bundle < bundles.all().size(); bundle++) {
      for (int row = 0; row < count; row++) {
        add(bundles.all().get(bundle), keys[bundle * stride + row]);
        for (int i = 0; i < width; i++) {
          numbers[entry * width + i] = (float) sums[i];
        }
        keys[bundle * stride + row] = entry++;
      }
    }
    return numbers;
  }

  private void add(Bundle bundle, int key) {
    java.util.Arrays.fill(sums, 0);
    for (Member member : bundle.leaves()) {
      LeafPath path = bundles.program().leaf(member.leaf());
      leaves.of(bundles.program(), member.leaf(), member.pattern(key), values);
      for (int j = 0; j < path.size(); j++) {
        sums[path.feature(j)] += values[j];
      }
    }
  }
}
