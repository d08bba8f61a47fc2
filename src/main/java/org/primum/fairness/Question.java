package org.primum.fairness;

import org.primum.fairness.policy.Rule;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measurement;
import org.primum.gate.Threshold;

/// What a rule asks of one group, or of all groups of a table at once.
sealed interface Question {

  /// Answered without statistics: the group is too small, the metric undefined, the group absent.
  record Settled(Finding finding) implements Question {}

  /// To be decided with an interval.
  ///
  /// @param table name of the groups' table
  /// @param group printed name; the table's for comparisons over all groups
  /// @param n rows of the denominator
  /// @param between the two groups the number lies between, for the reader: group and reference, or
  ///   the lowest and the highest
  record Open(
      Rule rule,
      Threshold limit,
      String table,
      String group,
      Comparison comparison,
      Contrast contrast,
      long n,
      Between between)
      implements Question {

    Open with(Contrast other) {
      return new Open(rule, limit, table, group, comparison, other, n, between);
    }

    Measurement measurement(Interval interval) {
      return new Measurement(
          rule.metric().id(),
          group,
          comparison,
          contrast.shown(),
          interval,
          java.util.OptionalLong.of(n));
    }
  }

  /// Names of two groups; the same twice where a group stands alone.
  record Between(String one, String other) {}
}
