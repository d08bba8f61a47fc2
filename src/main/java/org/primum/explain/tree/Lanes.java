package org.primum.explain.tree;

/// Adds entries of a table to the sums of rows: the hot loop of all explanations.
///
/// An entry is what one leaf, or a pair of leaves, gives to each feature on its path, for one
/// pattern; the features stand side by side, so that one row takes a whole entry at once.
public interface Lanes {

  /// The numbers an entry takes are a multiple of this.
  int WIDTH = 4;

  /// So many numbers may be read behind those that are asked for.
  int SPARE = 64;

  /// Adds to the sums of row `i` the entry `keys[i]`.
  ///
  /// @param sums of row `i` at `i * stride`
  /// @param entries each `width` long
  /// @param width a multiple of [#WIDTH], at most `stride`
  void add(float[] sums, int stride, float[] entries, int width, int[] keys, int count);

  /// Adds to the totals of row `i` the sum of its entries, made in float32, those of the first
  /// bundle first.
  ///
  /// @param totals of row `i` at `i * places.width()`
  /// @param entries each [TreeBundles#WIDTH] long
  /// @param keys which entry of bundle `b` row `i` takes, in byte `i % 8` of `b * stride + i / 8`
  void sum(
      double[] totals, EntryPlaces places, float[] entries, long[] keys, int stride, int count);

  /// Adds to the sum of row `i` the number of its key.
  ///
  /// @param numbers that of key `k` at `from + k`, and behind the last of all [#SPARE] more
  /// @param bits of a key
  /// @param sums of row `i` at `to + i`
  void look(float[] numbers, int from, int bits, int[] keys, double[] sums, int to, int count);

  /// The same for the rows of deep trees.
  PathLanes paths();

  /// The same for sets of features.
  SetLanes sets();

  /// The numbers an entry of so many features takes.
  static int width(int features) {
    return (features + WIDTH - 1) / WIDTH * WIDTH;
  }

  /// What this machine and its Java can do.
  static Lanes best() {
    return isVectorized() ? new VectorLanes() : new ScalarLanes();
  }

  /// Whether Java was started with its vector module (`--add-modules jdk.incubator.vector`).
  static boolean isVectorized() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }
}
