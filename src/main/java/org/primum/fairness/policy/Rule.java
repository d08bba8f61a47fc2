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
/// @param name what the policy calls the metric: its id, another tool's name, or the composite that
///   this rule is a part of
/// @param within among whom groups are held against each other
public record Rule(
    String id,
    MetricRef metric,
    Compare compare,
    Over over,
    List<Threshold> limits,
    Decide decide,
    Severity severity,
    String rationale,
    String name,
    Within within) {

  /// A rule that calls the metric by its id, among all rows.
  public Rule(
      String id,
      MetricRef metric,
      Compare compare,
      Over over,
      List<Threshold> limits,
      Decide decide,
      Severity severity,
      String rationale) {
    this(
        id,
        metric,
        compare,
        over,
        limits,
        decide,
        severity,
        rationale,
        metric.id(),
        Within.EVERYONE);
  }

  /// Among whom groups are held against each other.
  public enum Within {
    /// All rows.
    EVERYONE,
    /// Each stratum of the policy's condition by itself: like with like.
    CONDITION
  }

  /// What it is held against.
  public enum Compare {
    /// Nothing: the metric of each group is bounded.
    NONE("none"),
    /// Group minus reference.
    DIFFERENCE("difference"),
    /// Group over reference.
    RATIO("ratio"),
    /// Natural logarithm of group over reference: as far below 0 for half as above it for twice.
    LOG_RATIO("log_ratio"),
    /// Largest minus smallest group.
    MAX_MIN("max_min"),
    /// Smallest over largest group.
    MIN_MAX_RATIO("min_max_ratio"),
    /// How far the group is from the reference, up or down.
    ABS_DIFFERENCE("abs_difference"),
    /// How far the group that is farthest from the reference is.
    WORST("worst"),
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

    /// Whether it divides, and so says nothing of 0 and 0.
    public boolean isRatio() {
      return switch (this) {
        case RATIO, LOG_RATIO, MIN_MAX_RATIO -> true;
        case NONE, DIFFERENCE, MAX_MIN, ABS_DIFFERENCE, WORST, VS_OVERALL, VS_REST, BASELINE ->
            false;
      };
    }

    /// Whether each group is held against the reference.
    public boolean againstReference() {
      return switch (this) {
        case DIFFERENCE, RATIO, LOG_RATIO, ABS_DIFFERENCE, WORST -> true;
        case NONE, MAX_MIN, MIN_MAX_RATIO, VS_OVERALL, VS_REST, BASELINE -> false;
      };
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
          (unsigned(compare) && limit instanceof Threshold.AtLeast)
              || (compare == Compare.MIN_MAX_RATIO && limit instanceof Threshold.AtMost);
      if (backward) {
        throw new ConfigInvalidException(
            where
                + ": "
                + compare.id()
                + (unsigned(compare) ? " takes max" : " takes min")
                + "; the other would ask for a gap");
      }
    }
    Composite.check(where, metric.metric(), compare, limits, decide);
    if (metric.metric().scope() == Metric.Scope.COLUMN
        && (within == Within.CONDITION
            || (over instanceof Over.Of(List<String> of) && of.size() > 1))) {
      throw new ConfigInvalidException(
          where + ": " + metric.metric().id() + " is of one attribute, among all rows");
    }
    if (metric.metric() == Metric.CDD && within == Within.CONDITION) {
      throw new ConfigInvalidException(
          where + ": cdd goes over all strata by itself; leave within out");
    }
    if (metric.metric() == Metric.MISSING_RATE
        && (compare != Compare.NONE
            || decide != Decide.POINT
            || (over instanceof Over.Of(List<String> of) && of.size() > 1))) {
      throw new ConfigInvalidException(
          where + ": missing_rate is of one attribute, without compare, and decided by point");
    }
  }

  private static boolean unsigned(Compare compare) {
    return switch (compare) {
      case MAX_MIN, ABS_DIFFERENCE, WORST -> true;
      case NONE, DIFFERENCE, RATIO, LOG_RATIO, MIN_MAX_RATIO, VS_OVERALL, VS_REST, BASELINE ->
          false;
    };
  }

  /// How a reason begins: with the name the policy has for the metric, where that is another.
  public String called() {
    return name.equals(metric.id()) ? "" : name + ": ";
  }

  /// The rules that together are this one: those on the parts of a composite that is small only
  /// where each part is, and the rule itself of everything else.
  public List<Rule> parts() {
    return Composite.of(metric.metric())
        .filter(Composite::largest)
        .map(composite -> composite.partsOf(this))
        .orElse(List.of(this));
  }

  /// The same demand of another metric, or compared or limited otherwise.
  public Rule with(MetricRef other, Compare compared, List<Threshold> limited) {
    return new Rule(id, other, compared, over, limited, decide, severity, rationale, name, within);
  }
}
