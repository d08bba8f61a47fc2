package org.primum.fairness.statistics.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.gate.Interval.Bounds;
import org.primum.random.CounterRandom;

/// Tables drawn at random from known shares. 400 intervals of 95 % miss more than 36 times with
/// probability 0.0003 where each misses with 5 %.
final class AssociationIntervalTest {

  private static final int TABLES = 400;
  private static final int MOST = 36;

  /// Shares by row, then column: the first row leans by `lean` to the first column.
  private static double[][] shares(int rows, int columns, double lean) {
    double[][] shares = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        shares[i][j] = (1 - lean) / (rows * columns) + (i % columns == j ? lean / rows : 0);
      }
    }
    return shares;
  }

  private static double[][] drawn(double[][] shares, int n, CounterRandom random) {
    double[][] counts = new double[shares.length][shares[0].length];
    for (int k = 0; k < n; k++) {
      double left = random.next();
      int cell = 0;
      int last = shares.length * shares[0].length - 1;
      while (cell < last && left >= shares[cell / shares[0].length][cell % shares[0].length]) {
        left -= shares[cell / shares[0].length][cell % shares[0].length];
        cell++;
      }
      counts[cell / shares[0].length][cell % shares[0].length]++;
    }
    return counts;
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2, 0, 300",
    "8, 3, 0, 300",
    "30, 3, 0, 600",
    "2, 2, 0.3, 300",
    "2, 2, 0.8, 300",
    "8, 3, 0.1, 1000",
    "8, 3, 0.3, 1000",
    "8, 3, 0.7, 500"
  })
  void holdsTheTruthAsOftenAsItSays(int rows, int columns, double lean, int n) {
    double[][] shares = shares(rows, columns, lean);
    ContingencyTable truth = new ContingencyTable(shares);
    CounterRandom random = new CounterRandom(5, "tables " + rows + columns + lean + n);
    int missedV = 0;
    int missedInformation = 0;
    for (int i = 0; i < TABLES; i++) {
      random.at(i);
      ContingencyTable table = new ContingencyTable(drawn(shares, n, random));
      missedV += holds(table.cramersVInterval(0.05, n), truth.cramersV()) ? 0 : 1;
      missedInformation +=
          holds(table.mutualInformationInterval(0.05, n), truth.mutualInformation()) ? 0 : 1;
      assertThat(holds(table.cramersVInterval(0.05, n), table.cramersV())).isTrue();
      assertThat(holds(table.mutualInformationInterval(0.05, n), table.mutualInformation()))
          .isTrue();
    }
    assertThat(missedV).isLessThanOrEqualTo(MOST);
    assertThat(missedInformation).isLessThanOrEqualTo(MOST);
  }

  private static boolean holds(Bounds bounds, double value) {
    return bounds.low() <= value + 1e-12 && value <= bounds.high() + 1e-12;
  }

  @Test
  void oneValueTellsNothingForSure() {
    ContingencyTable one = new ContingencyTable(new double[][] {{3, 4}});
    assertThat(one.cramersVInterval(0.05, 7)).isEqualTo(new Bounds(0, 0));
    assertThat(one.mutualInformationInterval(0.05, 7)).isEqualTo(new Bounds(0, 0));
  }
}
