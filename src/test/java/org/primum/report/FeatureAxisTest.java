package org.primum.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.primum.report.FeatureAxis.Telling;

final class FeatureAxisTest {

  /// `counts[i]` rows of the value `i`.
  private static double[] values(int... counts) {
    double[] values = new double[Arrays.stream(counts).sum()];
    int at = 0;
    for (int value = 0; value < counts.length; value++) {
      Arrays.fill(values, at, at + counts[value], value);
      at += counts[value];
    }
    return values;
  }

  private static List<String> texts(FeatureAxis axis) {
    return axis.labels().stream().map(FeatureAxis.Label::text).toList();
  }

  /// 0 to 99: the 11th smallest is 10, the 11th largest 89, so bands of 5 begin at 15 and those
  /// that fewer than eleven rows fill are longer: every 15.
  @Test
  void rowsStandInBandsOfElevenBetweenRoundNumbers() {
    double[] values = new double[100];
    Arrays.setAll(values, i -> 99 - i);
    FeatureAxis axis = FeatureAxis.of(values, List.of(), Telling.RANKS);
    assertThat(texts(axis)).startsWith("<15").endsWith("≥75");
    assertThat(axis.isPlaced()).isFalse();
    assertThat(axis.left()).isZero();
    assertThat(axis.columns()).hasSize(6);
    double rows = axis.columns().stream().mapToDouble(c -> c.height() * (c.to() - c.from())).sum();
    assertThat(rows).isCloseTo(100, within(1e-9));
    for (FeatureAxis.Column column : axis.columns()) {
      assertThat(column.height() * (column.to() - column.from())).isGreaterThan(10.999);
    }
    for (int i = 1; i < 100; i++) {
      assertThat(axis.at(i)).isLessThan(axis.at(i - 1));
    }
  }

  /// 0 to 99 in steps of 5: the 20th smallest is 19, the 20th largest 80.
  @Test
  void bandsHaveAsManyRowsAsAreAskedForAndElevenAtLeast() {
    double[] values = new double[100];
    Arrays.setAll(values, i -> i);
    FeatureAxis axis = FeatureAxis.of(values, List.of(), Telling.ranks(20));
    assertThat(texts(axis)).startsWith("<20").endsWith("≥80");
    for (FeatureAxis.Column column : axis.columns()) {
      assertThat(column.height() * (column.to() - column.from())).isGreaterThan(19.999);
    }
    assertThat(Telling.ranks(0)).isEqualTo(Telling.RANKS);
  }

  /// 15 to 75 is to scale: 30 stands a quarter of the way.
  @Test
  void numbersBetweenTheOutermostBandsAreToScale() {
    double[] values = new double[100];
    Arrays.setAll(values, i -> i);
    FeatureAxis axis = FeatureAxis.of(values, List.of(), Telling.RANKS);
    double first = axis.columns().getFirst().to();
    double last = axis.columns().getLast().from();
    FeatureAxis.Label forty =
        axis.labels().stream().filter(l -> l.text().equals("40")).findFirst().orElseThrow();
    assertThat((forty.at() - first) / (last - first)).isCloseTo(25 / 60.0, within(1e-9));
  }

  @Test
  void anOutlierIsOneOfTheLastBandAndNothingTellsHowFarItIs() {
    double[] values = new double[50];
    Arrays.setAll(values, i -> i);
    List<String> before = texts(FeatureAxis.of(values, List.of(), Telling.RANKS));
    values[49] = 1e12;
    FeatureAxis axis = FeatureAxis.of(values, List.of(), Telling.RANKS);
    assertThat(texts(axis)).isEqualTo(before);
    assertThat(axis.at(49) - axis.at(48)).isLessThan(0.05);
  }

  /// 40 zeros and 20 other values: the zeros are one band.
  @Test
  void manyEqualValuesAreOneBand() {
    double[] values = new double[80];
    Arrays.setAll(values, i -> i < 40 ? 0 : i - 39);
    FeatureAxis axis = FeatureAxis.of(values, List.of(), Telling.RANKS);
    assertThat(axis.at(0)).isEqualTo(axis.at(39));
    FeatureAxis.Column first = axis.columns().getFirst();
    assertThat(first.height() * (first.to() - first.from())).isGreaterThanOrEqualTo(40);
  }

  @Test
  void ofFewRowsNoNumberIsWritten() {
    double[] values = new double[21];
    Arrays.setAll(values, i -> i);
    assertThat(texts(FeatureAxis.of(values, List.of(), Telling.RANKS)))
        .containsExactly("low", "high");
    assertThat(FeatureAxis.of(values, List.of(), Telling.RANKS).stretches()).hasSize(1);
  }

  /// Ten rows of a value are too few to be drawn; eleven are not.
  @Test
  void aRareValueIsNotDrawn() {
    FeatureAxis axis = FeatureAxis.of(values(30, 11, 10), List.of(), Telling.RANKS);
    assertThat(texts(axis)).containsExactly("0", "1");
    assertThat(axis.left()).isEqualTo(10);
    assertThat(axis.at(50)).isNaN();
    assertThat(axis.at(40)).isCloseTo(0.75, within(1e-12));
  }

  /// 6 rows of `b` and 7 of `c` make thirteen of which nobody can say which.
  @Test
  void rareCategoriesStandTogetherWhereTheyAreEnough() {
    FeatureAxis axis = FeatureAxis.of(values(30, 6, 7), List.of("a", "b", "c"), Telling.RANKS);
    assertThat(texts(axis)).containsExactly("a", "others");
    assertThat(axis.left()).isZero();
  }

  @Test
  void missingValuesHaveAPlaceOfTheirOwnIfTheyAreNotRare() {
    double[] many = values(30, 30, 20);
    Arrays.fill(many, 60, 80, Double.NaN);
    assertThat(texts(FeatureAxis.of(many, List.of(), Telling.RANKS)))
        .containsExactly("0", "1", "missing");
    double[] few = values(30, 30, 10);
    Arrays.fill(few, 60, 70, Double.NaN);
    FeatureAxis axis = FeatureAxis.of(few, List.of(), Telling.RANKS);
    assertThat(texts(axis)).containsExactly("0", "1");
    assertThat(axis.left()).isEqualTo(10);
    assertThat(texts(FeatureAxis.of(few, List.of(), Telling.VALUES)))
        .containsExactly("0", "1", "missing");
  }

  @Test
  void valuesStandToScaleWhereTheyAreAskedFor() {
    double[] values = new double[9];
    Arrays.setAll(values, i -> i * i);
    FeatureAxis axis = FeatureAxis.of(values, List.of(), Telling.VALUES);
    double unit = axis.at(1) - axis.at(0);
    assertThat(axis.at(8) - axis.at(0)).isCloseTo(64 * unit, within(1e-9));
    assertThat(texts(axis)).contains("0", "20", "40", "60");
  }

  @Test
  void takesNoRowsAndNothingButMissingOnes() {
    assertThat(texts(FeatureAxis.of(new double[0], List.of(), Telling.RANKS))).isEmpty();
    double[] missing = new double[12];
    Arrays.fill(missing, Double.NaN);
    assertThat(texts(FeatureAxis.of(missing, List.of("a"), Telling.RANKS)))
        .containsExactly("missing");
  }
}
