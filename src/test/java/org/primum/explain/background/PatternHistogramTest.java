package org.primum.explain.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class PatternHistogramTest {

  /// Asked of each entry by itself.
  @Property(tries = 200)
  void entriesThatHaveAllBitsAreFound(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 64) int features) {
    var random = new Random(seed);
    var counter = new PatternCounter(features);
    long bits = features == 64 ? -1L : (1L << features) - 1;
    for (int row = 0; row < 150; row++) {
      long half = random.nextLong();
      counter.add(new long[] {(half | random.nextLong()) & bits});
    }
    PatternHistogram histogram = counter.histogram();
    long some = random.nextLong();
    long fewer = some & random.nextLong();
    long lacking = fewer & random.nextLong() & bits;
    long flip = random.nextBoolean() ? 1L << (features - 1) : 0;

    for (int entry = 0; entry < histogram.size(); entry++) {
      boolean has = (lacking & ~(histogram.word(entry, 0) ^ flip)) == 0;
      long found = histogram.having(lacking, flip, entry / 64);
      assertThat((found >>> entry & 1) == 1).as("entry %d", entry).isEqualTo(has);
    }
    long last = histogram.having(0, 0, histogram.groups() - 1);
    assertThat(Long.bitCount(last)).isEqualTo((histogram.size() - 1) % 64 + 1);
  }
}
