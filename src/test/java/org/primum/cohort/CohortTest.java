package org.primum.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.primum.data.Batch;
import org.primum.data.RowSink;

/// 40,000 patients of seed 1: what docs/cohort.md says is planted can be found.
@Tag("statistical")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CohortTest {

  private final Map<String, Double> sums = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private long rows;

  @BeforeAll
  void draw() throws IOException {
    RowSink sink =
        new RowSink() {
          @Override
          public void write(Batch batch) {
            for (int row = 0; row < batch.rows(); row++) {
              add(batch, row);
            }
          }

          @Override
          public void close() {}
        };
    rows = new Cohort(40_000, 1, 12).write(sink, patients -> {});
  }

  private void add(Batch batch, int row) {
    String band = batch.text(5).text(row);
    String race = batch.text(2).isMissing(row) ? "none" : batch.text(2).text(row);
    count("readmitted " + band, batch.number(20).value(row));
    count("albumin " + band, batch.number(15).isMissing(row) ? 0 : 1);
    count("albumin " + race, batch.number(15).isMissing(row) ? 0 : 1);
    count("prior " + race, batch.number(8).value(row));
    count("no race", race.equals("none") ? 1 : 0);
  }

  private void count(String name, double value) {
    sums.merge(name, value, Double::sum);
    counts.merge(name, 1, Integer::sum);
  }

  private double mean(String name) {
    return sums.getOrDefault(name, 0.0) / counts.getOrDefault(name, 1);
  }

  /// Recorded 60 of 100 instead of 95: 0.63 of the rate, slightly more for their wider spread. The
  /// ratio's standard error is 0.017; bounds are more than four of them away.
  @Test
  void readmissionsOfTheOldestAreUnderRecorded() {
    assertThat(mean("readmitted 75+") / mean("readmitted 45-64")).isBetween(0.60, 0.76);
  }

  /// 0.75 measured of all, 0.85 of that for the oldest and for Black patients. Standard errors are
  /// below 0.005.
  @Test
  void laboratoryValuesOfSomeAreMissingMoreOften() {
    assertThat(mean("albumin 45-64")).isCloseTo(0.75 * (1 - 0.15 * 0.18), within(0.02));
    assertThat(mean("albumin 75+") / mean("albumin 45-64")).isCloseTo(0.85, within(0.03));
    assertThat(mean("albumin Black") / mean("albumin White")).isCloseTo(0.85, within(0.03));
  }

  /// The mean is 0.75 of the others' by construction; standard error of the ratio 0.015.
  @Test
  void blackPatientsHaveFewerAdmissionsOnRecord() {
    assertThat(mean("prior Black") / mean("prior White")).isCloseTo(0.75, within(0.06));
  }

  @Test
  void patientsHaveSeveralAdmissionsAndSomeNoRace() {
    assertThat(rows / 40_000.0).isBetween(1.3, 1.45);
    assertThat(mean("no race")).isCloseTo(0.02, within(0.005));
  }
}
