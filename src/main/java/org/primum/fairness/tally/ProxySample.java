package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.fairness.policy.Context;
import org.primum.fairness.policy.FairnessPolicy;

/// Some of the rows, as far as they say how well several columns together tell a group: which
/// combinations of their values occur, in which groups, how often.
///
/// Which rows is decided by a hash: of the patient where rows come in clusters, else of the values
/// of the columns. Those with the smallest hashes are kept, each with all its rows, as long as
/// there are no more than [#MOST] kinds of row. So neither order nor sharding nor threads choose,
/// and two samples make the sample of all their rows. Bottom-k sampling: Cohen, Kaplan 2007,
/// *Summarizing data using bottom-k sketches*, PODC,
/// [doi:10.1145/1281100.1281133](https://doi.org/10.1145/1281100.1281133).
///
/// @param taken whether anybody looked at the rows: nobody did where a tally comes from a file
/// @param rows how often each kind of row occurs, in ascending order
/// @param limit the hash from which on rows were left out, unsigned; empty where all are here
public record ProxySample(boolean taken, SortedMap<Kind, Long> rows, OptionalLong limit) {

  /// So many kinds of row are kept at most.
  public static final int MOST = 20_000;

  /// Nobody asked, or nobody kept it.
  public static final ProxySample NOT_TAKEN =
      new ProxySample(false, new TreeMap<>(), OptionalLong.empty());

  /// A kind of row.
  ///
  /// @param unit hash that decided whether it is in the sample
  /// @param inputs values of the proxies, in the order of the policy
  /// @param score NaN where there is none, or where nobody asks for it
  /// @param groups values of the attributes, in the order of the policy
  public record Kind(long unit, List<String> inputs, double score, List<String> groups)
      implements Comparable<Kind> {

    private static final Comparator<Kind> ORDER =
        ((Comparator<Kind>) (one, other) -> Long.compareUnsigned(one.unit, other.unit))
            .thenComparing(Kind::inputs, Tally.ORDER)
            .thenComparingDouble(Kind::score)
            .thenComparing(Kind::groups, Tally.ORDER);

    public Kind {
      inputs = List.copyOf(inputs);
      groups = List.copyOf(groups);
    }

    @Override
    public int compareTo(Kind other) {
      return ORDER.compare(this, other);
    }
  }

  public ProxySample {
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
  }

  /// What a policy asks for, of no rows.
  static ProxySample none(FairnessPolicy policy) {
    return policy.context().together() == Context.Together.NOT_ASKED
        ? NOT_TAKEN
        : new ProxySample(true, new TreeMap<>(), OptionalLong.empty());
  }

  /// The sample of the rows of both; none where one of them was not taken.
  ProxySample plus(ProxySample other) {
    if (!taken || !other.taken) {
      return NOT_TAKEN;
    }
    SortedMap<Kind, Long> both = new TreeMap<>(rows);
    other.rows.forEach((kind, count) -> both.merge(kind, count, Math::addExact));
    return of(both, smaller(limit, other.limit), MOST);
  }

  private static OptionalLong smaller(OptionalLong one, OptionalLong other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isPresent() ? one : other;
    }
    return Long.compareUnsigned(one.getAsLong(), other.getAsLong()) < 0 ? one : other;
  }

  /// The units with the smallest hashes, whole, as long as there is room.
  ///
  /// @param left the hash from which on units may be incomplete
  static ProxySample of(SortedMap<Kind, Long> rows, OptionalLong left, int most) {
    SortedMap<Kind, Long> kept = new TreeMap<>();
    List<Map.Entry<Kind, Long>> unit = new ArrayList<>();
    OptionalLong limit = left;
    for (Map.Entry<Kind, Long> row : rows.entrySet()) {
      long hash = row.getKey().unit();
      if (limit.isPresent() && Long.compareUnsigned(hash, limit.getAsLong()) >= 0) {
        break;
      }
      if (!unit.isEmpty() && unit.getFirst().getKey().unit() != hash) {
        unit.forEach(each -> kept.put(each.getKey(), each.getValue()));
        unit.clear();
      }
      unit.add(row);
      if (kept.size() + unit.size() > most) {
        limit = OptionalLong.of(hash);
        unit.clear();
      }
    }
    unit.forEach(each -> kept.put(each.getKey(), each.getValue()));
    return new ProxySample(true, kept, limit);
  }

  /// How many rows are in it.
  public long size() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
