package org.primum.explain.summary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;

/// Some rows for pictures, chosen by their position in the table alone: those whose hashed row
/// number is smallest. Which rows they are does not depend on shards or batches.
public final class ShapleySample {

  /// Numbers a sample may hold.
  private static final int MAX_NUMBERS = 4 << 20;

  private final int size;
  private final int outputs;
  private final int features;
  private final PriorityQueue<Entry> largestFirst =
      new PriorityQueue<>(Comparator.comparingLong(Entry::hash).reversed());

  /// @param size how many rows, fewer where a row has very many features
  public ShapleySample(int size, int outputs, int features) {
    this.outputs = outputs;
    this.features = features;
    this.size = Math.max(1, Math.min(size, MAX_NUMBERS / Math.max(1, (outputs + 1) * features)));
  }

  private static final class Entry {
    private final long hash;
    private final double[] phi;
    private final double[] values;

    private Entry(long hash, double[] phi, double[] values) {
      this.hash = hash;
      this.phi = phi;
      this.values = values;
    }

    private long hash() {
      return hash;
    }
  }

  /// Offers rows.
  ///
  /// @param firstRow position in the table of the first of them
  /// @param rows the features' values; NaN where they are not known
  public void offer(long firstRow, ShapleyValues shapley, FeatureMatrix rows) {
    for (int row = 0; row < shapley.rows(); row++) {
      long hash = hash(firstRow + row);
      if (isWanted(hash)) {
        keep(new Entry(hash, phi(shapley, row), values(rows, row)));
      }
    }
  }

  private boolean isWanted(long hash) {
    Entry largest = largestFirst.peek();
    return largestFirst.size() < size || largest == null || hash < largest.hash;
  }

  private void keep(Entry entry) {
    largestFirst.add(entry);
    if (largestFirst.size() > size) {
      largestFirst.poll();
    }
  }

  private double[] phi(ShapleyValues shapley, int row) {
    double[] phi = new double[outputs * features];
    for (int i = 0; i < phi.length; i++) {
      phi[i] = shapley.phi(row, i / features, i % features);
    }
    return phi;
  }

  private double[] values(FeatureMatrix rows, int row) {
    double[] values = new double[features];
    for (int feature = 0; feature < features; feature++) {
      values[feature] = rows.value(row, feature);
    }
    return values;
  }

  /// The finalizer of SplitMix64 (Steele, Lea and Flood 2014): a bijection of 64 bits.
  private static long hash(long row) {
    long z = row + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /// How many rows were chosen.
  public int rows() {
    return largestFirst.size();
  }

  /// The Shapley values of a feature over the chosen rows, in a fixed order.
  public double[] phi(int output, int feature) {
    return ordered().stream().mapToDouble(e -> e.phi[output * features + feature]).toArray();
  }

  /// The feature's own values over the chosen rows, in the order of [#phi(int, int)].
  public double[] values(int feature) {
    return ordered().stream().mapToDouble(e -> e.values[feature]).toArray();
  }

  private List<Entry> ordered() {
    List<Entry> entries = new ArrayList<>(largestFirst);
    entries.sort(Comparator.comparingLong(Entry::hash));
    return entries;
  }
}
