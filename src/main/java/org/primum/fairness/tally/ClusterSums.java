package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.data.Batch;
import org.primum.data.DataInvalidException;
import org.primum.data.TextColumn;
import org.primum.fairness.policy.AuditData;

/// Adds up what the bootstrap replicates draw of the clusters of the rows that go by.
final class ClusterSums implements MoreSums {

  /// A smaller weight would be rounded by more than a two-thousandth.
  private static final double MIN_WEIGHT = Math.scalb(1.0, 11 - ClusterDraws.WEIGHT_BITS);

  private static final long MOST_WEIGHT = Long.MAX_VALUE / PoissonDraws.MAX_TIMES;

  private final AuditData.Cluster.By by;
  private final int column;
  private final DrawBins bins;
  private final boolean weighted;
  private final String table;
  private final PoissonDraws poisson;
  private final byte[] times;
  private final int width;
  private final List<SortedMap<Integer, long[]>> groups = new ArrayList<>();
  private long entries;
  private long weight;
  private long rows;
  private long nameless;

  /// @param column place of the clusters in the batches
  /// @param weighted whether rows have weights that are no numbers of rows
  /// @param table how messages call the data
  ClusterSums(AuditData.Cluster.By by, int column, DrawBins bins, boolean weighted, String table) {
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
  public void add(Batch batch, RowBatch counted, BadRow bad) {
    TextColumn names = batch.text(column);
    int drawn = TextColumn.MISSING;
    for (int row = 0; row < counted.rows(); row++) {
      rows++;
      int name = names.isMissing(row) ? TextColumn.MISSING : names.code(row);
      if (name == TextColumn.MISSING || names.entry(name).isBlank()) {
        nameless++;
      } else if (counted.times(row) > 0) {
        if (name != drawn) {
          poisson.draw(PoissonDraws.hash(names.entry(name)), times);
          drawn = name;
        }
        add(counted, row);
      }
    }
  }

  private void add(RowBatch counted, int row) {
    long units = units(counted.weight(row));
    int group = counted.group(row);
    add(group, counted.label(row) * 3 + counted.decision(row), units, counted.times(row));
    if (counted.scored() && counted.score(row) >= 0) {
      int slot = ClusterDraws.bin(counted.label(row), bins.index(counted.score(row)));
      add(group, slot, units, counted.times(row));
    }
  }

  private long units(double counted) {
    if (weighted && counted > 0 && counted < MIN_WEIGHT) {
      throw new DataInvalidException(
          table
              + ": a weight is too small for the bootstrap by clusters, below 10^-5; multiply all"
              + " weights by the same number");
    }
    long units =
        weighted ? Math.round(Math.scalb(counted, ClusterDraws.WEIGHT_BITS)) : (long) counted;
    weigh(units);
    return units;
  }

  /// @param units below 2^62, so that the sum cannot jump over the check
  private void weigh(long units) {
    weight += Math.min(units, MOST_WEIGHT);
    if (weight < 0 || weight > MOST_WEIGHT || units > MOST_WEIGHT) {
      throw ClusterDraws.tooHeavy(table);
    }
  }

  private void add(int group, int slot, long units, long repeats) {
    long[] sums = entry(group, slot);
    for (int b = 0; b < times.length; b++) {
      sums[b] += times[b] * units;
    }
    sums[times.length] += units;
    for (int b = times.length + 1; b < width; b++) {
      sums[b] += times[b - times.length - 1] * repeats;
    }
  }

  private long[] entry(int group, int slot) {
    while (groups.size() <= group) {
      groups.add(new TreeMap<>());
    }
    return groups
        .get(group)
        .computeIfAbsent(
            slot,
            _ -> {
              entries++;
              return new long[width];
            });
  }

  @Override
  public void absorb(MoreSums other) {
    ClusterSums more = (ClusterSums) other;
    rows += more.rows;
    nameless += more.nameless;
    weigh(more.weight);
    for (int group = 0; group < more.groups.size(); group++) {
      for (Map.Entry<Integer, long[]> each : more.groups.get(group).entrySet()) {
        long[] sums = entry(group, each.getKey());
        for (int b = 0; b < width; b++) {
          sums[b] += each.getValue()[b];
        }
      }
    }
  }

  /// @throws DataInvalidException where rows were without a cluster
  @Override
  public GroupTally complete(int group, GroupTally tally, ScoreScale scale) {
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
    SortedMap<Integer, long[]> found = group < groups.size() ? groups.get(group) : new TreeMap<>();
    int[] slots = found.keySet().stream().mapToInt(Integer::intValue).toArray();
    long[][] sums = found.values().toArray(long[][]::new);
    return tally.with(ClusterDraws.of(by.replicates(), bins, slots, sums));
  }

  /// What every group has at least: four cells of its table.
  @Override
  public long groupBytes() {
    return 4L * width * Long.BYTES;
  }

  @Override
  public long rowBytes() {
    return entries * width * Long.BYTES;
  }
}
