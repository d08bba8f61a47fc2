package org.primum.promotion;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/// The little world of the tests of this package: one model, one dataset, one fairness policy, and
/// honest evidence of four steps made an hour before noon of 20 November 2026.
///
/// The training reached an AUROC of 0.75; the audit compares the sensitivity of two groups, whose
/// difference is -0.02 with an interval from -0.04 to 0.00, against a limit of -0.05.
final class ReleaseWorld {

  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final Instant AN_HOUR_AGO = NOW.minus(Duration.ofHours(1));
  static final Digest MODEL = Digest.of("model");
  static final Digest OTHER_MODEL = Digest.of("other model");
  static final Digest DATASET = Digest.of("dataset");
  static final Digest OTHER_DATASET = Digest.of("other dataset");
  static final Digest FAIRNESS_POLICY = Digest.of("fairness policy");

  private ReleaseWorld() {}

  static ReleasePolicy policy() {
    return new ReleasePolicy(
        "readmission-release",
        1,
        List.of(
            Requirement.of("train").with(aurocAtLeast(0.70)),
            Requirement.of("fairness-audit")
                .with(new Requirement.Pin.Exactly(FAIRNESS_POLICY))
                .with(Freshness.parse("P30D")),
            Requirement.of("shap-batch").with(Freshness.parse("P30D")),
            Requirement.of("dp-noise")));
  }

  static MetricRule aurocAtLeast(double limit) {
    return new MetricRule(
        "auroc", Measurement.OVERALL, new Threshold.AtLeast(limit), Severity.BLOCK);
  }

  /// Train, audit, explanation, noisy release: all that [#policy()] asks for.
  static List<Evidence> evidence() {
    return new ArrayList<>(List.of(train(), audit(), shap(), noise()));
  }

  static Evidence.Presented train() {
    return presented(
        "train",
        Map.of(Subject.MODEL, MODEL, Subject.DATASET, DATASET),
        List.of(),
        List.of(metric("auroc", new Measure.Known(0.75))));
  }

  static Evidence.Presented audit() {
    return auditOf(finding("show-safe", known(-0.02), bounds(-0.04, 0.0), Status.PASS));
  }

  static Evidence.Presented auditOf(Finding... findings) {
    return presented(
        "fairness-audit",
        Map.of(Subject.MODEL, MODEL, Subject.DATASET, DATASET, Subject.POLICY, FAIRNESS_POLICY),
        List.of(findings),
        List.of());
  }

  static Evidence.Presented shap() {
    return presented("shap-batch", Map.of(Subject.MODEL, MODEL), List.of(), List.of());
  }

  static Evidence.Presented noise() {
    return presented("dp-noise", Map.of(Subject.DATASET, DATASET), List.of(), List.of());
  }

  static Evidence.Presented presented(
      String step, Map<String, Digest> subject, List<Finding> findings, List<Measurement> metrics) {
    var verdict =
        new Verdict(
            step,
            "0.1.0",
            new Subject(subject),
            findings,
            "A sentence.",
            AN_HOUR_AGO,
            new Verdict.Expiry.Never());
    return of(verdict, step, metrics);
  }

  static Evidence.Presented of(Verdict verdict, String source, List<Measurement> metrics) {
    return new Evidence.Presented(
        source, Digest.of(source), verdict, verdict.status(), metrics, List.of());
  }

  static Evidence.Presented withSubject(Evidence.Presented e, Map<String, Digest> subject) {
    Verdict v = e.verdict();
    return of(
        new Verdict(
            v.step(),
            v.stepVersion(),
            new Subject(subject),
            v.findings(),
            v.summary(),
            v.createdAt(),
            v.expiry()),
        e.source(),
        e.metrics());
  }

  static Evidence.Presented at(Evidence.Presented e, Instant created, Verdict.Expiry expiry) {
    Verdict v = e.verdict();
    return of(
        new Verdict(
            v.step(), v.stepVersion(), v.subject(), v.findings(), v.summary(), created, expiry),
        e.source(),
        e.metrics());
  }

  static Measurement metric(String name, Measure value) {
    return new Measurement(
        name,
        Measurement.OVERALL,
        new Comparison.Alone(),
        value,
        new Interval.None(),
        OptionalLong.of(1000));
  }

  /// A rule on the difference of two sensitivities with the limit -0.05.
  static Finding finding(String decide, Measure value, Interval interval, Status status) {
    return finding(decide, value, interval, status, Severity.BLOCK, "as recorded");
  }

  static Finding finding(
      String decide,
      Measure value,
      Interval interval,
      Status status,
      Severity severity,
      String reason) {
    return new Finding(
        "equal-opportunity",
        new Measurement(
            "tpr",
            "race=Black",
            new Comparison.With("difference", "race=White"),
            value,
            interval,
            OptionalLong.of(412)),
        new Threshold.AtLeast(-0.05),
        decide,
        status,
        severity,
        reason);
  }

  static Measure known(double value) {
    return new Measure.Known(value);
  }

  static Interval bounds(double low, double high) {
    return new Interval.Bounds(low, high);
  }
}
