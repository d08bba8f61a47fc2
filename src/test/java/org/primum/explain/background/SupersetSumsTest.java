package org.primum.explain.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.primum.explain.tree.ScalarSetLanes;
import org.primum.explain.tree.SetLanes;
import org.primum.explain.tree.SetValues;
import org.primum.explain.tree.VectorSetLanes;

/// One leaf of value 1 on a path of a few features, and some background rows with random patterns.
/// The truth is the game itself, summed over background rows and coalitions' sizes: a feature only
/// the explained row has gets `(p - 1)! q! / (p + q)!` of each background row that has all the
/// explained row lacks, and one that only the background row has loses `p! (q - 1)! / (p + q)!`.
final class SupersetSumsTest {

  @Property(tries = 60, seed = "20261204")
  void everyWayToAPatternGivesTheSameBitsAndTheSumOverTheRows(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 13) int k,
      @ForAll @IntRange(min = 1, max = 300) int rows) {
    var random = new Random(seed);
    int[] patterns = random.ints(rows, 0, 1 << k).map(p -> p | random.nextInt(1 << k)).toArray();
    PatternHistogram histogram = histogram(k, patterns);
    int flip = random.nextBoolean() ? 1 << (k - 1) : 0;
    var values = new BackgroundValues(Map.of(), rows, SupersetSums.MOST_FEATURES);
    var matches = new PatternMatches(values);
    for (SetLanes lanes : List.of(new VectorSetLanes(), new ScalarSetLanes())) {
      SetValues all = new SupersetSums(values, lanes).of(histogram, flip, k, 0.7);
      for (int i = 0; i < 40; i++) {
        int set = random.nextInt(1 << k);
        double[] truth = truth(k, patterns, flip, set);
        var found = new double[k];
        all.of(set, k, found, 0);
        var alone = new double[k];
        boolean isAny = matches.of(histogram, flip, k, set, 0.7, alone, 0);
        for (int j = 0; j < k; j++) {
          assertThat(Math.abs(found[j] - 0.7 * truth[j])).isLessThan(1e-13 * rows);
          assertThat(truth[j] == 0).as("nothing is exactly nothing").isEqualTo(found[j] == 0);
          if (isAny) {
            assertThat(found[j]).as("feature %d of %d", j, k).isEqualTo(alone[j] + 0.0);
          }
        }
        assertThat(all.isNothing(set) && isAny && !isSame(truth)).isFalse();
      }
    }
  }

  private static boolean isSame(double[] truth) {
    return java.util.Arrays.stream(truth).allMatch(value -> value == 0);
  }

  private static PatternHistogram histogram(int k, int[] patterns) {
    var counts = new TreeMap<Long, Integer>();
    for (int pattern : patterns) {
      counts.merge((long) pattern, 1, Integer::sum);
    }
    return new PatternHistogram(
        k,
        counts.keySet().stream().mapToLong(Long::longValue).toArray(),
        counts.values().stream().mapToInt(Integer::intValue).toArray());
  }

  private static double[] truth(int k, int[] patterns, int flip, int set) {
    var phi = new double[k];
    for (int pattern : patterns) {
      int bits = pattern ^ flip;
      if ((bits & set) != set) {
        continue;
      }
      int only = ~bits & ((1 << k) - 1);
      int p = Integer.bitCount(only);
      int q = Integer.bitCount(set);
      for (int j = 0; j < k; j++) {
        if ((only >> j & 1) != 0) {
          phi[j] += factorial(p - 1) * factorial(q) / factorial(p + q);
        } else if ((set >> j & 1) != 0) {
          phi[j] -= factorial(p) * factorial(q - 1) / factorial(p + q);
        }
      }
    }
    return phi;
  }

  private static double factorial(int n) {
    double product = 1;
    for (int i = 2; i <= n; i++) {
      product *= i;
    }
    return product;
  }
}
