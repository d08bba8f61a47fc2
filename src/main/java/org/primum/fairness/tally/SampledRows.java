package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.NumberColumn;
import org.primum.data.Selection;
import org.primum.data.TextColumn;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.Context;
import org.primum.fairness.policy.FairnessPolicy;

/// Keeps a [ProxySample] while the rows go by, in bounded memory; it does nothing where a policy
/// does not ask what columns tell together. Threads take turns, once a batch.
final class SampledRows {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int NOT_READ = -1;

  /// A kind of row by the codes of its values: of the proxies, then of the attributes.
  private static final class Coded {
    private final int[] codes;
    private final double score;

    Coded(int[] codes, double score) {
      this.codes = codes;
      this.score = score;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Coded coded
          && Arrays.equals(codes, coded.codes)
          && Double.compare(score, coded.score) == 0;
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(codes) + Double.hashCode(score);
    }
  }

  private final boolean asked;
  private final int score;
  private final int cluster;
  private final int most;

  /// By hash, turned so that signed order is the unsigned one.
  private final TreeMap<Long, Map<Coded, long[]>> units = new TreeMap<>();

  private final List<List<Long>> hashes = new ArrayList<>();
  private OptionalLong limit = OptionalLong.empty();
  private int kinds;

  private SampledRows(boolean asked, int score, int cluster, int most) {
    this.asked = asked;
    this.score = score;
    this.cluster = cluster;
    this.most = most;
  }

  static SampledRows of(FairnessPolicy policy, ToIntFunction<Selection> select) {
    Context.Together together = policy.context().together();
    if (together == Context.Together.NOT_ASKED) {
      return new SampledRows(false, NOT_READ, NOT_READ, 0);
    }
    int score =
        together == Context.Together.INPUTS_AND_SCORE
            ? policy
                .data()
                .scoreColumn()
                .map(column -> select.applyAsInt(Selection.number(column)))
                .orElse(NOT_READ)
            : NOT_READ;
    int cluster =
        policy.data().cluster() instanceof AuditData.Cluster.By by
            ? select.applyAsInt(Selection.text(by.column()))
            : NOT_READ;
    return new SampledRows(true, score, cluster, ProxySample.MOST);
  }

  /// @param inputs codes of each proxy's values
  /// @param groups codes of each attribute's values
  /// @param proxies whose names the codes stand for
  void add(Batch batch, int[][] inputs, int[][] groups, List<GroupCodes> proxies) {
    if (asked) {
      double[] scores = scores(batch);
      keep(unitsOf(batch, inputs, scores, proxies), inputs, groups, scores);
    }
  }

  private double[] scores(Batch batch) {
    double[] scores = new double[batch.rows()];
    Arrays.fill(scores, Double.NaN);
    if (score != NOT_READ) {
      NumberColumn column = batch.number(score);
      for (int row = 0; row < scores.length; row++) {
        scores[row] = column.valueOrNaN(row) + 0.0; // -0 is 0
      }
    }
    return scores;
  }

  private long[] unitsOf(Batch batch, int[][] inputs, double[] scores, List<GroupCodes> proxies) {
    long[] hashed = new long[batch.rows()];
    if (cluster != NOT_READ) {
      TextColumn names = batch.text(cluster);
      long[] known = new long[names.dictionarySize()];
      for (int i = 0; i < known.length; i++) {
        known[i] = hash(names.entry(i));
      }
      for (int row = 0; row < hashed.length; row++) {
        int code = names.code(row);
        hashed[row] = code == TextColumn.MISSING ? 0 : known[code];
      }
      return hashed;
    }
    long[][] known = hashes(proxies);
    for (int row = 0; row < hashed.length; row++) {
      long all = mixed(Double.doubleToLongBits(scores[row]));
      for (int proxy = 0; proxy < inputs.length; proxy++) {
        all = mixed((all ^ known[proxy][inputs[proxy][row]]) + GOLDEN);
      }
      hashed[row] = all;
    }
    return hashed;
  }

  /// The hashes of the names of all codes there are, each made once.
  private synchronized long[][] hashes(List<GroupCodes> proxies) {
    long[][] known = new long[proxies.size()][];
    for (int proxy = 0; proxy < known.length; proxy++) {
      if (hashes.size() == proxy) {
        hashes.add(new ArrayList<>());
      }
      List<Long> of = hashes.get(proxy);
      for (int code = of.size(); code < proxies.get(proxy).size(); code++) {
        of.add(hash(proxies.get(proxy).name(code)));
      }
      known[proxy] = of.stream().mapToLong(Long::longValue).toArray();
    }
    return known;
  }

  private synchronized void keep(long[] hashed, int[][] inputs, int[][] groups, double[] scores) {
    for (int row = 0; row < hashed.length; row++) {
      if (limit.isEmpty() || Long.compareUnsigned(hashed[row], limit.getAsLong()) < 0) {
        Coded coded = new Coded(codes(row, inputs, groups), scores[row]);
        Map<Coded, long[]> unit =
            units.computeIfAbsent(hashed[row] ^ Long.MIN_VALUE, _ -> new HashMap<>());
        long[] count = unit.computeIfAbsent(coded, _ -> new long[1]);
        kinds += count[0] == 0 ? 1 : 0;
        count[0]++;
        dropWhatDoesNotFit();
      }
    }
  }

  private static int[] codes(int row, int[][] inputs, int[][] groups) {
    int[] codes = new int[inputs.length + groups.length];
    for (int i = 0; i < inputs.length; i++) {
      codes[i] = inputs[i][row];
    }
    for (int i = 0; i < groups.length; i++) {
      codes[inputs.length + i] = groups[i][row];
    }
    return codes;
  }

  private void dropWhatDoesNotFit() {
    while (kinds > most) {
      Map.Entry<Long, Map<Coded, long[]>> last = units.lastEntry();
      units.remove(last.getKey());
      kinds -= last.getValue().size();
      limit = OptionalLong.of(last.getKey() ^ Long.MIN_VALUE);
    }
  }

  synchronized ProxySample sample(List<GroupCodes> proxies, List<GroupCodes> attributes) {
    if (!asked) {
      return ProxySample.NOT_TAKEN;
    }
    SortedMap<ProxySample.Kind, Long> rows = new TreeMap<>();
    units.forEach((unit, of) ->
        of.forEach((coded, count) ->
            rows.put(
                new ProxySample.Kind(
                    unit ^ Long.MIN_VALUE,
                    names(coded.codes, 0, proxies),
                    coded.score,
                    names(coded.codes, proxies.size(), attributes)),
                count[0])));
    return new ProxySample(true, rows, limit);
  }

  private static List<String> names(int[] codes, int from, List<GroupCodes> columns) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      names.add(columns.get(i).name(codes[from + i]));
    }
    return names;
  }

  private static long hash(String text) {
    long hash = GOLDEN;
    for (int i = 0; i < text.length(); i++) {
      hash = mixed((hash ^ text.charAt(i)) + GOLDEN);
    }
    return hash;
  }

  /// The finalizer of SplitMix64: Steele, Lea, Flood 2014,
  /// [doi:10.1145/2660193.2660195](https://doi.org/10.1145/2660193.2660195).
  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
