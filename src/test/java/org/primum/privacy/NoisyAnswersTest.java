package org.primum.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.primum.data.Batch;
import org.primum.data.TextColumn;
import org.primum.privacy.ReleaseResult.Answer;
import org.primum.privacy.ReleaseResult.Cell;
import org.primum.privacy.noise.InsecureTestBits;

/// Thirty patients of one row: twenty W and ten B, each with value 3 in the bounds [0, 10].
final class NoisyAnswersTest {

  private static List<Answer> draw(long seed, PrivacyLoss loss) {
    List<Query> queries =
        List.of(
            new Query.Table("races", loss, List.of(new Dimension("race", List.of("W", "B")))),
            new Query.Sum("sum", loss, "value", bounds()),
            new Query.Mean("mean", loss, "value", bounds()));
    List<QueryPlan> plans =
        queries.stream().map(q -> QueryPlan.of(q, Relation.ADD_REMOVE, 1)).toList();
    var answers = new ExactAnswers(plans, "patient", 1);
    String[] names = new String[30];
    int[] each = new int[30];
    int[] races = new int[30];
    for (int i = 0; i < 30; i++) {
      names[i] = "p" + i;
      each[i] = i;
      races[i] = i < 20 ? 0 : 1;
    }
    answers.add(
        new Batch(
            0,
            30,
            List.of(
                new TextColumn(names, each, 30),
                new TextColumn(new String[] {"W", "B"}, races, 30),
                new TextColumn(new String[] {"3"}, new int[30], 30))));
    return NoisyAnswers.draw(answers, new InsecureTestBits(seed));
  }

  private static Bounds bounds() {
    return new Bounds(BigDecimal.ZERO, BigDecimal.TEN);
  }

  /// 2,000 releases. An interval of at least 95 % misses at most 100 on average; more than 152
  /// comes with probability below 1e-6 (binomial, 5.3 standard deviations of 6.9).
  @Test
  @Tag("statistical")
  void intervalsHoldTheAnswerWithoutNoiseAsOftenAsTheySay() {
    for (Definition definition : Definition.values()) {
      int[] missed = new int[5];
      for (int release = 0; release < 1000; release++) {
        List<Answer> answers = draw(release, definition.loss(new BigDecimal("0.5")));
        missed[0] += misses(answers.get(0).cells().get(0), 20);
        missed[1] += misses(answers.get(0).cells().get(1), 10);
        missed[2] += misses(answers.get(0).cells().get(2), 0);
        missed[3] += misses(answers.get(1).cells().getFirst(), 90);
        missed[4] += misses(answers.get(2).cells().getFirst(), 3);
      }
      for (int count : missed) {
        assertThat(count).isLessThanOrEqualTo(87);
      }
      // and they are no wider than they need be: the sum's noise is nearly continuous
      assertThat(missed[3]).isBetween(20, 87);
    }
  }

  private static int misses(Cell cell, double truth) {
    var exact = BigDecimal.valueOf(truth);
    return cell.low().compareTo(exact) <= 0 && exact.compareTo(cell.high()) <= 0 ? 0 : 1;
  }

  @Test
  void whatIsPossibleIsComputedFromTheNoisyNumberAlone() {
    for (int release = 0; release < 200; release++) {
      for (Answer answer : draw(release, new PrivacyLoss.Pure(new BigDecimal("0.1")))) {
        for (Cell cell : answer.cells()) {
          assertThat(cell.consistent()).isGreaterThanOrEqualTo(BigDecimal.ZERO);
          if (cell.value().signum() >= 0 && !answer.kind().equals("mean")) {
            assertThat(cell.consistent()).isEqualByComparingTo(cell.value());
          }
          if (answer.kind().equals("mean")) {
            assertThat(cell.consistent()).isLessThanOrEqualTo(BigDecimal.TEN);
          }
        }
      }
    }
  }

  @Test
  void aMeanSplitsItsLossInHalves() {
    Answer mean = draw(1, new PrivacyLoss.Pure(BigDecimal.ONE)).get(2);
    assertThat(mean.parts()).extracting(ReleaseResult.Part::name).containsExactly("sum", "count");
    assertThat(mean.parts())
        .allSatisfy(part -> assertThat(part.loss().amount()).isEqualByComparingTo("0.5"));
    // (10 - 0) / 2 / 0.5 = 10 and 1 / 0.5 = 2
    assertThat(mean.parts().getFirst().scale()).isBetween(9.999999, 10.000001);
    assertThat(mean.parts().getLast().scale()).isEqualTo(2);
  }

  @Test
  void aSeedDrawnTwiceIsTheSameRelease() {
    var loss = new PrivacyLoss.Pure(BigDecimal.ONE);
    assertThat(draw(5, loss)).isEqualTo(draw(5, loss));
    assertThat(draw(5, loss)).isNotEqualTo(draw(6, loss));
  }
}
