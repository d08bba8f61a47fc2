package org.primum.explain.tree;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Which features of the model the numbers of each bundle's entries are for. An entry has a number
/// for the few features its bundle gives to; the sums of a row have one for each feature.
public final class EntryPlaces {

  /// The sums of a row are so many numbers, or a multiple.
  private static final int LANES = 32;

  /// Has its sign bit set where a feature is given something, and otherwise points beyond the
  /// entry.
  private static final int GIVEN = 1 << 31;

  private static final int NOTHING = TreeBundles.WIDTH;

  private final int bundles;
  private final int width;
  private final int[] firsts;
  private final int[] features;
  private final int[] sources;

  private EntryPlaces(List<BundleRun.Member> all, int features, int[] firsts) {
    this.bundles = all.size();
    this.firsts = firsts;
    this.width = width(features);
    this.features = new int[bundles * TreeBundles.WIDTH];
    this.sources = new int[bundles * width];
    Arrays.fill(sources, NOTHING);
    for (int bundle = 0; bundle < bundles; bundle++) {
      List<Integer> given = all.get(bundle).bundle().features();
      for (int at = 0; at < given.size(); at++) {
        this.features[bundle * TreeBundles.WIDTH + at] = given.get(at);
        sources[bundle * width + given.get(at)] = GIVEN | at;
      }
    }
  }

  /// Each bundle has an entry for every key.
  ///
  /// @param all bundles, in the order they are added
  /// @param features of the model
  public static EntryPlaces ofTables(List<BundleRun.Member> all, int features) {
    int[] firsts = new int[all.size()];
    for (int bundle = 1; bundle < firsts.length; bundle++) {
      firsts[bundle] = firsts[bundle - 1] + (1 << all.get(bundle - 1).bundle().bits());
    }
    return new EntryPlaces(all, features, firsts);
  }

  /// Each bundle has an entry for every row.
  ///
  /// @param all bundles, in the order they are added
  /// @param features of the model
  public static EntryPlaces ofRows(List<BundleRun.Member> all, int features, int rows) {
    return new EntryPlaces(
        all, features, IntStream.range(0, all.size()).map(bundle -> bundle * rows).toArray());
  }

  /// The numbers that the sums of a row take.
  public static int width(int features) {
    return (features + LANES - 1) / LANES * LANES;
  }

  int bundles() {
    return bundles;
  }

  /// The numbers that the sums of a row take.
  public int width() {
    return width;
  }

  /// The first entry of each bundle. Not to be changed.
  int[] firsts() {
    return firsts;
  }

  /// The feature of each number of each bundle: [TreeBundles#WIDTH] of them for the first, then
  /// those for the next. The numbers beyond a bundle's features are 0, and said to be for feature
  /// 0. Not to be changed.
  int[] features() {
    return features;
  }

  /// Where each feature's number stands in the entries of each bundle: [#width] of them for the
  /// first, then those for the next. The sign bit is set where the bundle gives the feature
  /// something; elsewhere it points to the first number beyond the entry. Not to be changed.
  int[] sources() {
    return sources;
  }
}
