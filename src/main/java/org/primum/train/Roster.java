package org.primum.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.DataInvalidException;
import org.primum.data.NumberColumn;
import org.primum.data.Table;
import org.primum.data.TextColumn;

/// Who is in the data: for each row its side of the split, label, weight and groups. Everything but
/// the features.
public final class Roster {

  private final Table table;
  private final ColumnRoles roles;
  private final PatientSplit split;
  private final BitSet held = new BitSet();
  private final BitSet positive = new BitSet();
  private final Set<Long> trainedPatients = new HashSet<>();
  private final Set<Long> heldPatients = new HashSet<>();
  private final Set<String> labels = new HashSet<>();
  private final List<Groups> sensitive = new ArrayList<>();
  private final Groups joint = new Groups("joint");
  private double[] weights = new double[1024];
  private int rows;

  private Roster(Table table, ColumnRoles roles, PatientSplit split) {
    this.table = table;
    this.roles = roles;
    this.split = split;
    roles.sensitive().forEach(name -> sensitive.add(new Groups(name)));
  }

  /// Reads the table once.
  ///
  /// @throws DataInvalidException where an id or label is missing, labels are not two, a weight is
  ///   no weight, or a side of the split has no patients, or training rows have one label only
  public static Roster read(Table table, ColumnRoles roles, PatientSplit split) throws IOException {
    roles.requireIn(table);
    var roster = new Roster(table, roles, split);
    try (Batches batches = table.read(roles.selections())) {
      Optional<Batch> batch = batches.next();
      while (batch.isPresent()) {
        roster.add(batch.get());
        batch = batches.next();
      }
    }
    roster.check();
    return roster;
  }

  /// The rows of one value of an attribute.
  ///
  /// @param positives how many rows have the positive label, of training and holdout together
  public record Count(long rows, long positives, long heldRows, long heldPositives) {
    static final Count NONE = new Count(0, 0, 0, 0);

    Count plus(boolean isPositive, boolean isHeld) {
      int one = isPositive ? 1 : 0;
      return new Count(
          rows + 1,
          positives + one,
          heldRows + (isHeld ? 1 : 0),
          heldPositives + (isHeld ? one : 0));
    }
  }

  /// An attribute's values, each row's among them.
  private static final class Groups {
    private final String name;
    private final Map<String, Integer> codes = new LinkedHashMap<>();
    private final List<Count> counts = new ArrayList<>();
    private int[] ofRow = new int[1024];

    Groups(String name) {
      this.name = name;
    }

    void add(int row, String value, boolean isPositive, boolean isHeld) {
      int code = codes.computeIfAbsent(value, v -> codes.size());
      if (code == counts.size()) {
        counts.add(Count.NONE);
      }
      counts.set(code, counts.get(code).plus(isPositive, isHeld));
      ofRow = row < ofRow.length ? ofRow : Arrays.copyOf(ofRow, 2 * ofRow.length);
      ofRow[row] = code;
    }

    List<String> names() {
      return List.copyOf(codes.keySet());
    }
  }

  private static final String MISSING = "<missing>";

  private void add(Batch batch) {
    TextColumn ids = batch.text(0);
    TextColumn label = batch.text(1);
    for (int i = 0; i < batch.rows(); i++) {
      requireValue(ids, i, roles.id());
      requireValue(label, i, roles.label());
      boolean isPositive = isPositive(label.text(i));
      boolean isHeld = place(ids.text(i));
      held.set(rows, isHeld);
      positive.set(rows, isPositive);
      weigh(batch, i);
      group(batch, i, isPositive, isHeld);
      rows++;
    }
  }

  private void requireValue(TextColumn column, int row, String name) {
    if (column.isMissing(row)) {
      throw new DataInvalidException(
          table.name()
              + ": column '"
              + name
              + "' has no value in row "
              + (rows + 1)
              + "; every row needs a patient and an outcome: drop the rows that have none");
    }
  }

  private boolean isPositive(String label) {
    labels.add(label);
    if (labels.size() > 2) {
      throw new DataInvalidException(
          table.name()
              + ": label '"
              + roles.label()
              + "' has more than two different values (row "
              + (rows + 1)
              + " brought the third); a binary outcome is needed");
    }
    return label.equals(roles.positive());
  }

  private boolean place(String id) {
    long hash = split.hash(id);
    boolean isHeld = split.holdsOut(hash);
    (isHeld ? heldPatients : trainedPatients).add(hash);
    return isHeld;
  }

  private void weigh(Batch batch, int row) {
    double weight = 1;
    if (roles.weight().isPresent()) {
      NumberColumn column = batch.number(2);
      weight = column.valueOrNaN(row);
      if (!(weight > 0 && weight <= 1e9)) {
        throw new DataInvalidException(
            table.name()
                + ": weight '"
                + roles.weight().get()
                + "' of row "
                + (rows + 1)
                + " is missing, not positive, or above 1e9");
      }
    }
    weights = rows < weights.length ? weights : Arrays.copyOf(weights, 2 * weights.length);
    weights[rows] = weight;
  }

  private void group(Batch batch, int row, boolean isPositive, boolean isHeld) {
    for (int i = 0; i < sensitive.size(); i++) {
      String value = value(batch.text(roles.firstSensitive() + i), row);
      sensitive.get(i).add(rows, value, isPositive, isHeld);
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < roles.reweigh().size(); i++) {
      values.add(value(batch.text(roles.firstReweighed() + i), row));
    }
    joint.add(rows, String.join("\u0000", values), isPositive, isHeld);
  }

  private static String value(TextColumn column, int row) {
    return column.isMissing(row) ? MISSING : column.text(row);
  }

  private void check() {
    if (rows == 0) {
      throw new DataInvalidException(table.name() + ": the table has no rows");
    }
    if (positives() == 0) {
      throw new DataInvalidException(
          table.name()
              + ": no row has the positive label '"
              + roles.positive()
              + "' in column '"
              + roles.label()
              + "'; name the positive value with --positive");
    }
    if (positives() == rows) {
      throw new DataInvalidException(
          table.name() + ": label '" + roles.label() + "' is positive in every row");
    }
    if (trainedPatients.isEmpty() || heldPatients.isEmpty()) {
      throw new DataInvalidException(
          table.name()
              + ": "
              + (trainedPatients.size() + heldPatients.size())
              + " patient(s) cannot be split into training and holdout; give more patients, or"
              + " another --holdout or --seed");
    }
    if (trainingPositives() == 0 || trainingPositives() == trainingRows()) {
      throw new DataInvalidException(
          table.name()
              + ": the training rows have one label only; give more rows, or another --seed");
    }
  }

  public int rows() {
    return rows;
  }

  public boolean isHeldOut(int row) {
    return held.get(row);
  }

  public boolean isPositive(int row) {
    return positive.get(row);
  }

  public double weight(int row) {
    return weights[row];
  }

  public int heldOutRows() {
    return held.cardinality();
  }

  public int trainingRows() {
    return rows - heldOutRows();
  }

  public long trainingPatients() {
    return trainedPatients.size();
  }

  public long heldOutPatients() {
    return heldPatients.size();
  }

  public int positives() {
    return positive.cardinality();
  }

  /// Positive rows that are not held out.
  public int trainingPositives() {
    BitSet trained = (BitSet) positive.clone();
    trained.andNot(held);
    return trained.cardinality();
  }

  int attributes() {
    return sensitive.size();
  }

  String attribute(int attribute) {
    return sensitive.get(attribute).name;
  }

  /// The values of a sensitive column in the order of their appearance; rows without one are
  /// `<missing>`.
  List<String> groupNames(int attribute) {
    return sensitive.get(attribute).names();
  }

  int group(int attribute, int row) {
    return sensitive.get(attribute).ofRow[row];
  }

  /// Rows and positives of every value of every sensitive column, by `column=value`, sorted within
  /// a column.
  public Map<String, Count> counts() {
    Map<String, Count> counts = new LinkedHashMap<>();
    for (Groups groups : sensitive) {
      new TreeMap<>(groups.codes)
          .forEach((value, code) -> counts.put(groups.name + "=" + value, groups.counts.get(code)));
    }
    return counts;
  }

  /// The weights of the training rows: given, and times the factors of reweighing where asked.
  double[] trainingWeights() {
    List<String> names = joint.names();
    var reweighing = new Reweighing();
    for (int row = 0; row < rows; row++) {
      if (!held.get(row)) {
        reweighing.add(names.get(joint.ofRow[row]), positive.get(row), weights[row]);
      }
    }
    Map<String, Reweighing.Factors> factors = reweighing.factors();
    double[] trained = new double[trainingRows()];
    int next = 0;
    for (int row = held.nextClearBit(0); row < rows; row = held.nextClearBit(row + 1)) {
      double factor = 1;
      if (!roles.reweigh().isEmpty()) {
        Reweighing.Factors of = factors.get(names.get(joint.ofRow[row]));
        factor = of == null ? 1 : positive.get(row) ? of.positive() : of.negative();
      }
      trained[next++] = weights[row] * factor;
    }
    return trained;
  }

  boolean[] trainingLabels() {
    boolean[] trained = new boolean[trainingRows()];
    int next = 0;
    for (int row = held.nextClearBit(0); row < rows; row = held.nextClearBit(row + 1)) {
      trained[next++] = positive.get(row);
    }
    return trained;
  }
}
