package org.primum.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class BudgetBarTest {

  /// A quarter of 360 is 90, half of it 180.
  @Test
  void sharesAreWidthsAndWords() {
    String svg = BudgetBar.svg(0.25, 0.5);
    assertThat(svg)
        .contains("x=\"0.0\" y=\"6\" width=\"90.0\"", "x=\"90.0\" y=\"6\" width=\"180.0\"")
        .contains("25 % spent before, 50 % now, 25 % left");
  }

  @Test
  void rejectsSharesBeyondTheBudget() {
    assertThatThrownBy(() -> BudgetBar.svg(0.6, 0.5)).hasMessageContaining("at most 1");
    assertThatThrownBy(() -> BudgetBar.svg(Double.NaN, 0)).hasMessageContaining("at most 1");
  }
}
