package org.primum.explain.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a board demands of the explanations of a model.
///
/// @param name the policy's name, for people
/// @param revision counts up with each change
/// @param confidence of the intervals that decide, all of one rule together, in (0.5, 1)
/// @param rules at least one, in the order they are reported
public record ExplanationPolicy(
    String name, int revision, double confidence, List<ExplanationRule> rules) {

  /// Where a policy does not say.
  public static final double USUAL_CONFIDENCE = 0.95;

  public ExplanationPolicy {
    rules = List.copyOf(rules);
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("a policy without rules passes everything");
    }
    if (!(confidence > 0.5 && confidence < 1)) {
      throw new IllegalArgumentException("confidence lies between 0.5 and 1, got " + confidence);
    }
    Set<String> ids = new HashSet<>();
    for (ExplanationRule rule : rules) {
      if (!ids.add(rule.id())) {
        throw new IllegalArgumentException("two rules are called '" + rule.id() + "'");
      }
    }
  }

  /// The level of the intervals of one rule together.
  double alpha() {
    return 1 - confidence;
  }
}
