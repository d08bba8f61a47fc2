package org.primum.explain;

import java.util.Arrays;
import java.util.List;
import org.primum.explain.TreeBundles.Member;

/// Makes the entry of each row and bundle anew, without a table: for few rows. The entries are
/// those a table holds, to the bit.
final class FreshBundles implements BundleEntries {

  private final BundleRun run;
  private final List<BundleRun.Member> members;
  private final LeafValues leaves;
  private final double[] values;
  private final double[] sums = new double[TreeBundles.WIDTH];
  private final EntryPlaces places;

  /// @param features of the model
  FreshBundles(BundleRun run, int features, LeafValues leaves) {
    this.run = run;
    this.members = run.members();
    this.leaves = leaves;
    this.values = new double[run.widest()];
    this.places = new EntryPlaces(members, features);
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
  public int base(int bundle) {
    return 0;
  }

  @Override
  public float[] numbers(int[] keys, int stride, int count) {
    int width = TreeBundles.WIDTH;
    float[] numbers = new float[members.size() * count * width];
    int entry = 0;
    for (int bundle = 0; bundle < members.size(); bundle++) {
      for (int row = 0; row < count; row++) {
        add(members.get(bundle), keys[bundle * stride + row]);
        for (int i = 0; i < width; i++) {
          numbers[entry * width + i] = (float) sums[i];
        }
        keys[bundle * stride + row] = entry++;
      }
    }
    return numbers;
  }

  private void add(BundleRun.Member of, int key) {
    Arrays.fill(sums, 0);
    for (Member member : of.bundle().leaves()) {
      LeafPath path = of.program().leaf(member.leaf());
      leaves.of(of.program(), member.leaf(), member.pattern(key), values);
      for (int j = 0; j < path.size(); j++) {
        sums[member.place(j)] += values[j];
      }
    }
  }
}
