package org.primum.fairness.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.primum.fairness.policy.Rule.Compare;
import org.primum.gate.Threshold;

/// Names of disparities as AIF360 0.6.1, Fairlearn 0.15.0, SageMaker Clarify and TrustyAI document
/// them.
final class AliasTest {

  private static Asked asked(String name) {
    return Asked.of("rules.r", name, Optional.empty()).orElseThrow();
  }

  private static Asked of(String name, Metric metric, Compare compare) {
    return new Asked(name, MetricRef.of(metric), compare, false);
  }

  @Test
  void everyNameMeansOneThing() {
    List<String> names = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      names.add(metric.id());
      names.addAll(metric.aliases());
    }
    for (Alias alias : Alias.values()) {
      names.addAll(alias.names());
    }
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void trapT13AimsEachNameOneWay() {
    assertThat(asked("SPD")).isEqualTo(of("SPD", Metric.SELECTION_RATE, Compare.DIFFERENCE));
    assertThat(asked("demographic_parity_difference"))
        .isEqualTo(of("demographic_parity_difference", Metric.SELECTION_RATE, Compare.MAX_MIN));
    assertThat(asked("DIR")).isEqualTo(of("DIR", Metric.SELECTION_RATE, Compare.RATIO));
    assertThat(asked("four_fifths"))
        .isEqualTo(of("four_fifths", Metric.SELECTION_RATE, Compare.MIN_MAX_RATIO));
    assertThat(asked("EOD")).isEqualTo(of("EOD", Metric.TPR, Compare.DIFFERENCE));
    assertThat(asked("equal_opportunity_difference"))
        .isEqualTo(of("equal_opportunity_difference", Metric.TPR, Compare.MAX_MIN));
    assertThat(asked("equalized_odds_difference"))
        .isEqualTo(of("equalized_odds_difference", Metric.EQUALIZED_ODDS, Compare.MAX_MIN));
    assertThat(asked("AAOD"))
        .isEqualTo(of("AAOD", Metric.AVERAGE_ABS_ODDS, Compare.ABS_DIFFERENCE));
  }

  /// Clarify's DPPL is the advantaged minus the disadvantaged: at most 0.1 of it is at least -0.1
  /// of ours.
  @Test
  void turnsTheLimitOfANameThatIsAimedTheOtherWay() {
    Asked dppl = asked("DPPL");
    assertThat(dppl.turned()).isTrue();
    assertThat(dppl.limits("rules.r", List.of(new Threshold.AtMost(0.1))))
        .containsExactly(new Threshold.AtLeast(-0.1));
    assertThat(dppl.limits("rules.r", List.of(new Threshold.AtLeast(-0.2))))
        .containsExactly(new Threshold.AtMost(0.2));
    assertThat(dppl.limits("rules.r", List.of(new Threshold.AtMost(0))))
        .containsExactly(new Threshold.AtLeast(0.0));
  }

  @Test
  void readsTheAggregateOfEqualizedOdds() {
    assertThat(MetricRef.parse("equalized_odds@mean"))
        .contains(MetricRef.of(Metric.EQUALIZED_ODDS_MEAN));
    assertThat(MetricRef.parse("equalized_odds@max")).contains(MetricRef.of(Metric.EQUALIZED_ODDS));
    assertThat(MetricRef.parse("gei@0.5").orElseThrow().id()).isEqualTo("gei@0.5");
    assertThat(MetricRef.parse("homogeneity[tpr]").orElseThrow().id())
        .isEqualTo("homogeneity[tpr]");
  }
}
