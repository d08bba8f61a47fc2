package org.primum.privacy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.primum.data.Batch;
import org.primum.data.Selection;
import org.primum.data.TextColumn;

/// The exact integer answers to a release, before noise. They never leave this package.
///
/// Of each patient the first `maxRows` rows in file order count, the rest do not. Which rows of a
/// patient count depends on his own rows only, never on another patient's, so that adding, removing
/// or replacing a patient changes his rows and no others. A row that does not say whose it is does
/// not count. None of this is reported: how many rows were left out is a fact about patients too.
public final class ExactAnswers {

  private final List<QueryPlan> plans;
  private final int maxRows;
  private final Map<Selection, Integer> columns = new LinkedHashMap<>();
  private final Map<String, Integer> rowsOfPatient = new HashMap<>();
  private final List<QueryTally> tallies = new ArrayList<>();

  /// @param unitColumn says whose a row is
  public ExactAnswers(List<QueryPlan> plans, String unitColumn, int maxRows) {
    this.plans = List.copyOf(plans);
    this.maxRows = maxRows;
    columns.put(Selection.text(unitColumn), 0);
    for (QueryPlan plan : plans) {
      tallies.add(QueryTally.of(plan.query(), this::position));
    }
  }

  private int position(Selection selection) {
    int next = columns.size();
    return columns.computeIfAbsent(selection, _ -> next);
  }

  /// What a pass over the table has to select, in this order.
  public List<Selection> selections() {
    return List.copyOf(columns.keySet());
  }

  /// Takes the next rows of the table.
  public void add(Batch batch) {
    tallies.forEach(tally -> tally.startBatch(batch));
    TextColumn patients = batch.text(0);
    for (int row = 0; row < batch.rows(); row++) {
      if (!patients.isMissing(row)) {
        String patient = CellText.canonical(patients.text(row));
        int earlier = rowsOfPatient.getOrDefault(patient, 0);
        if (!patient.isEmpty() && earlier < maxRows) {
          rowsOfPatient.put(patient, earlier + 1);
          addRow(row, earlier == 0);
        }
      }
    }
  }

  private void addRow(int row, boolean firstOfPatient) {
    for (QueryTally tally : tallies) {
      tally.add(row, firstOfPatient);
    }
  }

  /// For each plan, for each of its parts, the exact vector.
  List<List<BigInteger[]>> vectors() {
    return tallies.stream().map(QueryTally::vectors).toList();
  }

  List<QueryPlan> plans() {
    return plans;
  }
}
