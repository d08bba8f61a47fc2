package org.primum.promotion;

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
import org.primum.gate.Threshold;

/// Findings on evidence as such, before any of its numbers: is it there, and does it count?
final class EvidenceFinding {

  static final String METRIC = "evidence";

  private EvidenceFinding() {}

  static Finding of(Appraisal appraisal) {
    Measure value =
        appraisal.counts()
            ? new Measure.Known(1)
            : new Measure.Unknown(appraisal.standing().word());
    String where = appraisal.source().isEmpty() ? "" : " (" + appraisal.source() + ")";
    return finding(
        appraisal.step() + ":evidence",
        value,
        appraisal.counts() ? Status.PASS : Status.INCONCLUSIVE,
        appraisal.standing().word() + where + ": " + appraisal.reason());
  }

  /// @param named the models that evidence speaks of: none, or several
  static Finding noSingleModel(List<Digest> named) {
    String reason =
        named.isEmpty()
            ? "no evidence names a model; say which one is gated"
            : "the evidence speaks of %d models (%s); say which one is gated"
                .formatted(
                    named.size(), String.join(", ", named.stream().map(Digest::value).toList()));
    return finding("model", new Measure.Unknown("no single model"), Status.INCONCLUSIVE, reason);
  }

  private static Finding finding(String rule, Measure value, Status status, String reason) {
    return new Finding(
        rule,
        new Measurement(
            METRIC,
            Measurement.OVERALL,
            new Comparison.Alone(),
            value,
            new Interval.None(),
            OptionalLong.empty()),
        new Threshold.Present(),
        "presence",
        status,
        Severity.BLOCK,
        reason);
  }
}
