package org.primum.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.primum.data.Digest;
import org.primum.gate.Comparison;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Threshold;
import org.primum.gate.Verdict;

/// The verdict of FILES.md: Black patients are found less often than White ones, and of another
/// group nothing is known.
final class VerdictDocumentTest {

  private static final Digest MANIFEST = Digest.of("manifest");

  private static final Measurement GAP =
      new Measurement(
          "tpr",
          "race=Black",
          new Comparison.With("difference", "race=White"),
          new Measure.Known(-0.084),
          new Interval.Bounds(-0.121, -0.047),
          OptionalLong.of(412));

  private static final Measurement SUPPRESSED =
      new Measurement(
          "ppv",
          "race=Other",
          new Comparison.Alone(),
          new Measure.Unknown("suppressed"),
          new Interval.None(),
          OptionalLong.empty());

  private static final Verdict VERDICT =
      new Verdict(
          "fairness-audit",
          "0.1.0",
          new Subject(Map.of("model", Digest.of("model"), "dataset", Digest.of("data"))),
          List.of(
              finding(GAP, new Threshold.AtLeast(-0.05), Status.FAIL, "the interval lies below"),
              finding(SUPPRESSED, new Threshold.AtMost(0.1), Status.INCONCLUSIVE, "suppressed"),
              finding(SUPPRESSED, new Threshold.Present(), Status.WARN, "suppressed")),
          "One sentence.",
          Instant.parse("2026-11-22T03:04:05.678Z"),
          new Verdict.Expiry.At(Instant.parse("2026-12-22T00:00:00Z")));

  private static Finding finding(
      Measurement measurement, Threshold threshold, Status status, String reason) {
    return new Finding("r", measurement, threshold, "show-safe", status, Severity.BLOCK, reason);
  }

  @Test
  void readsBackWhatItWrote() {
    var recorded = VerdictDocument.read(source(VerdictDocument.write(VERDICT, MANIFEST)));

    assertThat(recorded.verdict()).isEqualTo(VERDICT);
    assertThat(recorded.recordedStatus()).isEqualTo(Status.FAIL);
    assertThat(recorded.manifest()).isEqualTo(MANIFEST);
  }

  @Test
  void writesTheKeysOfTheContract() {
    String json = new String(VerdictDocument.write(VERDICT, MANIFEST), StandardCharsets.UTF_8);

    assertThat(json.replaceAll("\\s+", ""))
        .contains(
            "\"metric\":\"tpr\",\"compare\":\"difference\",\"group\":\"race=Black\","
                + "\"reference\":\"race=White\",\"value\":-0.084,\"ci\":[-0.121,-0.047],\"n\":412,"
                + "\"threshold\":-0.05,\"comparator\":\"min\"")
        .contains("\"value\":null,\"ci\":null,\"n\":null,\"threshold\":0.1,\"comparator\":\"max\"");
  }

  @Test
  void rejectsAKeyTheContractDoesNotKnow() {
    String json = new String(VerdictDocument.write(VERDICT, MANIFEST), StandardCharsets.UTF_8);

    assertThatThrownBy(() ->
            VerdictDocument.read(
                source(json.replace("\"summary\"", "\"sumary\"").getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("verdict.json: ");
  }

  @Test
  void keepsMetricsThatDoNotExistWithTheirReason() {
    var read = MetricsDocument.read(source(MetricsDocument.write(List.of(GAP, SUPPRESSED))));

    assertThat(read).containsExactly(GAP, SUPPRESSED);
  }

  private static Source source(byte[] bytes) {
    return new Source("verdict.json", bytes);
  }
}
