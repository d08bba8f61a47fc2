package org.primum.explain.table;

import java.util.Arrays;
import java.util.List;
import org.primum.explain.tree.BundleRun;
import org.primum.explain.tree.EntryPlaces;
import org.primum.explain.tree.LeafPath;
import org.primum.explain.tree.LeafValues;
import org.primum.explain.tree.PackedRows;
import org.primum.explain.tree.TreeBundles;
import org.primum.explain.tree.TreeBundles.Member;

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
  /// @param rows whose entries are asked for, at most 256
  FreshBundles(BundleRun run, int features, int rows, LeafValues leaves) {
    this.run = run;
    this.members = run.members();
    this.leaves = leaves;
    this.values = new double[run.widest()];
    this.places = EntryPlaces.ofRows(members, features, rows);
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
    int width = TreeBundles.WIDTH;
    float[] numbers = new float[members.size() * count * width];
    for (int bundle = 0; bundle < members.size(); bundle++) {
      for (int row = 0; row < count; row++) {
        int at = bundle * stride + (row >>> 3);
        add(members.get(bundle), (int) (keys[at] >>> PackedRows.shift(row)) & 0xFF);
        for (int i = 0; i < width; i++) {
          numbers[(bundle * count + row) * width + i] = (float) sums[i];
        }
      }
      number(keys, bundle * stride, count);
    }
    return numbers;
  }

  /// Puts the rows' numbers in the place of their keys, and 0 for rows there are not.
  private static void number(long[] keys, int from, int count) {
    Arrays.fill(keys, from, from + PackedRows.words(count), 0);
    for (int row = 0; row < count; row++) {
      keys[from + (row >>> 3)] |= (long) row << PackedRows.shift(row);
    }
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
