package org.primum.fairness.tally;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/// The one pass over the rows that makes a [Tally].
public final class TallyCount {

  private final FairnessPolicy policy;
  private final String table;
  private final List<Selection> selections = new ArrayList<>();
  private final List<GroupCodes> attributes = new ArrayList<>();
  private final TargetCount target;
  private final int weight;
  private final ProxyCount proxies;
  private final CellIndex cells;
  private long[] rows = new long[0];
  private final List<ExactSum.Running> sums = new ArrayList<>();

  private TallyCount(Table table, FairnessPolicy policy) {
    this.policy = policy;
    this.table = table.name();
    AuditData data = policy.data();
    this.target = TargetCount.of(data, Tally.Layout.of(policy).grid(), this::select, this.table);
    this.weight =
        switch (data.weight()) {
          case AuditData.Weight.Equal() -> -1;
          case AuditData.Weight.Column(String column) -> select(Selection.number(column));
        };
    for (Attribute attribute : policy.attributes()) {
      attributes.add(GroupCodes.of(attribute, this::select));
    }
    for (Attribute condition : policy.context().condition()) {
      attributes.add(GroupCodes.of(condition, this::select));
    }
    this.proxies = new ProxyCount(policy, this::select);
    this.cells = new CellIndex(attributes.size());
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
  /// @param progress told the number of rows read so far after each batch
  /// @throws DataInvalidException where a column is absent or holds what it must not: a label or
  ///   prediction outside its two values, a score that is not finite or outside [0, 1], a weight
  ///   that is negative or not finite, too many groups, no rows at all
  public static Tally of(Table table, FairnessPolicy policy, Progress progress) throws IOException {
    TallyCount count = new TallyCount(table, policy);
    count.selections.forEach(s -> table.schema().require(s.column(), table.name()));
    long read = 0;
    try (Batches batches = table.read(count.selections)) {
      for (Optional<Batch> batch = batches.next(); batch.isPresent(); batch = batches.next()) {
        count.add(batch.get());
        read = batch.get().firstRow() + batch.get().rows();
        progress.rowsRead(read);
      }
    }
    if (read == 0) {
      throw new DataInvalidException(
          table.name() + ": the table has no rows; an audit of nobody says nothing");
    }
    return count.tally();
  }

  /// Told how far the pass is.
  @FunctionalInterface
  public interface Progress {
    void rowsRead(long rows);
  }

  private void add(Batch batch) {
    BadRow bad = new BadRow(table, batch.firstRow());
    target.read(batch, bad);
    proxies.add(batch, bad);
    int[] leaf = leaves(batch, bad);
    reserve();
    for (int row = 0; row < batch.rows(); row++) {
      int cell = leaf[row] * Counts.CELLS + target.label(row) * 3 + target.prediction(row);
      rows[cell]++;
      double counted = weight < 0 ? 1 : weight(batch, row, bad);
      addWeight(cell, counted);
      target.add(leaf[row], row, counted);
    }
  }

  private int[] leaves(Batch batch, BadRow bad) {
    int[] leaf = new int[batch.rows()];
    for (int depth = 0; depth < attributes.size(); depth++) {
      int[] codes = attributes.get(depth).read(batch, bad);
      for (int row = 0; row < leaf.length; row++) {
        leaf[row] = cells.child(depth, leaf[row], codes[row]);
        if (leaf[row] >= Tally.MAX_CELLS) {
          throw tooManyGroups();
        }
      }
    }
    return leaf;
  }

  private DataInvalidException tooManyGroups() {
    List<String> names = policy.attributes().stream().map(Attribute::column).toList();
    return new DataInvalidException(
        table
            + ": more than "
            + Tally.MAX_CELLS
            + " combinations of "
            + String.join(", ", names)
            + "; give bins to numbers, declare categories, or leave an attribute out");
  }

  private void reserve() {
    int wanted = cells.leaves() * Counts.CELLS;
    if (rows.length < wanted) {
      rows = java.util.Arrays.copyOf(rows, Math.max(wanted, rows.length * 2));
    }
    while (weight >= 0 && sums.size() < wanted * SUMS) {
      sums.add(new ExactSum.Running());
    }
  }

  private static final int SUMS = 2;

  /// A weight from here on would leave the whole numbers that scores are counted in.
  private static final double MAX_WEIGHT = 1L << 40;

  private double weight(Batch batch, int row, BadRow bad) {
    NumberColumn column = batch.number(weight);
    String name = selections.get(weight).column();
    if (column.isMissing(row)) {
      throw bad.at(name, row, "has no weight; give every row one");
    }
    double value = column.value(row);
    if (!(value >= 0 && value < MAX_WEIGHT)) {
      throw bad.at(
          name, row, "is negative, not a finite number, or above 10^12; weights count people");
    }
    return value;
  }

  private void addWeight(int cell, double counted) {
    if (weight >= 0) {
      sums.get(cell * SUMS).add(counted);
      sums.get(cell * SUMS + 1).add(counted * counted);
    }
  }

  private Tally tally() {
    SortedMap<List<String>, GroupTally> counts =
        new TreeMap<>(Tally.empty(policy).cells().comparator());
    List<int[]> paths = cells.paths();
    target.end(paths.size());
    for (int leaf = 0; leaf < paths.size(); leaf++) {
      int[] path = paths.get(leaf);
      List<String> key = new ArrayList<>();
      for (int depth = 0; depth < attributes.size(); depth++) {
        key.add(attributes.get(depth).name(path[depth]));
      }
      counts.put(key, target.tally(leaf, counts(leaf)));
    }
    return new Tally(Tally.Layout.of(policy), target.scale(), counts).with(proxies.counts());
  }

  private Counts counts(int leaf) {
    List<Sums> nine = new ArrayList<>();
    for (int cell = leaf * Counts.CELLS; cell < (leaf + 1) * Counts.CELLS; cell++) {
      ExactSum equal = ExactSum.of(rows[cell]);
      nine.add(
          Sums.of(
              rows[cell],
              weight < 0 ? equal : sums.get(cell * SUMS).total(),
              weight < 0 ? equal : sums.get(cell * SUMS + 1).total()));
    }
    return new Counts(nine);
  }
}
