package org.primum.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.primum.promotion.ReleaseWorld.bounds;
import static org.primum.promotion.ReleaseWorld.finding;
import static org.primum.promotion.ReleaseWorld.known;

import java.time.LocalDate;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

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

  /// Parity of a difference is 0: outside the limit, and the interval excludes 0.
  @ParameterizedTest
  @CsvSource({
    "-0.02, -0.10, -0.01, PASS",
    "-0.06, -0.13,  0.01, PASS",
    "-0.06, -0.11, -0.01, FAIL",
    "-0.08, -0.12, -0.06, FAIL"
  })
  void decidesBothByValueAndParity(double value, double low, double high, Status both) {
    assertThat(again("both", value, bounds(low, high))).isEqualTo(both);
    assertThat(again("both", -0.06, new Interval.None())).isEqualTo(Status.INCONCLUSIVE);
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
    assertThat(again(presence(unknown, "presence", Status.FAIL)).status()).isEqualTo(Status.FAIL);
    assertThat(again(presence(unknown, "presence", Status.PASS)).status()).isEqualTo(Status.PASS);
  }

  /// Whoever edits one of both, limit and way of deciding, would have numbers looked at by nobody.
  @Test
  void aLimitAndAWayOfDecidingThatDoNotBelongTogetherNeverPass() {
    assertThat(of("presence", known(0.5), Status.PASS)).isEqualTo(Status.INCONCLUSIVE);
    assertThat(again(presence(known(-0.5), "point", Status.PASS)).status())
        .isEqualTo(Status.INCONCLUSIVE);
  }

  private static Finding presence(Measure value, String decide, Status recorded) {
    Finding bounded = finding(decide, value, new Interval.None(), recorded);
    return new Finding(
        bounded.rule(),
        bounded.measurement(),
        new Threshold.Present(),
        decide,
        recorded,
        Severity.BLOCK,
        "seen");
  }

  @ParameterizedTest
  @CsvSource({"PASS", "WAIVED", "WARN", "INCONCLUSIVE", "FAIL"})
  void neverImprovesWhatIsRecorded(Status recorded) {
    assertThat(of("point", known(0.0), recorded)).isEqualTo(recorded);
  }

  @ParameterizedTest
  @CsvSource({
    "it fails; waived until 2026-12-31 by dr-lee: n=38 a year, WAIVED",
    "it fails; waived until 2026-11-20 by dr-lee: its last day, WAIVED",
    "it fails; waived until 2026-11-19 by dr-lee: it ran out, FAIL",
    "it fails; waived until 2026-13-45 by dr-lee: no such day, FAIL",
    "it fails; its waiver expired on 2026-12-31, FAIL",
    "fine, FAIL"
  })
  void aWaivedFindingStaysWaivedOnlyWhereItNamesAWaiverInForce(String reason, Status status) {
    var waived =
        finding("point", known(-0.08), bounds(-0.12, -0.06), Status.WAIVED, Severity.BLOCK, reason);
    assertThat(again(waived).status()).isEqualTo(status);
  }

  /// Over a reference rate of 0 a ratio has no value, and its interval no upper end.
  @Test
  void anUnboundedRatioIsDecidedByItsInterval() {
    assertThat(unbounded("exclude-harm", new Threshold.AtLeast(0.8))).isEqualTo(Status.PASS);
    assertThat(unbounded("point", new Threshold.AtLeast(0.8))).isEqualTo(Status.PASS);
    assertThat(unbounded("show-safe", new Threshold.AtLeast(0.8))).isEqualTo(Status.PASS);
    assertThat(unbounded("point", new Threshold.AtMost(1.25))).isEqualTo(Status.FAIL);
    assertThat(unbounded("exclude-harm", new Threshold.AtMost(1.25))).isEqualTo(Status.FAIL);
  }

  /// The logarithm of a ratio of 0 has no value, and its interval no lower end; its parity is 0.
  @Test
  void anUnboundedLogRatioIsDecidedByItsInterval() {
    var none = bounds(Double.NEGATIVE_INFINITY, -0.7);
    assertThat(unbounded("point", new Threshold.AtLeast(-0.2), "log_ratio", none))
        .isEqualTo(Status.FAIL);
    assertThat(unbounded("both", new Threshold.AtLeast(-0.2), "log_ratio", none))
        .isEqualTo(Status.FAIL);
    assertThat(unbounded("point", new Threshold.AtMost(0.2), "log_ratio", none))
        .isEqualTo(Status.PASS);
    var everything = bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    assertThat(unbounded("point", new Threshold.AtMost(0.2), "log_ratio", everything))
        .isEqualTo(Status.FAIL);
    assertThat(unbounded("both", new Threshold.AtMost(0.2), "log_ratio", everything))
        .isEqualTo(Status.PASS);
  }

  private static Status unbounded(String decide, Threshold limit) {
    return unbounded(decide, limit, "ratio", bounds(1.4, Double.POSITIVE_INFINITY));
  }

  private static Status unbounded(String decide, Threshold limit, String kind, Interval interval) {
    var measurement =
        new Measurement(
            "selection_rate",
            "race=Black",
            new Comparison.With(kind, "race=White"),
            new Measure.Unknown("unbounded"),
            interval,
            OptionalLong.of(412));
    return again(
            new Finding(
                "rule", measurement, limit, decide, Status.PASS, Severity.BLOCK, "unbounded"))
        .status();
  }

  @Test
  void aRuleThatOnlyWarnsStillOnlyWarns() {
    var warns =
        finding("point", known(-0.08), bounds(-0.12, -0.06), Status.PASS, Severity.WARN, "fine");
    assertThat(again(warns).status()).isEqualTo(Status.WARN);
  }

  @Test
  void saysWhatWasRecordedAndWhatItIs() {
    var forged = finding("point", known(-0.08), bounds(-0.12, -0.06), Status.PASS);
    assertThat(again(forged).reason())
        .startsWith("recorded as PASS, but recomputed from its numbers it is FAIL");
  }

  private static Finding again(Finding recorded) {
    return Recomputation.of(recorded, LocalDate.parse("2026-11-20"));
  }

  private static Status again(String decide, double value, Interval interval) {
    return again(finding(decide, known(value), interval, Status.PASS)).status();
  }

  private static Status of(String decide, Measure value, Status recorded) {
    return again(finding(decide, value, new Interval.None(), recorded)).status();
  }
}
