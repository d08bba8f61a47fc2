package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.gate.Interval.Bounds;

/// Weighted rows, and shares known from clusters.
final class EffectiveRowsTest {

  /// (1 + 2 + 3)^2 / (1 + 4 + 9).
  @Test
  void kishOfThreeWeights() {
    assertThat(EffectiveRows.kish(6, 14)).isCloseTo(36.0 / 14, within(1e-15));
  }

  @Test
  void rowsOfEqualWeightAreRows() {
    assertThat(EffectiveRows.weighted(30, 30, 70, 70, 100)).isEqualTo(100);
    assertThat(EffectiveRows.weighted(3, .3, 7, .7, 100)).isCloseTo(100, within(1e-9));
  }

  @Test
  void whereNothingHappenedItIsKish() {
    assertThat(EffectiveRows.weighted(0, 0, 6, 14, 3)).isCloseTo(36.0 / 14, within(1e-15));
    assertThat(EffectiveRows.weighted(6, 14, 0, 0, 3)).isCloseTo(36.0 / 14, within(1e-15));
  }

  /// Many rows, so that the eight that are added do not count: 1e6 events of weight 1, 1e6 others
  /// of weight 3: p = 1/4, Var = (9/16 * 1e6 + 1/16 * 9e6) / 16e12, p (1-p) / Var = 3e12 / 1.125e6.
  @Test
  void theVarianceIsThatOfTheWeightedMean() {
    double exact = (3.0 / 16) / ((9.0 / 16 * 1e6 + 1.0 / 16 * 9e6) / 16e12);
    assertThat(exact).isEqualTo(8e6 / 3);
    assertThat(EffectiveRows.weighted(1e6, 1e6, 3e6, 9e6, 10_000_000))
        .isCloseTo(exact, within(30.0));
    assertThat(EffectiveRows.weighted(1e6, 1e6, 3e6, 9e6, 2_000_000)).isEqualTo(2e6);
  }

  @Test
  void clusteredRowsAreNeverMoreThanTheRows() {
    assertThat(EffectiveRows.clustered(.5, .25 / 200, 150, 100)).isEqualTo(100);
    assertThat(EffectiveRows.clustered(.5, .25 / 50, 100, 100)).isCloseTo(50, within(1e-9));
  }

  /// Ten patients of a hundred rows each: 9/10 and (1.96 / 2.26)^2, Student's quantile of 9.
  @Test
  void fewClustersCountForLess() {
    double factor = .9 * (1000 / 999.0) * Math.pow(1.962341 / 2.262157, 2);
    assertThat(EffectiveRows.clustered(.5, .25 / 100, 10, 1000))
        .isCloseTo(100 * factor, within(1e-4));
    assertThat(EffectiveRows.clustered(0, 0, 10, 1000)).isCloseTo(10 * factor, within(1e-4));
  }

  /// 4,000 samples of weights with a coefficient of variation of .67: 1 and 5 by a stratum that may
  /// have another rate. A coverage of 94.2 %, the least that 20,000 samples of another program
  /// found, is measured below 93 % with a probability of .001 if the seed is changed.
  @ParameterizedTest
  @CsvSource({
    "60,.1,.1",
    "60,.5,.1",
    "60,.1,.5",
    "150,.05,.05",
    "150,.3,.02",
    "400,.1,.1",
    "400,.02,.3"
  })
  @Tag("statistical")
  void weightedIntervalsCover(int n, double lightRate, double heavyRate) {
    Random random = new Random(n);
    double truth = (lightRate + 5 * heavyRate) / 6;
    int covered = 0;
    int kishCovered = 0;
    double length = 0;
    double kishLength = 0;
    int samples = 4_000;
    for (int i = 0; i < samples; i++) {
      Weighted sample = new Weighted();
      for (int row = 0; row < n; row++) {
        boolean heavy = random.nextBoolean();
        sample.add(heavy ? 5 : 1, random.nextDouble() < (heavy ? heavyRate : lightRate));
      }
      Bounds bounds = sample.wilson(sample.effective());
      Bounds kish = sample.wilson(sample.kish());
      covered += bounds.low() <= truth && truth <= bounds.high() ? 1 : 0;
      kishCovered += kish.low() <= truth && truth <= kish.high() ? 1 : 0;
      length += bounds.high() - bounds.low();
      kishLength += kish.high() - kish.low();
    }
    assertThat(covered).isGreaterThan((int) (.93 * samples));
    if (lightRate > 2 * heavyRate) { // what is rare among the heavy: Kish is too long
      assertThat(length).isLessThan(.95 * kishLength);
      assertThat(kishCovered).isGreaterThan(covered);
    }
  }

  /// The sums of a sample.
  private static final class Weighted {
    private double events;
    private double squaredEvents;
    private double others;
    private double squaredOthers;
    private long rows;

    void add(double weight, boolean event) {
      events += event ? weight : 0;
      squaredEvents += event ? weight * weight : 0;
      others += event ? 0 : weight;
      squaredOthers += event ? 0 : weight * weight;
      rows++;
    }

    double effective() {
      return EffectiveRows.weighted(events, squaredEvents, others, squaredOthers, rows);
    }

    double kish() {
      return EffectiveRows.kish(events + others, squaredEvents + squaredOthers);
    }

    Bounds wilson(double effective) {
      Proportion p = new Proportion(events, events + others, 0, rows, effective);
      return ProportionIntervals.wilson(p, ProportionIntervals.quantile(.05));
    }
  }
}
