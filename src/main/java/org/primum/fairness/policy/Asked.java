package org.primum.fairness.policy;

import java.util.List;
import java.util.Optional;
import org.primum.fairness.policy.Rule.Compare;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Threshold;

/// What the `metric` of a rule asks for.
///
/// @param name as the policy has it
/// @param turned whether the name is oriented against ours, so that limits are turned over
public record Asked(String name, MetricRef metric, Compare compare, boolean turned) {

  /// What a name asks for; empty where nothing is called so.
  ///
  /// @param where the rule, for messages
  /// @param compare what the rule says besides; empty where it says nothing
  /// @throws ConfigInvalidException where the name already says how groups are compared
  public static Optional<Asked> of(String where, String name, Optional<Compare> compare) {
    Optional<Alias> alias = Alias.find(name);
    if (alias.isEmpty()) {
      return MetricRef.parse(name)
          .map(ref -> new Asked(name, ref, compare.orElse(usual(name, ref.metric())), false));
    }
    Alias found = alias.get();
    if (compare.isPresent() && compare.get() != found.compare()) {
      throw new ConfigInvalidException(
          where
              + ": "
              + name
              + " is "
              + found.metric().id()
              + " as "
              + found.compare().id()
              + "; leave compare out, or name the metric");
    }
    return Optional.of(
        new Asked(name, MetricRef.of(found.metric()), found.compare(), found.turned()));
  }

  private static Compare usual(String name, Metric metric) {
    return metric.scope() == Metric.Scope.PAIR ? Compare.ABS_DIFFERENCE : Metric.usualCompare(name);
  }

  /// The limits in our orientation.
  ///
  /// @throws ConfigInvalidException where another tool's name is limited only on the side where no
  ///   group is harmed: whoever takes a signed number for an unsigned one would pass every harm
  public List<Threshold> limits(String where, List<Threshold> written) {
    List<Threshold> limits = written.stream().map(this::oriented).toList();
    if (Alias.find(name).isPresent() && compare == Compare.DIFFERENCE && limits.size() == 1) {
      boolean harmless =
          switch (metric.metric().better()) {
            case HIGHER -> limits.getFirst() instanceof Threshold.AtMost;
            case LOWER -> limits.getFirst() instanceof Threshold.AtLeast;
            case ZERO, ONE, NEITHER -> false;
          };
      if (harmless) {
        throw new ConfigInvalidException(where + ": " + oneSided());
      }
    }
    return limits;
  }

  private Threshold oriented(Threshold limit) {
    return switch (limit) {
      case Threshold.AtLeast(double min) when turned -> new Threshold.AtMost(0 - min);
      case Threshold.AtMost(double max) when turned -> new Threshold.AtLeast(0 - max);
      case Threshold.AtLeast _, Threshold.AtMost _, Threshold.Present _ -> limit;
    };
  }

  private String oneSided() {
    boolean lower = (metric.metric().better() == Metric.Better.HIGHER) != turned;
    return name
        + " has a sign: "
        + (turned ? "reference minus group" : "group minus reference")
        + " of "
        + metric.id()
        + ", so a group is harmed "
        + (lower ? "below 0; give min" : "above 0; give max")
        + ", alone or with the other";
  }
}
