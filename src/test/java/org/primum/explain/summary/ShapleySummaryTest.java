package org.primum.explain.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.primum.data.TextColumn;
import org.primum.explain.value.ShapleyValues;
import org.primum.gate.Interval;

/// Two features of five rows: `x` with values 1, -2, 3, -4, 5, and `zero`, which moves nobody. The
/// first two rows are of group `a`.
final class ShapleySummaryTest {

  /// Magnitudes 1 to 5: mean 3, variance 2.5. The interval is 3 ± 2.776445 · sqrt(2.5 / 5) (R 4.4:
  /// qt(0.975, 4)). The values: mean 0.6, squares 55, variance (55 - 5 · 0.36) / 4.
  @Test
  void statisticsAreThoseOfTheRows() {
    var everyone = summary(0).outputs().getFirst().features().getFirst();
    var interval = (Interval.Bounds) everyone.spread().interval();

    assertThat(everyone.meanAbs()).isEqualTo(3);
    assertThat(everyone.mean()).isEqualTo(0.6);
    assertThat(everyone.spread().magnitude().variance()).isEqualTo(2.5);
    assertThat(everyone.spread().variance()).isEqualTo(13.3);
    assertThat(interval.low()).isCloseTo(3 - 2.776445 * Math.sqrt(0.5), within(1e-6));
    assertThat(interval.high()).isCloseTo(3 + 2.776445 * Math.sqrt(0.5), within(1e-6));
    assertThat(everyone.spread().positive()).isEqualTo(0.6);
    assertThat(everyone.spread().negative()).isEqualTo(0.4);
  }

  /// Group `a` has magnitudes 1 and 2, the rest 3, 4, 5. No value of the one is in the other: all
  /// of 1, -2 lie between the rest's -4 and 3, so the distribution functions are 2/3 apart at 1.
  @Test
  void aGroupIsComparedWithEveryoneElse() {
    var group = summary(0).outputs().getFirst().groups().getFirst();
    ShapleyContrast x = group.contrasts().getFirst();

    assertThat(group.name()).isEqualTo("ward=a");
    assertThat(x.difference()).isEqualTo(1.5 - 4);
    assertThat(x.rest()).isEqualTo(new MeanEstimate(4, 1, 3));
    assertThat(x.distance().least()).isCloseTo(2.0 / 3, within(1e-15));
  }

  @Test
  void groupsOfFewRowsAreNotTold() {
    ShapleySummary summary = summary(3);

    assertThat(summary.outputs().getFirst().groups()).isEmpty();
    assertThat(summary.suppressed()).containsExactly("ward=a", "ward=b");
    assertThat(summary.outputs().getFirst().profile().getFirst().values().parts())
        .allMatch(part -> part.rows() >= 3);
  }

  @Test
  void quantilesWithFewRowsBeyondThemAreNotTold() {
    assertThat(summary(2).outputs().getFirst().features().getFirst().spread().quantiles())
        .singleElement()
        .satisfies(q -> assertThat(q.share()).isEqualTo(0.5));
    assertThat(summary(0).outputs().getFirst().features().getFirst().spread().quantiles())
        .hasSize(7);
  }

  /// 3e18 squared is 9e36, far beyond the 64 bits before the point that sums have. The variance of
  /// 3e18, 0 and -3e18 is 9e36.
  @Test
  void squaresOfLargeValuesDoNotOverflow() {
    var sums = new ShapleySums(1, 1);
    for (double phi : new double[] {3e18, 0, -3e18}) {
      sums.addRow();
      sums.add(0, 0, phi);
    }
    assertThat(sums.variance(0, 0)).isEqualTo(9e36);
  }

  private static ShapleySummary summary(int minCohort) {
    var tally = new ShapleyTally(1, 2, List.of("ward"));
    double[] values = {1, -2, 3, -4, 5, 0, 0, 0, 0, 0};
    double[] margins = {1, -2, 3, -4, 5};
    TextColumn ward = new TextColumn(new String[] {"a", "b"}, new int[] {0, 0, 1, 1, 1}, 5);
    tally.add(new ShapleyValues(2, new double[] {0}, margins, values), List.of(ward));
    return ShapleySummary.of(
        tally,
        new double[] {0},
        List.of("x", "zero"),
        new ShapleySummary.Extent(2, minCohort, true));
  }
}
