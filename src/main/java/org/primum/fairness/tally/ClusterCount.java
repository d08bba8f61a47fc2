package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.DataInvalidException;
import org.primum.data.Selection;
import org.primum.data.TextColumn;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;

/// Draws the clusters of the rows that go by.
sealed interface ClusterCount {

  /// To be called before the rows of a batch are added.
  void open(Batch batch);

  /// @param leaf number of the row's group
  /// @param cell of the contingency table
  /// @param score or [Predictions#NO_SCORE]
  void add(int row, int leaf, int cell, double score, double weight);

  /// The draws of each group.
  ///
  /// @throws DataInvalidException where rows were without a cluster
  List<ClusterDraws> draws(int leaves);

  static ClusterCount of(
      FairnessPolicy policy, ToIntFunction<Selection> select, boolean weighted, String table) {
    return switch (policy.data().cluster()) {
      case AuditData.Cluster.None() -> new Undrawn();
      case AuditData.Cluster.By by ->
          new Drawn(
              by,
              select.applyAsInt(Selection.text(by.column())),
              DrawBins.of(policy.thresholds()),
              weighted,
              table);
    };
  }

  /// Every row is its own cluster; nothing has to be drawn.
  record Undrawn() implements ClusterCount {

    @Override
    public void open(Batch batch) {}

    @Override
    public void add(int row, int leaf, int cell, double score, double weight) {}

    @Override
    public List<ClusterDraws> draws(int leaves) {
      return java.util.Collections.nCopies(leaves, ClusterDraws.NONE);
    }
  }

  /// Adds up what the replicates draw.
  final class Drawn implements ClusterCount {

    /// 128 MB.
    private static final long MAX_NUMBERS = 1L << 24;

    /// A smaller weight would be rounded by more than a two-thousandth.
    private static final double MIN_WEIGHT = Math.scalb(1.0, 11 - ClusterDraws.WEIGHT_BITS);

    private final AuditData.Cluster.By by;
    private final int column;
    private final DrawBins bins;
    private final boolean weighted;
    private final String table;
    private final PoissonDraws poisson;
    private final List<SortedMap<Integer, long[]>> groups = new ArrayList<>();
    private final byte[] times;
    private final int width;
    private TextColumn names = new TextColumn(new String[0], new int[0], 0);
    private long[] hashes = new long[0];
    private boolean[] blank = new boolean[0];
    private int drawn = -1;
    private long numbers;
    private long total;
    private long rows;
    private long nameless;

    Drawn(
        AuditData.Cluster.By by, int column, DrawBins bins, boolean weighted, String table) {
      this.by = by;
      this.column = column;
      this.bins = bins;
      this.weighted = weighted;
      this.table = table;
      this.poisson = new PoissonDraws(by.replicates(), by.seed());
      this.times = new byte[by.replicates()];
      this.width = ClusterDraws.width(by.replicates(), weighted);
    }

    @Override
    public void open(Batch batch) {
      names = batch.text(column);
      hashes = new long[names.dictionarySize()];
      blank = new boolean[hashes.length];
      for (int code = 0; code < hashes.length; code++) {
        hashes[code] = PoissonDraws.hash(names.entry(code));
        blank[code] = names.entry(code).isBlank();
      }
      drawn = -1;
    }

    @Override
    public void add(int row, int leaf, int cell, double score, double weight) {
      rows++;
      if (names.isMissing(row) || blank[names.code(row)]) {
        nameless++;
        return;
      }
      if (names.code(row) != drawn) {
        drawn = names.code(row);
        poisson.draw(hashes[drawn], times);
      }
      long units = units(weight);
      addTo(leaf, cell, units);
      if (score >= 0) {
        addTo(leaf, ClusterDraws.bin(cell / 3, bins.index(score)), units);
      }
    }

    private long units(double weight) {
      if (weighted && weight > 0 && weight < MIN_WEIGHT) {
        throw new DataInvalidException(
            table
                + ": a weight is too small for the bootstrap by clusters, below 10^-5; multiply all"
                + " weights by the same number");
      }
      long units = weighted ? Math.round(Math.scalb(weight, ClusterDraws.WEIGHT_BITS)) : (long) weight;
      total += units; // both are below 2^60, so it cannot jump over the check
      if (total < 0 || total > Long.MAX_VALUE / PoissonDraws.MAX_TIMES) {
        throw ClusterDraws.tooHeavy(table);
      }
      return units;
    }

    private void addTo(int leaf, int slot, long units) {
      while (groups.size() <= leaf) {
        groups.add(new TreeMap<>());
      }
      long[] sums = groups.get(leaf).computeIfAbsent(slot, _ -> entry());
      for (int b = 0; b < times.length; b++) {
        sums[b] += times[b] * units;
      }
      sums[times.length] += units;
      for (int b = times.length + 1; b < width; b++) {
        sums[b] += times[b - times.length - 1];
      }
    }

    private long[] entry() {
      numbers += width;
      if (numbers > MAX_NUMBERS) {
        throw new DataInvalidException(
            table
                + ": too many combinations of groups and scores for "
                + by.replicates()
                + " bootstrap replicates; audit fewer attributes at once, or lower"
                + " statistics.bootstrap.clusterReplicates");
      }
      return new long[width];
    }

    @Override
    public List<ClusterDraws> draws(int leaves) {
      if (nameless > 0) {
        throw new DataInvalidException(
            table
                + ": "
                + nameless
                + " of "
                + rows
                + " rows have no value in the cluster column '"
                + by.column()
                + "'; say whose they are, or give each a name of its own");
      }
      List<ClusterDraws> draws = new ArrayList<>();
      for (int leaf = 0; leaf < leaves; leaf++) {
        SortedMap<Integer, long[]> group = leaf < groups.size() ? groups.get(leaf) : new TreeMap<>();
        int[] slots = group.keySet().stream().mapToInt(Integer::intValue).toArray();
        draws.add(ClusterDraws.of(by.replicates(), slots, group.values().toArray(long[][]::new)));
      }
      return draws;
    }
  }
}
