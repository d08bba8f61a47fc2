package org.primum.cohort;

import java.io.IOException;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.primum.data.RowSink;
import org.primum.data.Schema;

/// A synthetic cohort of hospital stays, for demonstrations, tests and benchmarks. The same seed
/// gives the same rows; memory does not grow with the number of patients.
///
/// @param patients how many people, at least 1; each has one to six admissions, 1.35 on average
/// @param months how many months the admissions are spread over, 1 to 120
public record Cohort(long patients, long seed, int months) {

  static final YearMonth FIRST_MONTH = YearMonth.of(2024, 1);
  private static final int BATCH = 8192;
  private static final int MAX_ADMISSIONS = 6;
  private static final int MAX_MONTHS = 120;

  public Cohort {
    if (patients < 1 || patients > 100_000_000) {
      throw new IllegalArgumentException(
          "patients must lie between 1 and 100,000,000, got " + patients);
    }
    if (months < 1 || months > MAX_MONTHS) {
      throw new IllegalArgumentException("months must lie between 1 and 120, got " + months);
    }
  }

  /// The columns, in file order.
  public static Schema schema() {
    return CohortRows.SCHEMA;
  }

  /// Draws everyone in order and writes their admissions.
  ///
  /// @param progress told how many patients were written since it was told last
  /// @return how many rows were written
  public long write(RowSink sink, LongConsumer progress) throws IOException {
    var rows = new CohortRows(BATCH + MAX_ADMISSIONS);
    long written = 0;
    long told = 0;
    for (long number = 0; number < patients; number++) {
      add(number, rows);
      if (rows.size() >= BATCH || number == patients - 1) {
        sink.write(rows.drain(written));
        progress.accept(number + 1 - told);
        written += rows.drained();
        told = number + 1;
      }
    }
    return written;
  }

  private void add(long number, CohortRows rows) {
    var draws = new Draws(seed, number);
    Patient patient = Patient.draw(number, draws);
    double again = 0.26 / (1 + StrictMath.exp(-0.8 * patient.burden())) * 2;
    int admissions = 1;
    while (admissions < MAX_ADMISSIONS && draws.happens(again)) {
      admissions++;
    }
    int[] when = new int[admissions];
    for (int i = 0; i < admissions; i++) {
      when[i] = (int) (draws.uniform() * months);
    }
    Arrays.sort(when);
    for (int month : when) {
      rows.add(patient, Admission.draw(patient, month, draws));
    }
  }
}
