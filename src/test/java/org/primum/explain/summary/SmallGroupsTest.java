package org.primum.explain.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.primum.explain.summary.GroupsTogether.Shared;

/// Groups by their letter; those of two attributes by what they share.
final class SmallGroupsTest {

  @Test
  void aSmallGroupTakesTheSmallestOfTheOthersWithIt() {
    assertThat(alone(Map.of("a", 3L, "b", 50L, "c", 20L), 11)).containsExactlyInAnyOrder("a", "c");
  }

  @Test
  void smallGroupsThatAreManyTogetherHideNobodyElse() {
    assertThat(alone(Map.of("a", 6L, "b", 50L, "c", 5L), 11)).containsExactlyInAnyOrder("a", "c");
    assertThat(alone(Map.of("a", 5L, "b", 50L, "c", 5L), 11))
        .containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void nobodyIsHiddenWhereAllAreLargeOrAllMayBeTold() {
    assertThat(alone(Map.of("a", 11L, "b", 12L), 11)).isEmpty();
    assertThat(alone(Map.of("a", 1L, "b", 12L), 0)).isEmpty();
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
    Set<String> hidden = alone(rows, below);
    long left = hidden.stream().mapToLong(rows::get).sum();

    rows.forEach((group, n) -> assertThat(n >= below || hidden.contains(group)).isTrue());
    assertThat(left == 0 || left >= below || hidden.size() == rows.size()).isTrue();
  }

  /// Site `n` has the wards `n1` (40 rows) and `n2` (5), site `s` has `s1` (30) and `s2` (60). By
  /// themselves `n2` takes `s1` along; but site `n` less `n1` is `n2`.
  @Test
  void aSiteLessItsLargeWardsDoesNotTellOfItsSmallOne() {
    List<Set<String>> hidden =
        hidden(
            11,
            new Shared("n", "n1", 40),
            new Shared("n", "n2", 5),
            new Shared("s", "s1", 30),
            new Shared("s", "s2", 60));

    assertThat(hidden.getFirst()).isEmpty();
    assertThat(hidden.getLast()).containsExactly("n1", "n2", "s1");
  }

  /// No group is in another, but `m` less `a` gives 3 rows a 1, 4 a -1 and all others 0.
  @Test
  void groupsThatAreNearlyTheSameAreNotBothTold() {
    List<Set<String>> hidden =
        hidden(
            11,
            new Shared("m", "a", 100),
            new Shared("m", "b", 3),
            new Shared("f", "a", 4),
            new Shared("f", "b", 90));

    assertThat(hidden.getFirst().isEmpty() ^ hidden.getLast().isEmpty()).isTrue();
  }

  @Test
  void ofAnAttributeWithoutGroupsNothingIsHidden() {
    var together = new GroupsTogether(2);
    together.add(0, 1, new Shared("m", "a", 3));

    assertThat(SmallGroups.hidden(List.of(Map.of(), Map.of()), together, 11))
        .allMatch(Set::isEmpty);
  }

  @Test
  void groupsThatCrossInManyRowsAreTold() {
    assertThat(
            hidden(
                11,
                new Shared("m", "a", 100),
                new Shared("m", "b", 60),
                new Shared("f", "a", 40),
                new Shared("f", "b", 3)))
        .allMatch(Set::isEmpty);
  }

  /// What an adversary can do is enumerated: every sum of told groups and of everyone with whole
  /// factors from -2 to 2.
  @Property(tries = 400, seed = "20261206")
  void noSumOfToldGroupsOfTwoAttributesSpeaksOfFew(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 2, max = 12) int below) {
    var random = new Random(seed);
    int first = 1 + random.nextInt(3);
    int second = 1 + random.nextInt(4);
    List<Shared> shared = new ArrayList<>();
    for (int i = 0; i < first; i++) {
      for (int j = 0; j < second; j++) {
        if (random.nextInt(3) > 0) {
          int most = random.nextInt(4) == 0 ? 60 : 9;
          shared.add(new Shared("x" + i, "y" + j, 1L + random.nextInt(most)));
        }
      }
    }
    long everyone = shared.stream().mapToLong(Shared::rows).sum();
    List<Set<String>> hidden = hidden(below, shared.toArray(Shared[]::new));

    List<String> told = new ArrayList<>();
    shared.stream()
        .map(Shared::first)
        .distinct()
        .filter(v -> !hidden.getFirst().contains(v))
        .forEach(told::add);
    shared.stream()
        .map(Shared::second)
        .distinct()
        .filter(v -> !hidden.getLast().contains(v))
        .forEach(told::add);
    if (everyone >= below) {
      assertThat(fewest(shared, told)).isGreaterThanOrEqualTo(below);
    }
  }

  /// The fewest rows, above none, to which a sum gives a number that is not 0.
  private static long fewest(List<Shared> shared, List<String> told) {
    long fewest = Long.MAX_VALUE;
    int[] factors = new int[told.size() + 1];
    java.util.Arrays.fill(factors, -2);
    boolean more = true;
    while (more) {
      long rows = 0;
      for (Shared one : shared) {
        int sum =
            factors[told.size()]
                + factor(factors, told, one.first())
                + factor(factors, told, one.second());
        rows += sum == 0 ? 0 : one.rows();
      }
      fewest = rows == 0 ? fewest : Math.min(fewest, rows);
      int at = 0;
      while (at < factors.length && factors[at] == 2) {
        factors[at++] = -2;
      }
      more = at < factors.length;
      if (more) {
        factors[at]++;
      }
    }
    return fewest;
  }

  private static int factor(int[] factors, List<String> told, String group) {
    int at = told.indexOf(group);
    return at < 0 ? 0 : factors[at];
  }

  private static Set<String> alone(Map<String, Long> rows, int below) {
    return SmallGroups.hidden(List.of(rows), new GroupsTogether(1), below).getFirst();
  }

  private static List<Set<String>> hidden(int below, Shared... shared) {
    var together = new GroupsTogether(2);
    Map<String, Long> first = new TreeMap<>();
    Map<String, Long> second = new TreeMap<>();
    for (Shared one : shared) {
      together.add(0, 1, one);
      first.merge(one.first(), one.rows(), Long::sum);
      second.merge(one.second(), one.rows(), Long::sum);
    }
    return SmallGroups.hidden(List.of(first, second), together, below);
  }
}
