package org.primum.explain.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// Holds explanations against a policy.
public final class Judgement {

  private Judgement() {}

  /// What each rule says, in the policy's order. Of a rule that names no features those findings
  /// are kept that do not pass, or, where all pass, the one nearest to its limit.
  public static List<Finding> of(ExplanationPolicy policy, Explained explained) {
    List<Finding> findings = new ArrayList<>();
    for (ExplanationRule rule : policy.rules()) {
      List<Finding> all =
          questions(rule, explained, policy.alpha()).stream()
              .flatMap(question -> question.findings(rule).stream())
              .toList();
      boolean named = !rule.metric().isOfFeatures() || !rule.features().isEmpty();
      findings.addAll(named ? all : worst(all));
    }
    return findings;
  }

  private static List<Question> questions(ExplanationRule rule, Explained explained, double alpha) {
    return switch (rule.metric().of()) {
      case RUN, DRIFT -> new RunQuestions(rule, explained, alpha).all();
      case FEATURE, FEATURE_DRIFT -> new FeatureQuestions(rule, explained, alpha).all();
      case GROUP -> new GroupQuestions(rule, explained, alpha).all();
    };
  }

  private static List<Finding> worst(List<Finding> all) {
    List<Finding> open = all.stream().filter(f -> f.status() != Status.PASS).toList();
    return open.isEmpty()
        ? all.stream().min(Comparator.comparingDouble(Judgement::margin)).stream().toList()
        : open;
  }

  /// How far the interval, or the value, is from the limit.
  private static double margin(Finding finding) {
    double value =
        finding.measurement().value() instanceof Measure.Known(double known) ? known : Double.NaN;
    Interval interval = finding.measurement().interval();
    double low = interval instanceof Interval.Bounds(double l, double _) ? l : value;
    double high = interval instanceof Interval.Bounds(double _, double h) ? h : value;
    return switch (finding.threshold()) {
      case Threshold.AtLeast(double limit) -> low - limit;
      case Threshold.AtMost(double limit) -> limit - high;
      case Threshold.Present() -> Double.POSITIVE_INFINITY;
    };
  }
}
