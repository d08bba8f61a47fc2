package org.primum.fairness.tally;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.DataInvalidException;
import org.primum.data.NumberColumn;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;

/// The one pass over the rows that makes a [Tally]. Several threads count, each for itself; as
/// tallies add up exactly, neither their number nor their timing changes a bit of it.
public final class TallyCount {

  /// A weight from here on would leave the whole numbers that scores are counted in.
  private static final double MAX_WEIGHT = 1L << 40;

  /// Memory a thread takes: its counts, and a batch of long texts.
  private static final long THREAD_BYTES = 192L << 20;

  /// The parts of the memory that the tally of all groups may take, and the scores while they are
  /// counted. A tally is several times as large while it is made, written and audited.
  private static final int GROUPS_PART = 3;

  private static final int SCORES_PART = 8;

  private final FairnessPolicy policy;
  private final String table;
  private final List<Selection> selections = new ArrayList<>();
  private final List<GroupCodes> attributes = new ArrayList<>();
  private final GroupIndex groups = new GroupIndex();
  private final Tally.Layout layout;

  /// By which scores are counted.
  private final List<ScoredGroups> tables;

  private final TargetReader target;
  private final int weight;
  private final ProxyCount proxies;

  /// Whether the weight of a row says how many rows it stands for.
  private final boolean repeated;

  private final ClusterReader clusters;
  private final long memory;
  private final long mostGroups;
  private final Progress progress;
  private long rowsRead;

  /// What the threads have given up so far.
  private RowCounts all;

  private TallyCount(Table table, FairnessPolicy policy, long memory, Progress progress) {
    this.policy = policy;
    this.table = table.name();
    this.memory = memory;
    this.progress = progress;
    AuditData data = policy.data();
    this.layout = Tally.Layout.of(policy);
    this.tables = layout.scored().stream().map(of -> new ScoredGroups(groups, of)).toList();
    this.target = TargetReader.of(data, this::select, layout.grid());
    this.weight =
        switch (data.weight()) {
          case AuditData.Weight.Equal() -> -1;
          case AuditData.Weight.Column(String column) -> select(Selection.number(column));
          case AuditData.Weight.Frequency(String column) -> select(Selection.number(column));
        };
    this.repeated = data.weight() instanceof AuditData.Weight.Frequency;
    this.clusters = ClusterReader.of(policy, this::select, this.table);
    for (Attribute attribute : policy.attributes()) {
      attributes.add(GroupCodes.of(attribute, this::select));
    }
    for (Attribute condition : policy.context().condition()) {
      attributes.add(GroupCodes.of(condition, this::select));
    }
    this.proxies = new ProxyCount(policy, this::select);
    this.all = counts();
    this.mostGroups = memory / GROUPS_PART / all.groupBytes();
  }

  private int select(Selection selection) {
    int at = selections.indexOf(selection);
    if (at < 0) {
      selections.add(selection);
      at = selections.size() - 1;
    }
    return at;
  }

  /// Counts a table.
  ///
  /// @param threads how many threads count at most; fewer where memory is short
  /// @param progress told the number of rows read so far after each batch
  /// @throws DataInvalidException where a column is absent or holds what it must not: a label or
  ///   prediction outside its two values, a score that is not finite or outside [0, 1], a weight
  ///   that is negative or not finite, a row without a cluster, too many groups for the memory or
  ///   for any reader, no rows at all
  public static Tally of(Table table, FairnessPolicy policy, int threads, Progress progress)
      throws IOException {
    return of(table, policy, threads, Runtime.getRuntime().maxMemory(), progress);
  }

  /// @param memory bytes that Java may use
  static Tally of(Table table, FairnessPolicy policy, int threads, long memory, Progress progress)
      throws IOException {
    TallyCount count = new TallyCount(table, policy, memory, progress);
    count.selections.forEach(s -> table.schema().require(s.column(), table.name()));
    count.read(table, Math.clamp(memory / THREAD_BYTES, 1, Math.max(1, threads)));
    Tally tally = count.tally();
    if (tally.cells().isEmpty()) {
      throw new DataInvalidException(
          table.name() + ": the table has no rows; an audit of nobody says nothing");
    }
    return tally;
  }

  /// Told how far the pass is, by one thread at a time.
  @FunctionalInterface
  public interface Progress {
    void rowsRead(long rows);
  }

  private void read(Table data, int threads) throws IOException {
    List<Counter> counters = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      counters.add(new Counter(memory / SCORES_PART / (2L * threads)));
    }
    List<Batches> stretches = data.split(selections, threads);
    try {
      BatchPass.run(stretches, counters);
    } finally {
      for (Batches stretch : stretches) {
        stretch.close();
      }
    }
    for (Counter counter : counters) {
      give(counter.counts);
    }
  }

  /// What one thread counts.
  private final class Counter implements BatchPass.Counter {

    private final RowGroups rowGroups = new RowGroups(groups, attributes.size());
    private final long mostBytes;
    private RowCounts counts = counts();

    Counter(long mostBytes) {
      this.mostBytes = mostBytes;
    }

    @Override
    public void add(Batch batch) {
      count(batch, rowGroups, counts);
      if (counts.scoreBytes() > mostBytes) {
        give(counts);
        counts = counts();
      }
      progressed(batch.rows());
    }
  }

  private RowCounts counts() {
    List<MoreSums> more = new ArrayList<>(target.more());
    more.addAll(clusters.more());
    return new RowCounts(layout.grid(), weight >= 0 && !repeated, tables, more);
  }

  private synchronized void give(RowCounts counts) {
    if (all.isEmpty()) {
      all = counts;
    } else {
      all.absorb(counts);
    }
    if (all.scoreBytes() > memory / SCORES_PART) {
      throw tooMuch("the scores of all combinations of");
    }
  }

  private DataInvalidException tooMuch(String what) {
    return new DataInvalidException(
        "%s: %s %s take more than the %d MiB of memory there are for them; leave an attribute out,"
                .formatted(table, what, columns(), memory >> 20)
            + (policy.data().cluster() instanceof AuditData.Cluster.None
                ? ""
                : " draw fewer statistics.bootstrap.clusterReplicates,")
            + " or give Java more memory (-Xmx)");
  }

  private synchronized void progressed(long rows) {
    rowsRead += rows;
    progress.rowsRead(rowsRead);
  }

  private void count(Batch batch, RowGroups rowGroups, RowCounts counts) {
    BadRow bad = new BadRow(table, batch.firstRow());
    proxies.add(batch, bad);
    int[] numbers = groups(batch, rowGroups, bad);
    counts.add(batch, target.read(batch, numbers, weights(batch, bad), bad), bad);
  }

  private int[] groups(Batch batch, RowGroups rowGroups, BadRow bad) {
    List<int[]> codes = new ArrayList<>();
    int[] sizes = new int[attributes.size()];
    for (int i = 0; i < sizes.length; i++) {
      codes.add(attributes.get(i).read(batch, bad));
      sizes[i] = attributes.get(i).size();
    }
    int[] numbers = rowGroups.read(codes, sizes, batch.rows());
    for (int number : numbers) {
      if (number == Tally.MAX_CELLS) {
        throw tooManyGroups();
      }
    }
    if (groups.size() > mostGroups) {
      throw tooMuch("more than " + mostGroups + " combinations of");
    }
    return numbers;
  }

  private DataInvalidException tooManyGroups() {
    return new DataInvalidException(
        table
            + ": more than "
            + Tally.MAX_CELLS
            + " combinations of "
            + columns()
            + "; give bins to numbers, declare categories, or leave an attribute out");
  }

  private String columns() {
    return String.join(", ", policy.attributes().stream().map(Attribute::column).toList());
  }

  private RowWeights weights(Batch batch, BadRow bad) {
    if (weight < 0) {
      return new RowWeights(new double[0], false);
    }
    NumberColumn column = batch.number(weight);
    String name = selections.get(weight).column();
    double[] weights = new double[batch.rows()];
    for (int row = 0; row < weights.length; row++) {
      if (column.isMissing(row)) {
        throw bad.at(name, row, "has no weight; give every row one");
      }
      weights[row] = column.value(row);
      if (!(weights[row] >= 0 && weights[row] < MAX_WEIGHT)) {
        throw bad.at(
            name, row, "is negative, not a finite number, or above 10^12; weights count people");
      }
      if (repeated && weights[row] != Math.rint(weights[row])) {
        throw bad.at(
            name, row, "is no whole number; a frequency says how many rows a row stands for");
      }
    }
    return new RowWeights(weights, repeated);
  }

  private Tally tally() {
    SortedMap<List<String>, GroupTally> cells = new TreeMap<>(Tally.ORDER);
    SortedMap<List<String>, Integer> combinations = new TreeMap<>(Tally.ORDER);
    List<List<Integer>> paths = groups.paths();
    for (int group = 0; group < paths.size(); group++) {
      List<String> key = new ArrayList<>();
      for (int i = 0; i < attributes.size(); i++) {
        key.add(attributes.get(i).name(paths.get(group).get(i)));
      }
      GroupTally counted = all.counts(group);
      if (counted.n() > 0) { // a row may stand for no row
        cells.put(key, counted);
        combinations.put(key, group);
      }
    }
    return new Tally(layout, all.scale(), cells, scores(combinations), proxies.counts());
  }

  private ScoreTables scores(SortedMap<List<String>, Integer> combinations) {
    List<ScoreTables.Of> scored = new ArrayList<>();
    for (int table = 0; table < tables.size(); table++) {
      List<Integer> of = layout.scored().get(table);
      SortedMap<List<String>, ScoreCounts> counts = new TreeMap<>(Tally.ORDER);
      for (Map.Entry<List<String>, Integer> cell : combinations.entrySet()) {
        int place = table;
        counts.computeIfAbsent(
            Tally.part(cell.getKey(), of), _ -> all.scores(place, cell.getValue()));
      }
      scored.add(new ScoreTables.Of(of, counts));
    }
    return new ScoreTables(scored);
  }
}
