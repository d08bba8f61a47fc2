package org.primum.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/// Groups by their letter.
final class SmallGroupsTest {

  @Test
  void aSmallGroupTakesTheSmallestOfTheOthersWithIt() {
    assertThat(SmallGroups.hidden(Map.of("a", 3L, "b", 50L, "c", 20L), 11))
        .containsExactlyInAnyOrder("a", "c");
  }

  @Test
  void smallGroupsThatAreManyTogetherHideNobodyElse() {
    assertThat(SmallGroups.hidden(Map.of("a", 6L, "b", 50L, "c", 5L), 11))
        .containsExactlyInAnyOrder("a", "c");
    assertThat(SmallGroups.hidden(Map.of("a", 5L, "b", 50L, "c", 5L), 11))
        .containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void nobodyIsHiddenWhereAllAreLargeOrAllMayBeTold() {
    assertThat(SmallGroups.hidden(Map.of("a", 11L, "b", 12L), 11)).isEmpty();
    assertThat(SmallGroups.hidden(Map.of("a", 1L, "b", 12L), 0)).isEmpty();
  }

  @Property(tries = 500, seed = "20261205")
  void whatIsLeftOfEveryoneIsNobodyOrNotFew(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 0, max = 20) int below) {
    var random = new Random(seed);
    Map<String, Long> rows = new HashMap<>();
    for (int i = 0; i < 1 + random.nextInt(6); i++) {
      rows.put("g" + i, 1L + random.nextInt(30));
    }
    Set<String> hidden = SmallGroups.hidden(rows, below);
    long left = hidden.stream().mapToLong(rows::get).sum();

    rows.forEach((group, n) -> assertThat(n >= below || hidden.contains(group)).isTrue());
    assertThat(left == 0 || left >= below || hidden.size() == rows.size()).isTrue();
  }
}
