package org.primum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Ten training rows scored 0.0, 0.1, … 0.9, or with ties.
final class DecisionThresholdTest {

  private static final double[] SCORES = {0.5, 0.0, 0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.6, 0.4};

  @Test
  void alertRateIsTheShareOfRowsAtOrAboveTheThreshold() {
    assertThat(new DecisionThreshold.AlertRate(0.3).resolve(SCORES, 0)).isEqualTo(0.7);
  }

  @Test
  void baseRateAlertsAsManyAsThereArePositives() {
    assertThat(new DecisionThreshold.BaseRate().resolve(SCORES, 4)).isEqualTo(0.6);
  }

  @Test
  void tiesAreNotSplitAndTheShareIsNotExceeded() {
    double[] tied = {0.1, 0.2, 0.5, 0.5, 0.5, 0.9};
    assertThat(new DecisionThreshold.AlertRate(0.5).resolve(tied, 0)).isEqualTo(0.9);
  }

  @Test
  void aTieAtTheTopIsAlertedWhole() {
    double[] tied = {0.1, 0.9, 0.9, 0.9};
    assertThat(new DecisionThreshold.AlertRate(0.25).resolve(tied, 0)).isEqualTo(0.9);
  }

  @Test
  void fixedStaysWhatItIs() {
    assertThat(new DecisionThreshold.Fixed(0.42).resolve(SCORES, 4)).isEqualTo(0.42);
  }

  @Test
  void rejectsSharesAndScoresOutsideTheirRange() {
    assertThatThrownBy(() -> new DecisionThreshold.AlertRate(1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DecisionThreshold.Fixed(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
