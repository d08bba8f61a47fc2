package org.primum.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleSupplier;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.HypergeometricDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;

/// 200,000 draws against the probabilities of Commons Math, by chi-square; the seeds are fixed, and
/// a right sampler would fail a case with probability 1e-6.
final class DrawsTest {

  private static final int DRAWS = 200_000;

  @Test
  void binomialDrawsHaveTheirDistribution() {
    for (double[] c :
        new double[][] {
          {1, 0.3},
          {5, 0.5},
          {40, 0.1},
          {40, 0.9},
          {100, 0.101},
          {30, 0.4},
          {500, 0.5},
          {10_000, 0.37}
        }) {
      CounterRandom random = new CounterRandom(1, "binomial" + c[0] + c[1]);
      BinomialDistribution truth = new BinomialDistribution(null, (int) c[0], c[1]);
      assertFits(() -> Draws.binomial(random, c[0], c[1]), truth::probability, (int) c[0]);
    }
  }

  @Test
  void poissonDrawsHaveTheirDistribution() {
    for (double mean : new double[] {0.2, 3, 9.9, 10, 25, 400}) {
      CounterRandom random = new CounterRandom(2, "poisson" + mean);
      PoissonDistribution truth = new PoissonDistribution(mean);
      int most = (int) (mean + 12 * Math.sqrt(mean) + 20);
      assertFits(() -> Draws.poisson(random, mean), truth::probability, most);
    }
  }

  @Test
  void hypergeometricDrawsHaveTheirDistribution() {
    for (int[] c :
        new int[][] {{3, 4, 5}, {20, 30, 10}, {1, 999, 500}, {400, 600, 300}, {5000, 5000, 3000}}) {
      CounterRandom random = new CounterRandom(3, "urn" + c[0]);
      HypergeometricDistribution truth =
          new HypergeometricDistribution(null, c[0] + c[1], c[0], c[2]);
      assertFits(
          () -> Draws.hypergeometric(random, c[0], c[1], c[2]),
          truth::probability,
          Math.min(c[0], c[2]));
    }
  }

  /// Far beyond an int: mean and variance, each to five standard errors.
  @Test
  void billionsOfRowsHaveTheirMeanAndVariance() {
    CounterRandom random = new CounterRandom(4, "large");
    double n = 1L << 40;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double off = (Draws.binomial(random, n, 0.3) - 0.3 * n) / Math.sqrt(n * 0.3 * 0.7);
      sum += off;
      squares += off * off;
    }
    assertThat(sum / DRAWS).isCloseTo(0, within(5 / Math.sqrt(DRAWS)));
    assertThat(squares / DRAWS).isCloseTo(1, within(5 * Math.sqrt(2.0 / DRAWS)));
  }

  @Test
  void whatIsCertainIsNotDrawn() {
    CounterRandom random = new CounterRandom(5, "certain");
    assertThat(Draws.binomial(random, 0, 0.5)).isZero();
    assertThat(Draws.binomial(random, 7, 0)).isZero();
    assertThat(Draws.binomial(random, 7, 1)).isEqualTo(7);
    assertThat(Draws.poisson(random, 0)).isZero();
    assertThat(Draws.hypergeometric(random, 0, 5, 3)).isZero();
    assertThat(Draws.hypergeometric(random, 5, 0, 3)).isEqualTo(3);
    assertThat(Draws.hypergeometric(random, 5, 3, 8)).isEqualTo(5);
  }

  private static void assertFits(DoubleSupplier draw, IntToDoubleFunction truth, int most) {
    long[] seen = new long[most + 1];
    for (int i = 0; i < DRAWS; i++) {
      seen[(int) draw.getAsDouble()]++;
    }
    double statistic = 0;
    int cells = 0;
    double restExpected = 0;
    double restSeen = 0;
    for (int k = 0; k <= most; k++) {
      double expected = DRAWS * truth.applyAsDouble(k);
      restExpected += expected;
      restSeen += seen[k];
      if (restExpected >= 20) {
        statistic += Math.pow(restSeen - restExpected, 2) / restExpected;
        cells++;
        restExpected = 0;
        restSeen = 0;
      }
    }
    statistic += Math.pow(restSeen - restExpected, 2) / Math.max(restExpected, 20);
    double limit = new ChiSquaredDistribution(null, cells).inverseCumulativeProbability(1 - 1e-6);
    assertThat(statistic).isLessThan(limit);
  }
}
