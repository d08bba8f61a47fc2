package org.primum.explain.policy;

import java.util.List;
import org.primum.gate.Severity;
import org.primum.gate.Threshold;

/// One demand on explanations.
///
/// @param features that are judged, each for itself; none for all, of which those are reported that
///   do not meet the rule
/// @param over attributes whose groups are judged; none for all
/// @param limits the smallest and the largest value that is accepted; at least one
/// @param absent what a feature that the model does not read counts as
/// @param message what a reader is told beside the numbers; may be empty
public record ExplanationRule(
    String id,
    ExplanationMetric metric,
    List<String> features,
    List<String> over,
    List<Threshold> limits,
    Decide decide,
    Severity severity,
    Absent absent,
    String message) {

  /// How a value with an interval is held against a limit.
  public enum Decide {
    /// It fails where the value is outside.
    POINT("point"),
    /// It fails where the whole interval is outside.
    EXCLUDE_HARM("exclude-harm"),
    /// It passes where the whole interval is inside, fails where it is outside, and is not known
    /// otherwise.
    SHOW_SAFE("show-safe");

    private final String word;

    Decide(String word) {
      this.word = word;
    }

    /// As verdict.json and the policy call it.
    public String word() {
      return word;
    }
  }

  /// A feature that a rule names and the model does not read.
  public enum Absent {
    /// Nobody knows whether the name is right.
    INCONCLUSIVE,
    /// It cannot matter.
    PASS
  }

  public ExplanationRule {
    features = List.copyOf(features);
    over = List.copyOf(over);
    limits = List.copyOf(limits);
    require(!limits.isEmpty(), "needs min, max or both");
    require(metric.isOfFeatures() || features.isEmpty(), "features are none of this metric");
    require(
        metric.of() == ExplanationMetric.Of.GROUP || over.isEmpty(),
        "over is of difference, ratio and ks");
    require(
        metric.hasInterval() || decide == Decide.POINT,
        "chance has no part in this metric; leave out decide");
    require(
        metric != ExplanationMetric.RANK || !features.isEmpty(),
        "a rule on the rank names its features");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /// How a rule on the metric is decided where it does not say: customary limits of drift are
  /// limits of the value.
  public static Decide usual(ExplanationMetric metric) {
    return metric.hasInterval() && !metric.isOfDrift() ? Decide.SHOW_SAFE : Decide.POINT;
  }
}
