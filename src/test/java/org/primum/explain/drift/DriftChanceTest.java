package org.primum.explain.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.primum.explain.summary.FeatureProfile;
import org.primum.explain.summary.MeanEstimate;
import org.primum.explain.summary.ShapleyProfile;
import org.primum.explain.summary.ShapleyProfile.Part;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.random.CounterRandom;

/// Two samples of Shapley values; the baseline is known in about fifty parts of at least eleven
/// rows, today's to 1/64 of each value.
///
/// A count of intervals that miss is of 400 pairs of samples, or of 200. Were each to miss in one
/// of twenty, more than 38 of 400 would in one test of 20,000, more than 22 of 200 in one of 2,500.
@Tag("statistical")
final class DriftChanceTest {

  private static final int SAMPLES = 400;
  private static final int MOST_MISSED = 38;
  private static final int HALF = 200;
  private static final int MOST_OF_HALF = 22;
  private static final int DRAWS = 399;

  private interface Law {
    double draw(Random random);
  }

  private static final Law NORMAL = Random::nextGaussian;
  private static final Law SKEWED = random -> Math.exp(random.nextGaussian()) - 1;
  private static final Law TWO = random -> random.nextInt(4) == 0 ? 1 : -0.25;

  /// A rare diagnosis: 97 of 100 rows do not have it.
  private static final Law RARE =
      random -> random.nextInt(100) < 3 ? 1 + random.nextGaussian() / 4 : 0;

  private static final List<Law> LAWS = List.of(NORMAL, SKEWED, TWO, RARE);
  private static final int[][] SIZES = {{60, 60}, {1000, 60}, {60, 1000}, {2000, 2000}};

  @Test
  void distancesOfAnUnchangedWorldAreBeyondChanceInOneOfTwenty() {
    for (Law law : LAWS) {
      for (int[] size : SIZES) {
        var random = new Random(31L * LAWS.indexOf(law) + size[0] - 2L * size[1]);
        int moved = 0;
        int shifted = 0;
        for (int i = 0; i < SAMPLES; i++) {
          FeatureProfile before = baseline(law, size[0], random);
          FeatureProfile now = today(law, size[1], random);
          moved += misses(moved(before, now, i), 0) ? 1 : 0;
          shifted += misses(index(before, now, i), 0) ? 1 : 0;
        }
        String what = LAWS.indexOf(law) + " " + Arrays.toString(size);
        assertThat(moved).as("moved, " + what).isLessThanOrEqualTo(MOST_MISSED);
        assertThat(shifted).as("shifted, " + what).isLessThanOrEqualTo(MOST_MISSED);
      }
    }
  }

  /// What the distance of the many is, is taken from 400,000 rows of each.
  @Test
  void intervalsHoldTheDistanceOfAChangedWorld() {
    for (Law law : LAWS) {
      for (Law other : List.of(moved(law, 0.5, 1), moved(law, 0, 1.5))) {
        var random = new Random(99);
        double truth =
            MovedValues.distance(
                baseline(law, 400_000, random).values(), today(other, 400_000, random).values());
        for (int[] size : SIZES) {
          int missed = 0;
          for (int i = 0; i < HALF; i++) {
            FeatureProfile before = baseline(law, size[0], random);
            missed += misses(moved(before, today(other, size[1], random), i), truth) ? 1 : 0;
          }
          assertThat(missed)
              .as(LAWS.indexOf(law) + " " + Arrays.toString(size))
              .isLessThanOrEqualTo(MOST_OF_HALF);
        }
      }
    }
  }

  /// By half a standard deviation, or spread to half as much again: always seen in 2,000 rows, and
  /// the former in most samples of 60 against 1,000.
  @Test
  void aChangeIsBeyondChance() {
    var random = new Random(4);
    for (Law other : List.of(moved(NORMAL, 0.5, 1), moved(NORMAL, 0, 1.5))) {
      for (int i = 0; i < 50; i++) {
        FeatureProfile before = baseline(NORMAL, 2000, random);
        FeatureProfile now = today(other, 2000, random);
        assertThat(misses(moved(before, now, i), 0)).isTrue();
        assertThat(misses(index(before, now, i), 0)).isTrue();
      }
    }
    int seen = 0;
    for (int i = 0; i < HALF; i++) {
      FeatureProfile before = baseline(NORMAL, 1000, random);
      seen += misses(moved(before, today(moved(NORMAL, 0.5, 1), 60, random), i), 0) ? 1 : 0;
    }
    assertThat(seen).isGreaterThan(HALF * 4 / 5);
  }

  /// With 500 rows in each of ten bins: (1/n + 1/m) times the quantile of chi-square with nine
  /// degrees of freedom that one of twenty exceeds, 16.919 (Yurdakul and Naranjo 2020).
  @Test
  void withManyRowsTheStabilityIndexIsChiSquare() {
    var random = new Random(12);
    FeatureProfile before = baseline(NORMAL, 5000, random);
    FeatureProfile now = today(NORMAL, 5000, random);
    DriftNumber number = StabilityIndex.of(before, now, 9999, new CounterRandom(1, "bins"));

    assertThat(known(number.chance())).isCloseTo(16.919 * 2 / 5000, withinPercentage(5));
  }

  @Test
  void aBaselineInOnePartHasNoStabilityIndex() {
    var random = new Random(3);
    FeatureProfile before = baseline(NORMAL, 20, random);

    assertThat(index(before, today(NORMAL, 500, random), 0).value())
        .isInstanceOf(Measure.Unknown.class);
    assertThat(moved(before, today(NORMAL, 500, random), 0).usualInterval())
        .isInstanceOf(Interval.Bounds.class);
  }

  /// Twelve features, each four fifths of the one before, or six alike and six of half that; in
  /// rows of which features know nothing of each other, rise together, or every other one falls.
  @Test
  void anOrderThatHasNotChangedIsNotSaidToHave() {
    double[] tied = new double[FEATURES];
    Arrays.setAll(tied, i -> i < 6 ? 1 : 0.5);
    for (double[] weights : List.of(falling(), tied)) {
      for (int together : new int[] {0, 1, -1}) {
        for (int[] size : SIZES) {
          int[] changed = changed(weights, weights, together, size);
          for (int number : changed) {
            assertThat(number)
                .as(Arrays.toString(weights) + together + Arrays.toString(size))
                .isLessThanOrEqualTo(MOST_OF_HALF);
          }
        }
      }
    }
  }

  /// The first and the fourth change places.
  @Test
  void anOrderThatHasChangedIsSeen() {
    double[] weights = falling();
    double first = weights[0];
    weights[0] = weights[3];
    weights[3] = first;
    for (int together : new int[] {0, 1, -1}) {
      int[] many = changed(falling(), weights, together, new int[] {2000, 2000});
      assertThat(many).containsExactly(HALF, HALF, HALF);
      int[] few = changed(falling(), weights, together, new int[] {60, 60});
      assertThat(few[0]).isGreaterThan(HALF / 2);
    }
  }

  private static final int FEATURES = 12;

  private static double[] falling() {
    double[] weights = new double[FEATURES];
    Arrays.setAll(weights, i -> Math.pow(0.8, i));
    return weights;
  }

  /// In how many of 200 pairs of samples nDCG, Kendall's tau and the overlap of the first three are
  /// beyond chance.
  private static int[] changed(double[] then, double[] now, int together, int[] size) {
    var random = new Random(3);
    int[] changed = new int[3];
    for (int i = 0; i < HALF; i++) {
      List<MeanEstimate> before = means(then, size[0], together, random);
      List<MeanEstimate> today = means(now, size[1], together, random);
      OrderRange range = new OrderRange(before, today);
      DriftNumber gain =
          new DiscountedGain(before, today).number(199, new CounterRandom(i, "order"));
      changed[0] += misses(gain, 1) ? 1 : 0;
      changed[1] += range.kendall(0.05).high() < 1 ? 1 : 0;
      changed[2] += range.overlap(3, 0.05).high() < 1 ? 1 : 0;
    }
    return changed;
  }

  /// A magnitude is its feature's weight times lognormal factors of the row and of its own.
  private static List<MeanEstimate> means(double[] weights, int rows, int together, Random random) {
    double[][] values = new double[weights.length][rows];
    for (int row = 0; row < rows; row++) {
      double common = random.nextGaussian() * Math.abs(together);
      for (int i = 0; i < weights.length; i++) {
        int sign = together < 0 && i % 2 == 1 ? -1 : 1;
        double z = 0.9 * sign * common + (together == 0 ? 1 : 0.4) * random.nextGaussian();
        values[i][row] = weights[i] * Math.exp(0.8 * z);
      }
    }
    return Arrays.stream(values).map(DriftChanceTest::magnitude).toList();
  }

  private static Law moved(Law law, double by, double times) {
    return random -> {
      double value = law.draw(random);
      return value == 0 ? 0 : value * times + by;
    };
  }

  private static boolean misses(DriftNumber number, double truth) {
    return number.usualInterval() instanceof Interval.Bounds(double low, double high)
        && (truth < low || truth > high);
  }

  private static DriftNumber moved(FeatureProfile before, FeatureProfile now, int seed) {
    return MovedValues.of(before, now, DRAWS, new CounterRandom(seed, "moved"));
  }

  private static DriftNumber index(FeatureProfile before, FeatureProfile now, int seed) {
    return StabilityIndex.of(before, now, DRAWS, new CounterRandom(seed, "bins"));
  }

  private static FeatureProfile baseline(Law law, int rows, Random random) {
    FeatureProfile fine = today(law, rows, random);
    return new FeatureProfile(
        fine.feature(), fine.magnitude(), fine.variance(), fine.values().merged(50, 11));
  }

  private static FeatureProfile today(Law law, int rows, Random random) {
    double[] values = new double[rows];
    TreeMap<Double, Long> counts = new TreeMap<>();
    for (int i = 0; i < rows; i++) {
      values[i] = law.draw(random);
      counts.merge(bucket(values[i]), 1L, Long::sum);
    }
    List<Part> parts = new ArrayList<>();
    counts.forEach((value, count) -> parts.add(new Part(value, count)));
    return new FeatureProfile(
        "feature", magnitude(values), variance(values), ShapleyProfile.of(parts));
  }

  /// The middle of one of 32 buckets a power of two.
  private static double bucket(double value) {
    if (value == 0) {
      return 0;
    }
    double scale = Math.scalb(1.0, Math.getExponent(value));
    double within = Math.floor((Math.abs(value) / scale - 1) * 32) + 0.5;
    return Math.copySign((1 + within / 32) * scale, value);
  }

  private static MeanEstimate magnitude(double[] values) {
    double[] magnitudes = Arrays.stream(values).map(Math::abs).toArray();
    double mean = Arrays.stream(magnitudes).average().orElseThrow();
    return new MeanEstimate(mean, variance(magnitudes), values.length);
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return squares / (values.length - 1);
  }

  private static double known(Measure measure) {
    return ((Measure.Known) measure).value();
  }
}
