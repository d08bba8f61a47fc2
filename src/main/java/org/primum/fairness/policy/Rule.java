package org.primum.fairness.policy;

import java.util.List;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Severity;
import org.primum.gate.Threshold;

/// One demand of a policy.
///
/// @param id unique in the policy
/// @param over which groups it speaks of
/// @param limits one or two; each is judged by itself
/// @param rationale why, for the report; may be empty
public record Rule(
    String id,
    MetricRef metric,
    Compare compare,
    Over over,
    List<Threshold> limits,
    Decide decide,
    Severity severity,
    String rationale) {

  /// What it is held against.
  public enum Compare {
    /// Nothing: the metric of each group is bounded.
    NONE("none"),
    /// Group minus reference.
    DIFFERENCE("difference"),
    /// Group over reference.
    RATIO("ratio"),
    /// Largest minus smallest group.
    MAX_MIN("max_min"),
    /// Smallest over largest group.
    MIN_MAX_RATIO("min_max_ratio"),
    /// Group minus everyone.
    VS_OVERALL("vs_overall"),
    /// Group minus everyone else.
    VS_REST("vs_rest"),
    /// Group minus the same group under the model in use.
    BASELINE("baseline");

    private final String id;

    Compare(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }
  }

  /// How a value and its interval are held against a limit.
  public enum Decide {
    /// By the value alone.
    POINT("point"),
    /// Fails where harm is proven: the interval lies wholly outside the limit.
    EXCLUDE_HARM("exclude-harm"),
    /// Passes where safety is shown: the interval lies wholly inside the limit.
    SHOW_SAFE("show-safe"),
    /// Fails where the value is outside the limit and the interval excludes parity.
    BOTH("both");

    private final String id;

    Decide(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }
  }

  /// Which groups a rule speaks of.
  public sealed interface Over {

    /// Of one attribute, or of the intersection of several.
    record Of(List<String> attributes) implements Over {
      public Of {
        attributes = List.copyOf(attributes);
      }
    }

    /// Of every attribute and every intersection of the policy.
    record All() implements Over {}
  }

  public Rule {
    limits = List.copyOf(limits);
    String where = "rules." + id;
    if (id.isBlank()) {
      throw new ConfigInvalidException("rules: every rule needs an id");
    }
    if (limits.isEmpty()) {
      throw new ConfigInvalidException(where + ": give min, max or both");
    }
    for (Threshold limit : limits) {
      boolean backward =
          (compare == Compare.MAX_MIN && limit instanceof Threshold.AtLeast)
              || (compare == Compare.MIN_MAX_RATIO && limit instanceof Threshold.AtMost);
      if (backward) {
        throw new ConfigInvalidException(
            where + ": max_min takes max, and min_max_ratio min; the other would ask for a gap");
      }
    }
    if (metric.metric() == Metric.MISSING_RATE
        && (compare != Compare.NONE
            || decide != Decide.POINT
            || (over instanceof Over.Of(List<String> of) && of.size() > 1))) {
      throw new ConfigInvalidException(
          where + ": missing_rate is of one attribute, without compare, and decided by point");
    }
  }
}
