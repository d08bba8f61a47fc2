package org.primum.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class BudgetBarTest {

  /// A quarter of 640 is 160, half of it 320.
  @Test
  void sharesAreWidthsAndWords() {
    String svg = BudgetBar.svg(0.25, 0.5);
    assertThat(svg)
        .contains("x=\"0.0\" y=\"6\" width=\"160.0\"", "x=\"160.0\" y=\"6\" width=\"320.0\"")
        .contains("25% spent before, 50% now, 25% left");
  }

  @Test
  void rejectsSharesBeyondTheBudget() {
    assertThatThrownBy(() -> BudgetBar.svg(0.6, 0.5)).hasMessageContaining("at most 1");
    assertThatThrownBy(() -> BudgetBar.svg(Double.NaN, 0)).hasMessageContaining("at most 1");
  }
}
