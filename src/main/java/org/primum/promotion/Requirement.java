package org.primum.promotion;

import java.util.List;
import org.primum.data.Digest;

/// The evidence of one step that a release needs.
///
/// @param step the step's name, e.g. `fairness-audit`
/// @param rules limits on the step's metrics; may be empty, for its own rules count in any case
/// @param pin which policy the step must have followed
/// @param freshness how old its verdict may be
public record Requirement(String step, List<MetricRule> rules, Pin pin, Freshness freshness) {

  /// Which policy file a step must have followed.
  public sealed interface Pin {
    /// Any policy, or none.
    record Any() implements Pin {}

    /// The policy file with these bytes and no other.
    record Exactly(Digest policy) implements Pin {}
  }

  public Requirement {
    if (step.isBlank()) {
      throw new IllegalArgumentException("a requirement names a step");
    }
    rules = List.copyOf(rules);
  }

  /// The step's verdict on this model, whatever its policy and age.
  public static Requirement of(String step) {
    return new Requirement(step, List.of(), new Pin.Any(), new Freshness.Unlimited());
  }

  public Requirement with(MetricRule... more) {
    return new Requirement(step, List.of(more), pin, freshness);
  }

  public Requirement with(Pin other) {
    return new Requirement(step, rules, other, freshness);
  }

  public Requirement with(Freshness other) {
    return new Requirement(step, rules, pin, other);
  }
}
