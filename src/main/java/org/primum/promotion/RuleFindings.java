package org.primum.promotion;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// What the rules say of evidence that counts: those the step decided itself, decided again, and
/// those of the release policy on the step's metrics.
final class RuleFindings {

  private RuleFindings() {}

  /// The step's own rules, each named `step:rule`, and the status at the top of its verdict where
  /// that is worse than all of them.
  static List<Finding> ofItsOwn(Evidence.Presented evidence, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    List<Finding> again = new ArrayList<>();
    Status worst = Status.PASS;
    for (Finding recorded : evidence.verdict().findings()) {
      Finding recomputed = Recomputation.of(recorded, today);
      worst = worst.worse(recomputed.status());
      again.add(named(prefixed(evidence, recomputed.rule()), recomputed));
    }
    if (evidence.recorded().worse(worst) != worst) {
      again.add(worseAtTheTop(evidence));
    }
    return again;
  }

  /// The limits the release policy sets on the step's metrics.
  static List<Finding> ofPolicy(Requirement requirement, Evidence.Presented evidence) {
    List<Finding> findings = new ArrayList<>();
    for (MetricRule rule : requirement.rules()) {
      List<Measurement> rows = evidence.metrics().stream().filter(m -> speaksOf(rule, m)).toList();
      if (rows.isEmpty()) {
        findings.add(decided(evidence, rule, absent(rule)));
      }
      rows.forEach(row -> findings.add(decided(evidence, rule, row)));
    }
    return findings;
  }

  private static boolean speaksOf(MetricRule rule, Measurement row) {
    return row.metric().equals(rule.metric())
        && row.group().equals(rule.group())
        && row.comparison() instanceof Comparison.Alone;
  }

  private static Measurement absent(MetricRule rule) {
    return new Measurement(
        rule.metric(),
        rule.group(),
        new Comparison.Alone(),
        new Measure.Unknown("the step's metrics do not hold it"),
        new Interval.None(),
        OptionalLong.empty());
  }

  private static Finding decided(Evidence.Presented evidence, MetricRule rule, Measurement row) {
    Status bare = status(rule.threshold(), row.value());
    boolean onlyWarns =
        rule.severity() == Severity.WARN && bare.compareTo(Status.INCONCLUSIVE) >= 0;
    return new Finding(
        prefixed(evidence, rule.metric()),
        row,
        rule.threshold(),
        "point",
        onlyWarns ? Status.WARN : bare,
        rule.severity(),
        reason(rule.threshold(), row.value()));
  }

  private static Status status(Threshold limit, Measure value) {
    return switch (value) {
      case Measure.Unknown unknown -> Status.INCONCLUSIVE;
      case Measure.Known(double known) -> limit.accepts(known) ? Status.PASS : Status.FAIL;
    };
  }

  private static String reason(Threshold limit, Measure value) {
    return switch (value) {
      case Measure.Unknown(String why) -> "it has no value: " + why;
      case Measure.Known(double known) ->
          "%s is %s %s".formatted(known, limit.accepts(known) ? "within" : "outside", words(limit));
    };
  }

  private static String words(Threshold limit) {
    return switch (limit) {
      case Threshold.AtLeast(double least) -> "the limit of at least " + least;
      case Threshold.AtMost(double most) -> "the limit of at most " + most;
      case Threshold.Present() -> "what is asked for";
    };
  }

  private static Finding worseAtTheTop(Evidence.Presented evidence) {
    return new Finding(
        prefixed(evidence, "status"),
        absentStatus(),
        new Threshold.Present(),
        "presence",
        evidence.recorded(),
        Severity.BLOCK,
        "the verdict says %s although none of its rules does".formatted(evidence.recorded()));
  }

  private static Measurement absentStatus() {
    return new Measurement(
        "status",
        Measurement.OVERALL,
        new Comparison.Alone(),
        new Measure.Unknown("a status is no number"),
        new Interval.None(),
        OptionalLong.empty());
  }

  private static String prefixed(Evidence.Presented evidence, String rule) {
    return evidence.verdict().step() + ":" + rule;
  }

  private static Finding named(String name, Finding finding) {
    return new Finding(
        name,
        finding.measurement(),
        finding.threshold(),
        finding.decide(),
        finding.status(),
        finding.severity(),
        finding.reason());
  }
}
