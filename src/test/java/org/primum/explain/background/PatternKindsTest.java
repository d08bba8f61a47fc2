package org.primum.explain.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class PatternKindsTest {

  /// Against a list of those met so far; the same object is asked again and again.
  @Property(tries = 50)
  void rowsOfOneKindHaveOnePattern(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int words) {
    var random = new Random(seed);
    var kinds = new PatternKinds(64);
    for (int count : new int[] {64, 1, 37}) {
      long[] patterns = random.longs((long) words * count, 0, 3).toArray();
      int found = kinds.of(patterns, words, count);
      List<List<Long>> met = new ArrayList<>();
      for (int row = 0; row < count; row++) {
        List<Long> pattern = new ArrayList<>();
        for (int word = 0; word < words; word++) {
          pattern.add(patterns[word * count + row]);
        }
        if (!met.contains(pattern)) {
          met.add(pattern);
          assertThat(kinds.first(met.size() - 1)).isEqualTo(row);
        }
        assertThat(kinds.kind(row)).isEqualTo(met.indexOf(pattern));
      }
      assertThat(found).isEqualTo(met.size());
    }
  }
}
