package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.primum.gate.Interval.Bounds;

/// Two scores, ten rows: of four with a score of .9 three have the outcome, of six with .1 one has.
final class GroupCurvesTest {

  private static final String ROWS = "g,label,score";

  private static AuditResult audit(int below, Rows rows) {
    return Audits.audit(
        Audits.whole(
            """
            apiVersion: primum.dev/v1alpha1
            kind: FairnessPolicy
            metadata: {name: curves, revision: 1}
            data:
              label: {column: label, positive: 1}
              score: {column: score}
              decision: {threshold: 0.3}
            attributes: [{name: g, column: g}]
            suppress: {below: %d}
            rules: [{id: r, metric: tpr, over: g, min: 0.1, decide: point}]
            """
                .formatted(below)),
        rows);
  }

  private static final Rows TEN =
      Rows.repeated(ROWS, "A,1,0.9,3", "A,0,0.9,1", "A,1,0.1,1", "A,0,0.1,5");

  private static GroupCurves curves(AuditResult result) {
    return result.depth().curvesOf("g=A").orElseThrow();
  }

  /// From .5 on 3 of the 4 with the outcome and 1 of the 6 without: 3/10 - 1/10 x .5/.5; flagging
  /// all: 4/10 - 6/10.
  @Test
  void weighThoseFoundAgainstThoseAlarmed() {
    GroupCurves.At half =
        curves(audit(0, TEN)).thresholds().stream()
            .filter(at -> at.threshold() == 0.5)
            .findFirst()
            .orElseThrow();
    assertThat(half.tpr()).isCloseTo(0.75, within(1e-12));
    assertThat(half.fpr()).isCloseTo(1 / 6.0, within(1e-12));
    assertThat(half.netBenefit()).isCloseTo(0.2, within(1e-12));
    assertThat(half.ofAll()).isCloseTo(-0.2, within(1e-12));
    assertThat(curves(audit(0, TEN)).thresholds()).hasSize(99);
  }

  /// At .5 the benefit is 3/10 - 1/10. Wilson's intervals of the two (statsmodels) are
  /// (.1077912674, .6032218525) and (.0178762131, .4041500268), their correlation is -sqrt(.3 x .1
  /// / (.7 x .9)) = -.2182178902, so by MOVER (Zou and Donner 2008) the ends are .2 - sqrt(.19221²
  /// + .30415² + 2 x .21822 x .19221 x .30415), and above alike.
  @Test
  void sayHowSureANetBenefitIsAtEachThresholdByItself() {
    Bounds half =
        curves(audit(0, TEN)).thresholds().stream()
            .filter(at -> at.threshold() == 0.5)
            .findFirst()
            .orElseThrow()
            .interval();
    assertThat(half.low()).isCloseTo(-0.19365670131172746, within(1e-9));
    assertThat(half.high()).isCloseTo(0.5309921642652419, within(1e-9));
  }

  @Test
  void holdWhatHappenedAgainstWhatWasSaid() {
    List<GroupCurves.Bin> bins = curves(audit(0, TEN)).reliability();
    assertThat(bins).extracting(GroupCurves.Bin::rows).containsExactly(6L, 4L);
    assertThat(bins.getFirst().said()).isCloseTo(0.1, within(1e-12));
    assertThat(bins.getFirst().happened()).isCloseTo(1 / 6.0, within(1e-12));
    assertThat(bins.getLast().happened()).isCloseTo(0.75, within(1e-12));
    assertThat(curves(audit(0, TEN)).baseRate()).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void areNotShownOfAGroupThatIsTooSmall() {
    assertThat(audit(11, TEN).depth().curves()).isEmpty();
  }

  /// Three without the outcome score .9: a threshold between .5 and .9 would tell them.
  @Test
  void skipAThresholdThatWouldTellASmallNumber() {
    Rows rows =
        Rows.repeated(
            ROWS, "A,1,0.9,20", "A,0,0.9,3", "A,1,0.5,20", "A,0,0.5,20", "A,1,0.1,5", "A,0,0.1,50");
    GroupCurves curves = curves(audit(5, rows));
    assertThat(curves.thresholds())
        .extracting(GroupCurves.At::threshold)
        .contains(0.95, 0.5, 0.2)
        .doesNotContain(0.9, 0.7, 0.51);
    assertThat(curves.reliability())
        .allSatisfy(bin -> assertThat(bin.rows()).isGreaterThanOrEqualTo(10));
  }

  @Test
  void areNoneWhereThereAreNoScores() {
    AuditResult result =
        Audits.audit(
            """
            attributes: [{name: g, column: g}]
            rules: [{id: r, metric: tpr, over: g, min: 0.1, decide: point}]
            """,
            Rows.repeated("g,label,prediction", "A,1,1,50", "A,0,0,50"));
    assertThat(result.depth().curves()).isEmpty();
  }
}
