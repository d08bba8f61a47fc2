package org.primum.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.gate.Comparison;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Omissions;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;

/// Lines of a spreadsheet, read as RFC 4180 says.
final class MetricsCsvTest {

  private static String write(Measurement measurement) {
    Verdict verdict =
        new Verdict(
            "fairness-audit",
            "1",
            Subject.none(),
            List.of(),
            "",
            Instant.EPOCH,
            new Verdict.Expiry.Never());
    Omissions omissions = new Omissions(11, List.of("g=rough"), List.of());
    byte[] csv = MetricsCsv.write(verdict, List.of(measurement), omissions);
    return new String(csv, StandardCharsets.UTF_8).lines().skip(1).findFirst().orElse("");
  }

  private static Measurement of(String group, Measure value, Interval interval) {
    return new Measurement(
        "tpr", group, new Comparison.Alone(), value, interval, OptionalLong.of(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\uFF1D1", "|x"})
  void aTextThatASpreadsheetWouldRunGetsAnApostrophe(String text) {
    String line = write(of(text, new Measure.Known(0.5), new Interval.None()));
    assertThat(line).startsWith("\"tpr\",\"'" + text.substring(0, 1).strip());
  }

  @Test
  void aQuoteIsDoubled() {
    assertThat(write(of("g=a\"b", new Measure.Known(0.5), new Interval.None())))
        .startsWith("\"tpr\",\"g=a\"\"b\",,,0.5,,,400,no,");
  }

  @Test
  void aNegativeNumberStaysANumber() {
    assertThat(write(of("g=a", new Measure.Known(-0.25), new Interval.Bounds(-0.5, 0.125))))
        .startsWith("\"tpr\",\"g=a\",,,-0.25,-0.5,0.125,400,no,\"\",");
  }

  @Test
  void whatDoesNotExistIsEmptyAndHasItsReason() {
    Interval open = new Interval.Bounds(0.5, Double.POSITIVE_INFINITY);
    assertThat(write(of("g=a", new Measure.Unknown("no positives"), open)))
        .startsWith("\"tpr\",\"g=a\",,,,0.5,,400,no,\"no positives\",");
  }

  @Test
  void aRoughNumberIsMarked() {
    assertThat(write(of("g=rough", new Measure.Known(0.5), new Interval.None())))
        .contains(",400,yes,");
  }
}
