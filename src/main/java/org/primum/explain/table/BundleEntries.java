package org.primum.explain.table;

import org.primum.explain.tree.BundleRun;
import org.primum.explain.tree.EntryPlaces;

/// Where the entries of the bundles of some trees come from: what all leaves of a bundle give to
/// each of its features, for one key, in float32.
public interface BundleEntries {

  BundleRun run();

  /// Which features the numbers of the entries are for.
  EntryPlaces places();

  /// The entries; from then on the keys say which of its bundle's entries each row takes.
  ///
  /// @param keys of bundle `b` and row `i` in byte `i % 8` of `b * stride + i / 8`
  float[] numbers(long[] keys, int stride, int count);
}
