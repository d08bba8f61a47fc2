package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/// A: 100 of 500 have the outcome, 60 are found, 60 are alarmed: tpr .6, ppv .5, fpr 60/400 = .15.
/// B: 100 of 200 have it. With the ppv and tpr of A its fpr were .5/.5 x .5/.5 x .6 = .6.
final class BaseRateConflictTest {

  private static List<BaseRateConflict> conflicts(String... ofB) {
    List<String> rows =
        new java.util.ArrayList<>(List.of("A,1,1,60", "A,1,0,40", "A,0,1,60", "A,0,0,340"));
    rows.addAll(List.of(ofB));
    return Audits.audit(
            """
            attributes: [{name: g, column: g, reference: A}]
            suppress: {below: 0}
            rules: [{id: r, metric: tpr, over: g, min: 0.1, decide: point}]
            """,
            Rows.repeated("g,label,prediction", rows.toArray(String[]::new)))
        .depth()
        .conflicts();
  }

  @Test
  void ofTheReferenceTheForcedRateIsItsOwn() {
    BaseRateConflict.Implied reference =
        conflicts("B,1,1,50", "B,1,0,50", "B,0,1,20", "B,0,0,80").getFirst().groups().getFirst();
    assertThat(reference.group()).isEqualTo("g=A");
    assertThat(reference.fpr()).isCloseTo(0.15, within(1e-12));
    assertThat(reference.implied()).isCloseTo(0.15, within(1e-12));
  }

  @Test
  void anotherBaseRateForcesAnotherFalsePositiveRate() {
    BaseRateConflict conflict =
        conflicts("B,1,1,50", "B,1,0,50", "B,0,1,20", "B,0,0,80").getFirst();
    assertThat(conflict.farthest().group()).isEqualTo("g=B");
    assertThat(conflict.farthest().implied()).isCloseTo(0.6, within(1e-12));
    assertThat(conflict.farthest().fpr()).isCloseTo(0.2, within(1e-12));
    assertThat(conflict.matters()).isTrue();
  }

  @Test
  void equalBaseRatesForceNothing() {
    BaseRateConflict conflict =
        conflicts("B,1,1,10", "B,1,0,10", "B,0,1,20", "B,0,0,60").getFirst();
    assertThat(conflict.matters()).isFalse();
  }

  @Test
  void aGroupWithoutTheOutcomeHasNothingToForce() {
    assertThat(conflicts("B,0,1,20", "B,0,0,80")).isEmpty();
  }

  /// C has four in each cell, which may not be told: so A, the largest, is told in ranges of ten or
  /// so. Of 500 that is too rough to say what a base rate forces, of 50,000 it is not.
  @Test
  void groupsThatAreToldRoughlyAreLeftOut() {
    assertThat(roughly(1)).isEmpty();
    assertThat(roughly(100).getFirst().groups())
        .extracting(BaseRateConflict.Implied::group)
        .containsExactly("g=A", "g=B");
  }

  private static List<BaseRateConflict> roughly(int times) {
    return Audits.audit(
            """
            attributes: [{name: g, column: g, reference: A}]
            rules: [{id: r, metric: tpr, over: g, min: 0.1, decide: point}]
            """,
            Rows.repeated(
                "g,label,prediction",
                "A,1,1," + 60 * times,
                "A,1,0," + 40 * times,
                "A,0,1," + 60 * times,
                "A,0,0," + 340 * times,
                "B,1,1,50",
                "B,1,0,30",
                "B,0,1,20",
                "B,0,0,30",
                "C,1,1,4",
                "C,1,0,4",
                "C,0,1,4",
                "C,0,0,4"))
        .depth()
        .conflicts();
  }
}
