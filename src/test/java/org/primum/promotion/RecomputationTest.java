package org.primum.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.primum.promotion.ReleaseWorld.bounds;
import static org.primum.promotion.ReleaseWorld.finding;
import static org.primum.promotion.ReleaseWorld.known;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Severity;
import org.primum.gate.Status;

/// The limit is at least -0.05 in every row. Recorded is always PASS unless said otherwise, so that
/// what comes out is the recomputation alone.
final class RecomputationTest {

  /// value, interval, and what each way of deciding makes of them; read off the number line.
  @ParameterizedTest
  @CsvSource({
    // inside with the whole interval
    "-0.02, -0.04,  0.00, PASS, PASS, PASS",
    // exactly at the limit, which is itself acceptable
    "-0.05, -0.05,  0.00, PASS, PASS, PASS",
    // inside, but the interval straddles the limit
    "-0.04, -0.08,  0.00, PASS, PASS, INCONCLUSIVE",
    // outside, but the interval straddles the limit: harm is not shown
    "-0.06, -0.10, -0.02, FAIL, PASS, INCONCLUSIVE",
    // outside with an upper end exactly at the limit
    "-0.07, -0.09, -0.05, FAIL, PASS, INCONCLUSIVE",
    // outside with the whole interval: harm is shown
    "-0.08, -0.12, -0.06, FAIL, FAIL, FAIL",
    // an interval that does not hold its own value was not computed with it
    "-0.08, -0.04,  0.00, INCONCLUSIVE, INCONCLUSIVE, INCONCLUSIVE"
  })
  void decidesFromTheNumbers(
      double value, double low, double high, Status point, Status excludeHarm, Status showSafe) {
    assertThat(again("point", value, bounds(low, high))).isEqualTo(point);
    assertThat(again("exclude-harm", value, bounds(low, high))).isEqualTo(excludeHarm);
    assertThat(again("show-safe", value, bounds(low, high))).isEqualTo(showSafe);
  }

  @Test
  void needsNoIntervalForThePointButForTheOthers() {
    assertThat(again("point", -0.02, new Interval.None())).isEqualTo(Status.PASS);
    assertThat(again("exclude-harm", -0.02, new Interval.None())).isEqualTo(Status.INCONCLUSIVE);
    assertThat(again("show-safe", -0.02, new Interval.None())).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void aWayOfDecidingItDoesNotKnowNeverPasses() {
    assertThat(again("trust-me", -0.02, bounds(-0.04, 0.0))).isEqualTo(Status.INCONCLUSIVE);
    assertThat(again("", -0.02, bounds(-0.04, 0.0))).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void aValueThatDoesNotExistIsAtLeastInconclusive() {
    var unknown = new Measure.Unknown("no positives");
    assertThat(of("point", unknown, Status.PASS)).isEqualTo(Status.INCONCLUSIVE);
    assertThat(of("point", unknown, Status.FAIL)).isEqualTo(Status.FAIL);
  }

  @Test
  void presenceKeepsWhatTheAuditSaw() {
    var unknown = new Measure.Unknown("the group is absent");
    assertThat(of("presence", unknown, Status.FAIL)).isEqualTo(Status.FAIL);
    assertThat(of("presence", unknown, Status.PASS)).isEqualTo(Status.PASS);
  }

  @ParameterizedTest
  @CsvSource({"PASS", "WAIVED", "WARN", "INCONCLUSIVE", "FAIL"})
  void neverImprovesWhatIsRecorded(Status recorded) {
    assertThat(of("point", known(0.0), recorded)).isEqualTo(recorded);
  }

  @Test
  void aWaivedFindingStaysWaivedOnlyWhereItNamesItsWaiver() {
    var value = known(-0.08);
    var interval = bounds(-0.12, -0.06);
    var named =
        finding(
            "point", value, interval, Status.WAIVED, Severity.BLOCK, "waived by the board: n=38");
    var silent = finding("point", value, interval, Status.WAIVED, Severity.BLOCK, "fine");

    assertThat(Recomputation.of(named).status()).isEqualTo(Status.WAIVED);
    assertThat(Recomputation.of(silent).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void aRuleThatOnlyWarnsStillOnlyWarns() {
    var warns =
        finding("point", known(-0.08), bounds(-0.12, -0.06), Status.PASS, Severity.WARN, "fine");
    assertThat(Recomputation.of(warns).status()).isEqualTo(Status.WARN);
  }

  @Test
  void saysWhatWasRecordedAndWhatItIs() {
    var forged = finding("point", known(-0.08), bounds(-0.12, -0.06), Status.PASS);
    assertThat(Recomputation.of(forged).reason())
        .startsWith("recorded as PASS, but recomputed from its numbers it is FAIL");
  }

  private static Status again(String decide, double value, Interval interval) {
    return Recomputation.of(finding(decide, known(value), interval, Status.PASS)).status();
  }

  private static Status of(String decide, Measure value, Status recorded) {
    return Recomputation.of(finding(decide, value, new Interval.None(), recorded)).status();
  }
}
