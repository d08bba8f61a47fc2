package org.primum.report;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.primum.data.Digest;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Threshold;
import org.primum.gate.Verdict;

/// Findings for the tests of what CI servers show: a true positive rate difference to race=White.
final class Findings {

  private Findings() {}

  static Finding of(String rule, String group, double value, Status status) {
    Measurement measurement =
        new Measurement(
            "tpr",
            group,
            new Comparison.With("difference", "race=White"),
            new Measure.Known(value),
            new Interval.Bounds(value - 0.1, value + 0.1),
            OptionalLong.of(1234));
    return new Finding(
        rule,
        measurement,
        new Threshold.AtLeast(-0.05),
        "show-safe",
        status,
        Severity.BLOCK,
        "because " + status);
  }

  static Report report(List<Finding> findings) {
    Verdict verdict =
        new Verdict(
            "fairness-audit",
            "0.1.0",
            Subject.none().with(Subject.MODEL, Digest.of("model")),
            findings,
            "A sentence.",
            Instant.parse("2026-11-20T12:00:00Z"),
            new Verdict.Expiry.Never());
    return new Report("Fairness audit of p", verdict, "The lead.", List.of());
  }
}
