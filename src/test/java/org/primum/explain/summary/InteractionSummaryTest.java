package org.primum.explain.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.primum.explain.summary.InteractionSummary.Pair;
import org.primum.explain.summary.InteractionSummary.Partner;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.FeaturePairs.Named;
import org.primum.explain.value.InteractionValues;

/// Two rows of features a, b, c, d: a and b interact by 1 and -3, b and c by 0 and 0.5, c and d
/// never.
final class InteractionSummaryTest {

  private static final FeaturePairs PAIRS =
      FeaturePairs.named(
          FeatureGroups.single(List.of("a", "b", "c", "d")),
          List.of(new Named("d", "c"), new Named("c", "b"), new Named("a", "b")));

  private static InteractionSums sums(double... cells) {
    var sums = new InteractionSums(1, 3);
    sums.add(new InteractionValues(cells.length / 3, 1, 3, List.of(cells)));
    return sums;
  }

  @Test
  void pairsStandByMeanMagnitudeAndThoseThatNeverInteractAreLeftOut() {
    InteractionSummary.Output output =
        InteractionSummary.of(PAIRS, sums(1, -3, 0, 0.5, 0, 0), 50).outputs().getFirst();

    assertThat(output.strongest())
        .containsExactly(new Pair("a", "b", 2, 1), new Pair("b", "c", 0.25, 2));
    assertThat(output.partner("b")).contains(new Partner("b", "a", 2));
    assertThat(output.partner("c")).contains(new Partner("c", "b", 0.25));
    assertThat(output.partner("d")).isEmpty();
  }

  @Test
  void theListIsAsLongAsAskedAndPartnersStayWhole() {
    InteractionSummary.Output output =
        InteractionSummary.of(PAIRS, sums(1, -3, 0, 0.5, 0, 0), 1).outputs().getFirst();

    assertThat(output.strongest()).hasSize(1);
    assertThat(output.partners()).hasSize(3);
  }

  @Test
  void sumsOfRowsApartAreThoseOfRowsTogetherToTheByte() {
    InteractionSums together = sums(0.1, 1e-9, 0.3, -7e5, 0, 0.2);
    InteractionSums apart = sums(1e-9, -7e5, 0.2);
    apart.merge(sums(0.1, 0.3, 0));

    assertThat(apart.bytes()).isEqualTo(together.bytes());
    assertThat(InteractionSums.of(1, 3, 2, 0, apart.bytes()).bytes()).isEqualTo(together.bytes());
  }

  @Test
  void sumsOfAnotherShapeAreRefused() {
    byte[] bytes = sums(1, 2, 3).bytes();
    assertThatThrownBy(() -> InteractionSums.of(1, 2, 1, 0, bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 pairs");
    assertThatThrownBy(() -> InteractionSums.of(Integer.MAX_VALUE, 1 << 30, 1, 0, bytes))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sums(1, 2, 3).merge(new InteractionSums(1, 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
