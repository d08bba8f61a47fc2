package org.primum.explain.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The counts of a sorted map, whatever the length of the patterns and however many occur.
final class PatternCounterTest {

  @ParameterizedTest
  @CsvSource({"0,5", "3,100", "8,5000", "9,40", "10,20", "10,5000", "12,300", "12,50000"})
  void patternsOfOneWordAreCounted(int features, int rows) {
    var random = new Random(features + rows);
    var patterns = new int[rows];
    int all = 1 << features;
    Arrays.setAll(patterns, _ -> (int) (all * random.nextDouble() * random.nextDouble()));
    Map<Long, Integer> expected = new TreeMap<>();
    Arrays.stream(patterns).forEach(p -> expected.merge((long) p, 1, Integer::sum));

    var counter = new PatternCounter(features);
    counter.add(patterns, rows);
    PatternHistogram found = counter.histogram();

    assertThat(found.size()).isEqualTo(expected.size());
    int entry = 0;
    for (var one : expected.entrySet()) {
      assertThat(found.word(entry, 0)).isEqualTo(one.getKey());
      assertThat(found.count(entry++)).isEqualTo(one.getValue());
    }
  }

  @ParameterizedTest
  @CsvSource({"13,2000", "64,3000", "70,3000", "200,500"})
  void longPatternsAreCounted(int features, int rows) {
    var random = new Random(features);
    int words = (features + 63) / 64;
    Comparator<long[]> order = Arrays::compareUnsigned;
    Map<long[], Integer> expected = new TreeMap<>(order);
    var counter = new PatternCounter(features);
    for (int row = 0; row < rows; row++) {
      var pattern = new long[words];
      Arrays.setAll(pattern, word -> 8L * random.nextInt(7) + word);
      pattern[0] |= features == 64 && row % 2 == 0 ? Long.MIN_VALUE : 0;
      expected.merge(pattern.clone(), 1, Integer::sum);
      counter.add(pattern);
    }
    PatternHistogram found = counter.histogram();

    assertThat(found.size()).isEqualTo(expected.size());
    int entry = 0;
    for (var one : expected.entrySet()) {
      for (int word = 0; word < words; word++) {
        assertThat(found.word(entry, word)).isEqualTo(one.getKey()[word]);
      }
      assertThat(found.count(entry++)).isEqualTo(one.getValue());
    }
  }
}
