package org.primum.fairness.statistics.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.primum.fairness.statistics.score.CrossFittedArea.Item;

/// Folds of a few rows, computed by hand, and one fold, which is a plain ROC curve.
final class CrossFittedAreaTest {

  private static Item[] rows(int fold, String scoresOfGroup, String scoresOfOthers) {
    List<Item> items = new java.util.ArrayList<>();
    for (String score : scoresOfGroup.split(" ", -1)) {
      items.add(new Item(fold, items.size(), Double.parseDouble(score), 1, 0));
    }
    for (String score : scoresOfOthers.split(" ", -1)) {
      items.add(new Item(fold, items.size(), Double.parseDouble(score), 0, 1));
    }
    return items.toArray(Item[]::new);
  }

  private static Item[] both(Item[] one, Item[] other) {
    return IntStream.range(0, one.length + other.length)
        .mapToObj(i -> i < one.length ? one[i] : other[i - one.length])
        .toArray(Item[]::new);
  }

  /// In the first fold 3 of 4 pairs are in order, in the second 1 of 4; together they are 4 of 8,
  /// though every score of the second is above every score of the first.
  @Test
  void onlyPairsOfTheSameFoldAreCompared() {
    Item[] items = both(rows(0, "1 4", "0 3"), rows(1, "11 14", "12 15"));
    AreaEstimate area = CrossFittedArea.of(items, false).orElseThrow();
    assertThat(area.area()).isEqualTo(4 / 8.0);
  }

  @Test
  void aFoldWithoutTheGroupSaysNothing() {
    Item[] alone = rows(0, "1 4", "0 3");
    Item others = new Item(1, 9, 5, 0, 7);
    AreaEstimate area = CrossFittedArea.of(both(alone, new Item[] {others}), false).orElseThrow();
    assertThat(area.area()).isEqualTo(3 / 4.0);
  }

  @Test
  void tooFewRowsOfAClassHaveNoArea() {
    assertThat(CrossFittedArea.of(rows(0, "1", "0 3"), false)).isEmpty();
    assertThat(CrossFittedArea.of(new Item[0], false)).isEmpty();
  }

  @Property(tries = 200)
  void oneFoldIsARocCurve(
      @ForAll @Size(min = 4, max = 20) List<@IntRange(max = 9) Integer> group,
      @ForAll @Size(min = 4, max = 20) List<@IntRange(max = 9) Integer> others) {
    double[] positives = new double[10];
    double[] negatives = new double[10];
    group.forEach(score -> positives[score]++);
    others.forEach(score -> negatives[score]++);
    RocCurve curve = RocCurve.of(positives, negatives);
    Item[] items =
        IntStream.range(0, 10)
            .mapToObj(i -> new Item(0, i, i, positives[i], negatives[i]))
            .toArray(Item[]::new);
    AreaEstimate area = CrossFittedArea.of(items, false).orElseThrow();
    assertThat(area.area()).isCloseTo(curve.area(), within(1e-12));
    assertThat(area.variance()).isCloseTo(curve.variance(), within(1e-12));
    assertThat(area.interval(0.05).low()).isCloseTo(curve.interval(0.05).low(), within(1e-9));
    assertThat(area.interval(0.05).high()).isCloseTo(curve.interval(0.05).high(), within(1e-9));
  }

  /// Each row three times under one patient is known no better than once.
  @Test
  void copiesUnderOnePatientAddNothing() {
    Item[] once = rows(0, "1 4 6 2 8 7 5", "0 3 5 1 2 4 6");
    Item[] thrice =
        IntStream.range(0, once.length)
            .mapToObj(i ->
                new Item(0, i, once[i].score(), 3 * once[i].positives(), 3 * once[i].negatives()))
            .toArray(Item[]::new);
    AreaEstimate one = CrossFittedArea.of(once, true).orElseThrow();
    AreaEstimate three = CrossFittedArea.of(thrice, true).orElseThrow();
    AreaEstimate free = CrossFittedArea.of(thrice, false).orElseThrow();
    assertThat(three.area()).isCloseTo(one.area(), within(1e-12));
    assertThat(three.variance()).isCloseTo(one.variance(), within(0.1 * one.variance()));
    assertThat(free.variance()).isLessThan(one.variance() / 2);
  }
}
