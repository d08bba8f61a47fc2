package org.primum.explain;

/// Where the entries of the bundles of some trees come from: what all leaves of a bundle give to
/// each of its features, for one key, in float32.
interface BundleEntries {

  BundleRun run();

  /// Which features the numbers of the entries are for.
  EntryPlaces places();

  /// What is added to the keys of a bundle.
  int base(int bundle);

  /// The entries; from then on the keys say which entry each row takes.
  ///
  /// @param keys of bundle `b` and row `i` at `b * stride + i`
  float[] numbers(int[] keys, int stride, int count);
}
