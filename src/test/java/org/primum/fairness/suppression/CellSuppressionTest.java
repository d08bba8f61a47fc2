package org.primum.fairness.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// Tables small enough that an attacker can try every number: the cells of race by sex by site, the
/// margins of all of them, and what is told of each.
final class CellSuppressionTest {

  private static final int BELOW = 4;

  private static final Margins RACE =
      Margins.of(List.of(new Margins.Table(List.of("race"), values("A", "B", "C"))));

  private static List<List<String>> values(String... names) {
    return java.util.Arrays.stream(names).map(List::of).toList();
  }

  @Test
  void tellsAllWhereNothingIsSmall() {
    assertThat(CellSuppression.ranges(RACE, new long[] {30, 10, 20, 0}, BELOW))
        .containsExactly(Range.exactly(30), Range.exactly(10), Range.exactly(20), Range.exactly(0));
  }

  @Test
  void tellsAllWhereNothingIsAskedFor() {
    assertThat(CellSuppression.ranges(RACE, new long[] {33, 10, 20, 3}, 0))
        .containsExactly(Range.exactly(33), Range.exactly(10), Range.exactly(20), Range.exactly(3));
  }

  /// 33 - 10 - 3 would give 20 away, and 33 - 10 - 20 gives 3: so 20 is told as 33 - 10 less 1 to
  /// 3.
  @Test
  void hidesTheLargestOtherBesideASmallOneAndTellsOfItWhatTheSumTells() {
    assertThat(CellSuppression.ranges(RACE, new long[] {33, 10, 20, 3}, BELOW))
        .containsExactly(Range.exactly(33), Range.exactly(10), new Range(20, 22), new Range(1, 3));
  }

  /// 22 - 20 leaves 2 for two groups that are not empty: both would be 1.
  @Test
  void doesNotLeaveTwoSmallOnesToOneSumThatTellsThem() {
    List<Range> told = CellSuppression.ranges(RACE, new long[] {22, 20, 1, 1}, BELOW);
    assertThat(told.subList(2, 4)).containsExactly(new Range(1, 3), new Range(1, 3));
    assertThat(told.get(1)).isEqualTo(new Range(16, 20));
  }

  /// Everyone is the sum of the sexes, so hiding everyone alone would not hide C.
  @Test
  void knowsThatAnotherTableTellsEveryone() {
    Margins margins =
        Margins.of(
            List.of(
                new Margins.Table(List.of("race"), values("A", "B", "C")),
                new Margins.Table(List.of("sex"), values("F", "M"))));
    List<Range> told = CellSuppression.ranges(margins, new long[] {33, 10, 20, 3, 15, 18}, BELOW);
    assertThat(told.get(2).exact()).isFalse();
    assertThat(told.get(3)).isEqualTo(new Range(1, 3));
    assertThat(told.get(0)).isEqualTo(Range.exactly(33));
  }

  /// The groups of race by sex would add up to the hidden race.
  @Test
  void hidesInTheIntersectionWhatTheMarginHides() {
    Margins margins =
        Margins.of(
            List.of(
                new Margins.Table(List.of("race"), values("A", "B")),
                new Margins.Table(
                    List.of("race", "sex"),
                    List.of(List.of("A", "F"), List.of("A", "M"), List.of("B", "F")))));
    List<Range> told = CellSuppression.ranges(margins, new long[] {43, 40, 3, 25, 15, 3}, BELOW);
    assertThat(told.get(2)).isEqualTo(new Range(1, 3));
    assertThat(told.get(5)).isEqualTo(new Range(1, 3));
    assertThat(told.get(1).exact() && told.get(0).exact()).isFalse();
    assertThat(told.get(3).exact() && told.get(4).exact() && told.get(0).exact()).isFalse();
  }

  // an attacker who knows the tables, the sums, the rule, and tries every number

  @Property(tries = 60)
  @Label("no small number is the only one that fits everything that is told")
  void noSmallNumberCanBeComputed(
      @ForAll @Size(8) List<@IntRange(max = 9) Integer> cells, @ForAll Random random) {
    Cube cube = Cube.of(cells, random);
    List<Range> told = CellSuppression.ranges(cube.margins(), cube.numbers(), BELOW);
    List<Set<Long>> possible = cube.attack(told);
    for (int i = 0; i < told.size(); i++) {
      long number = cube.numbers()[i];
      assertThat(told.get(i).holds(number)).as("what is told is true").isTrue();
      assertThat(possible.get(i)).contains(number);
      if (number > 0 && number < BELOW) {
        assertThat(possible.get(i)).as("place %s of %s", i, told).hasSizeGreaterThan(1);
      }
    }
  }

  /// Three attributes of two values each, some of their intersections audited.
  private static final class Cube {

    private final Margins margins;
    private final List<int[]> sums;
    private final long[] numbers;
    private final int[] cells;

    /// Cells of groups that are not listed, which tells that nobody is in them.
    private final Set<Integer> empty;

    private Cube(List<Margins.Table> tables, List<int[]> sums, int[] cells, Set<Integer> empty) {
      this.margins = Margins.of(tables);
      this.sums = sums;
      this.numbers = sums.stream().mapToLong(members -> total(cells, members)).toArray();
      this.cells = cells;
      this.empty = empty;
    }

    Margins margins() {
      return margins;
    }

    long[] numbers() {
      return numbers;
    }

    private static final List<List<List<Integer>>> TABLES =
        List.of(
            List.of(List.of(0), List.of(1)),
            List.of(List.of(0), List.of(1), List.of(0, 1)),
            List.of(List.of(0), List.of(1), List.of(2), List.of(0, 2)),
            List.of(List.of(0), List.of(1), List.of(2), List.of(0, 1), List.of(1, 2)));

    static Cube of(List<Integer> values, Random random) {
      int[] cells = values.stream().mapToInt(Integer::intValue).toArray();
      List<Margins.Table> tables = new ArrayList<>();
      List<int[]> sums = new ArrayList<>();
      Set<Integer> empty = new TreeSet<>();
      sums.add(members(cells, List.of(), List.of()));
      for (List<Integer> of : TABLES.get(random.nextInt(TABLES.size()))) {
        List<List<String>> groups = new ArrayList<>();
        for (int key = 0; key < 1 << of.size(); key++) {
          List<Integer> at = new ArrayList<>();
          for (int k = 0; k < of.size(); k++) {
            at.add((key >> k) & 1);
          }
          int[] members = members(cells, of, at);
          if (total(cells, members) > 0) {
            groups.add(at.stream().map(String::valueOf).toList());
            sums.add(members);
          } else {
            java.util.Arrays.stream(members).forEach(empty::add);
          }
        }
        tables.add(new Margins.Table(of.stream().map(String::valueOf).toList(), groups));
      }
      return new Cube(tables, sums, cells, empty);
    }

    private static int[] members(int[] cells, List<Integer> of, List<Integer> at) {
      return java.util.stream.IntStream.range(0, cells.length)
          .filter(cell -> {
            boolean in = true;
            for (int k = 0; k < of.size(); k++) {
              in &= ((cell >> of.get(k)) & 1) == at.get(k);
            }
            return in;
          })
          .toArray();
    }

    private static long total(int[] cells, int[] members) {
      return java.util.Arrays.stream(members).mapToLong(m -> cells[m]).sum();
    }

    /// Every number each sum takes in some table of cells that fits all that is told.
    List<Set<Long>> attack(List<Range> told) {
      List<Set<Long>> possible = new ArrayList<>();
      told.forEach(_ -> possible.add(new TreeSet<>()));
      int[] tried = new int[cells.length];
      attack(told, possible, tried, 0, new long[told.size()]);
      return possible;
    }

    private void attack(
        List<Range> told, List<Set<Long>> possible, int[] tried, int cell, long[] so) {
      if (cell == cells.length) {
        for (int i = 0; i < so.length; i++) {
          if (!told.get(i).holds(so[i])) {
            return;
          }
        }
        for (int i = 0; i < so.length; i++) {
          possible.get(i).add(so[i]);
        }
        return;
      }
      // A sixth more than any cell has; more only widens what is possible.
      for (int value = 0; value <= (empty.contains(cell) ? 0 : 11); value++) {
        long[] next = so.clone();
        boolean fits = true;
        for (int i = 0; i < next.length && fits; i++) {
          int[] members = sums.get(i);
          if (java.util.Arrays.binarySearch(members, cell) >= 0) {
            next[i] += value;
            boolean last = members[members.length - 1] == cell;
            fits = next[i] <= told.get(i).high() && (!last || next[i] >= told.get(i).low());
          }
        }
        if (fits) {
          attack(told, possible, tried, cell + 1, next);
        }
      }
    }
  }
}
