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
import org.primum.fairness.policy.FairnessPolicy;

/// Counts values of proxies by group while the rows go by; it does nothing where a policy asks for
/// none.
final class ProxyCount {

  private final List<Tally.Dimension> names = new ArrayList<>();
  private final List<GroupCodes> proxies = new ArrayList<>();
  private final List<GroupCodes> attributes = new ArrayList<>();
  private final List<Pairs> pairs = new ArrayList<>();

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
  }

  void add(Batch batch, BadRow bad) {
    int[][] groups = attributes.stream().map(a -> a.read(batch, bad)).toArray(int[][]::new);
    for (int proxy = 0; proxy < proxies.size(); proxy++) {
      int[] values = proxies.get(proxy).read(batch, bad);
      for (int attribute = 0; attribute < groups.length; attribute++) {
        pairs.get(proxy * groups.length + attribute).add(values, groups[attribute]);
      }
      if (proxies.get(proxy).size() > org.primum.fairness.policy.Context.MAX_PROXY_VALUES) {
        throw ProxyCounts.tooFine(names.get(proxy).name());
      }
    }
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

  /// Rows by value and group of one proxy and one attribute.
  private static final class Pairs {

    private final CellIndex index = new CellIndex(2);
    private long[] rows = new long[16];

    void add(int[] values, int[] groups) {
      for (int row = 0; row < values.length; row++) {
        int pair = index.child(1, index.child(0, 0, values[row]), groups[row]);
        if (pair >= rows.length) {
          rows = Arrays.copyOf(rows, rows.length * 2);
        }
        rows[pair]++;
      }
    }

    SortedMap<List<String>, Long> counts(GroupCodes proxy, GroupCodes attribute) {
      SortedMap<List<String>, Long> counts = new TreeMap<>(Tally.ORDER);
      List<int[]> paths = index.paths();
      for (int pair = 0; pair < paths.size(); pair++) {
        int[] path = paths.get(pair);
        counts.put(List.of(proxy.name(path[0]), attribute.name(path[1])), rows[pair]);
      }
      return counts;
    }
  }
}
