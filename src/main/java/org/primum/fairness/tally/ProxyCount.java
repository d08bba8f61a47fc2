package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.Selection;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.Context;
import org.primum.fairness.policy.FairnessPolicy;

/// Counts values of proxies by group while the rows go by; it does nothing where a policy asks for
/// none.
final class ProxyCount {

  private final List<Tally.Dimension> names = new ArrayList<>();
  private final List<GroupCodes> proxies = new ArrayList<>();
  private final List<GroupCodes> attributes = new ArrayList<>();
  private final List<Pairs> pairs = new ArrayList<>();
  private final SampledRows sampled;

  ProxyCount(FairnessPolicy policy, ToIntFunction<Selection> select) {
    for (Attribute proxy : policy.context().proxies()) {
      names.add(Tally.Dimension.of(proxy));
      proxies.add(GroupCodes.of(proxy, select));
    }
    if (!proxies.isEmpty()) {
      policy.attributes().forEach(a -> attributes.add(GroupCodes.of(a, select)));
    }
    for (int i = 0; i < proxies.size() * attributes.size(); i++) {
      pairs.add(new Pairs());
    }
    sampled = SampledRows.of(policy, select);
  }

  void add(Batch batch, BadRow bad) {
    int[][] groups = attributes.stream().map(a -> a.read(batch, bad)).toArray(int[][]::new);
    int[][] inputs = new int[proxies.size()][];
    for (int proxy = 0; proxy < proxies.size(); proxy++) {
      int[] values = proxies.get(proxy).read(batch, bad);
      inputs[proxy] = values;
      for (int attribute = 0; attribute < groups.length; attribute++) {
        pairs.get(proxy * groups.length + attribute).add(values, groups[attribute]);
      }
      if (proxies.get(proxy).size() > Context.MAX_PROXY_VALUES) {
        throw ProxyCounts.tooFine(names.get(proxy).name());
      }
    }
    sampled.add(batch, inputs, groups, proxies);
  }

  ProxySample sample() {
    return sampled.sample(proxies, attributes);
  }

  ProxyCounts counts() {
    List<ProxyCounts.Column> columns = new ArrayList<>();
    for (int proxy = 0; proxy < proxies.size(); proxy++) {
      List<SortedMap<List<String>, Long>> rows = new ArrayList<>();
      for (int attribute = 0; attribute < attributes.size(); attribute++) {
        rows.add(
            pairs
                .get(proxy * attributes.size() + attribute)
                .counts(proxies.get(proxy), attributes.get(attribute)));
      }
      columns.add(new ProxyCounts.Column(names.get(proxy), rows));
    }
    return new ProxyCounts(columns);
  }

  /// Rows by value and group of one proxy and one attribute; threads take turns.
  private static final class Pairs {

    private long[][] rows = new long[16][0];

    synchronized void add(int[] values, int[] groups) {
      for (int row = 0; row < values.length; row++) {
        room(values[row], groups[row])[groups[row]]++;
      }
    }

    private long[] room(int value, int group) {
      if (value >= rows.length) {
        int before = rows.length;
        rows = Arrays.copyOf(rows, Math.max(value + 1, before * 2));
        Arrays.fill(rows, before, rows.length, new long[0]);
      }
      if (group >= rows[value].length) {
        rows[value] = Arrays.copyOf(rows[value], Math.max(group + 1, rows[value].length * 2));
      }
      return rows[value];
    }

    synchronized SortedMap<List<String>, Long> counts(GroupCodes proxy, GroupCodes attribute) {
      SortedMap<List<String>, Long> counts = new TreeMap<>(Tally.ORDER);
      for (int value = 0; value < rows.length; value++) {
        for (int group = 0; group < rows[value].length; group++) {
          if (rows[value][group] > 0) {
            counts.put(List.of(proxy.name(value), attribute.name(group)), rows[value][group]);
          }
        }
      }
      return counts;
    }
  }
}
