package org.primum.fairness.statistics.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

/// Groups that all have the same rate.
final class FalseAlarmTest {

  /// Two groups of 20 and 30 at 40 %, limit 10 points either way: the exact probability by summing
  /// over all pairs of counts. Draws are seeded; a wrong probability of .01 would be 2 standard
  /// errors of .005 off, so the bound is 4.
  @Test
  void theShareIsTheExactProbability() {
    BinomialDistribution one = new BinomialDistribution(null, 20, .4);
    BinomialDistribution two = new BinomialDistribution(null, 30, .4);
    double exact = 0;
    for (int i = 0; i <= 20; i++) {
      for (int j = 0; j <= 30; j++) {
        boolean outside = Math.abs(i / 20.0 - j / 30.0) > .1;
        exact += outside ? one.probability(i) * two.probability(j) : 0;
      }
    }
    FalseAlarm simulated =
        FalseAlarm.of(
            new double[] {20, 30}, .4, 1, "r", rates -> Math.abs(rates[0] - rates[1]) > .1);
    assertThat(simulated.draws()).isEqualTo(10_000);
    assertThat(simulated.share()).isCloseTo(exact, within(.02));
    assertThat(simulated.error())
        .isCloseTo(1.96 * Math.sqrt(exact * (1 - exact) / 1e4), within(1e-3));
  }

  @Test
  void whatCannotHappenNeverDoes() {
    assertThat(FalseAlarm.of(new double[] {5, 7}, 0, 1, "r", r -> r[0] != r[1]).share()).isZero();
    assertThat(FalseAlarm.of(new double[] {5, 7}, .5, 1, "r", r -> true).share()).isEqualTo(1);
  }

  @Test
  void theSameKeyDrawsTheSame() {
    double[] rows = {100, 200, 300};
    assertThat(FalseAlarm.of(rows, .3, 1, "a", r -> r[0] > .35))
        .isEqualTo(FalseAlarm.of(rows, .3, 1, "a", r -> r[0] > .35))
        .isNotEqualTo(FalseAlarm.of(rows, .3, 1, "b", r -> r[0] > .35));
  }
}
