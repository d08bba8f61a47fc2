package org.primum.cohort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.primum.data.Batch;
import org.primum.data.Column;
import org.primum.data.ColumnType;
import org.primum.data.Field;
import org.primum.data.NumberColumn;
import org.primum.data.Schema;
import org.primum.data.TextColumn;

/// The rows of one batch, by column.
final class CohortRows {

  static final Schema SCHEMA =
      new Schema(
          List.of(
              text("patient_id"),
              text("admission_month"),
              text("race"),
              text("sex"),
              number("age"),
              text("age_band"),
              text("site"),
              text("insurance"),
              number("prior_admissions"),
              number("length_of_stay"),
              number("comorbidity_index"),
              number("emergency"),
              number("hemoglobin"),
              number("sodium"),
              number("creatinine"),
              number("albumin"),
              number("bnp"),
              number("systolic_bp"),
              number("spo2"),
              text("diagnosis"),
              number("readmitted_30d"),
              number("weight")));

  /// Sites were sampled with different shares of their patients.
  private static final double[] SITE_WEIGHTS = {0.75, 1.0, 1.0, 1.25, 1.25, 1.5};

  private static final int MONTHS = 120;

  private final double[][] numbers;
  private final int[][] codes;
  private final String[] patients;
  private int size;
  private int drained;

  CohortRows(int capacity) {
    int width = SCHEMA.fields().size();
    numbers = new double[width][];
    codes = new int[width][];
    for (int column = 0; column < width; column++) {
      if (SCHEMA.fields().get(column).type() == ColumnType.NUMBER) {
        numbers[column] = new double[capacity];
      } else {
        codes[column] = new int[capacity];
      }
    }
    patients = new String[capacity];
  }

  private static Field text(String name) {
    return new Field(name, ColumnType.TEXT);
  }

  private static Field number(String name) {
    return new Field(name, ColumnType.NUMBER);
  }

  int size() {
    return size;
  }

  /// How many rows the last batch held.
  int drained() {
    return drained;
  }

  void add(Patient patient, Admission stay) {
    int row = size++;
    patients[row] = id(patient.number());
    texts(row, patient, stay);
    numbers[4][row] = patient.age();
    double[] values = {
      stay.priorAdmissions(),
      stay.lengthOfStay(),
      stay.comorbidities(),
      stay.emergency() ? 1 : 0,
      stay.hemoglobin(),
      stay.sodium(),
      stay.creatinine(),
      stay.albumin(),
      stay.bnp(),
      stay.systolic(),
      stay.saturation()
    };
    for (int i = 0; i < values.length; i++) {
      numbers[8 + i][row] = values[i];
    }
    numbers[20][row] = stay.readmitted() ? 1 : 0;
    numbers[21][row] = SITE_WEIGHTS[patient.site()];
  }

  private void texts(int row, Patient patient, Admission stay) {
    codes[1][row] = stay.month();
    codes[2][row] = patient.raceRecorded() ? patient.race() : TextColumn.MISSING;
    codes[3][row] = patient.female() ? 0 : 1;
    codes[5][row] = patient.ageBand();
    codes[6][row] = patient.site();
    codes[7][row] = patient.insurance();
    codes[19][row] = stay.diagnosis();
  }

  private static String id(long number) {
    String digits = Long.toString(number + 1);
    return "P" + "0".repeat(Math.max(0, 9 - digits.length())) + digits;
  }

  /// The rows as a batch; afterwards there are none.
  Batch drain(long firstRow) {
    List<Column> columns = new ArrayList<>();
    for (int column = 0; column < SCHEMA.fields().size(); column++) {
      boolean isNumber = SCHEMA.fields().get(column).type() == ColumnType.NUMBER;
      columns.add(isNumber ? numberColumn(column) : textColumn(column));
    }
    drained = size;
    size = 0;
    return new Batch(firstRow, drained, columns);
  }

  private NumberColumn numberColumn(int column) {
    var missing = new BitSet(size);
    for (int row = 0; row < size; row++) {
      if (Double.isNaN(numbers[column][row])) {
        missing.set(row);
      }
    }
    return new NumberColumn(numbers[column].clone(), missing, size);
  }

  private TextColumn textColumn(int column) {
    return switch (column) {
      case 0 -> patientColumn();
      case 1 -> new TextColumn(months(), codes[1].clone(), size);
      case 2 -> new TextColumn(Vocabulary.RACES, codes[2].clone(), size);
      case 3 -> new TextColumn(Vocabulary.SEXES, codes[3].clone(), size);
      case 5 -> new TextColumn(Vocabulary.AGE_BANDS, codes[5].clone(), size);
      case 6 -> new TextColumn(Vocabulary.SITES, codes[6].clone(), size);
      case 7 -> new TextColumn(Vocabulary.INSURANCES, codes[7].clone(), size);
      case 19 -> new TextColumn(Vocabulary.DIAGNOSES, codes[19].clone(), size);
      default -> throw new IllegalStateException("column " + column + " holds numbers");
    };
  }

  /// A patient's rows follow each other.
  private TextColumn patientColumn() {
    List<String> dictionary = new ArrayList<>();
    int[] rows = new int[size];
    for (int row = 0; row < size; row++) {
      if (dictionary.isEmpty() || !dictionary.getLast().equals(patients[row])) {
        dictionary.add(patients[row]);
      }
      rows[row] = dictionary.size() - 1;
    }
    return new TextColumn(dictionary.toArray(String[]::new), rows, size);
  }

  private static String[] months() {
    String[] months = new String[MONTHS];
    Arrays.setAll(months, i -> Cohort.FIRST_MONTH.plusMonths(i).toString());
    return months;
  }
}
