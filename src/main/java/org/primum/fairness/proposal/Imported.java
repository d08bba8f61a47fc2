package org.primum.fairness.proposal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.primum.fairness.policy.MetricRef;
import org.primum.fairness.policy.Rule;

/// The thresholds of another tool in our words, and what has no words here.
///
/// @param tool what it is called
/// @param columns of the table
/// @param references the reference group by attribute; empty where it is the largest
/// @param demands in the order of the file
/// @param left what could not be imported, each in a line with the reason
public record Imported(
    String tool,
    Columns columns,
    SequencedMap<String, String> references,
    List<Demand> demands,
    List<String> left) {

  /// @param decision the prediction, or the score and a threshold
  /// @param weight empty where every row counts 1
  public record Columns(String label, Decision decision, String weight) {}

  /// Who is flagged.
  public sealed interface Decision {

    /// A column of two values, 1 for those who are.
    record Flagged(String column) implements Decision {}

    /// From a score on.
    record From(String column, double threshold) implements Decision {}
  }

  /// One limit, or two.
  ///
  /// @param source where it stands in the file, for the comment
  /// @param over attributes; several are an intersection
  /// @param limits at least one end
  public record Demand(
      String source, MetricRef metric, Rule.Compare compare, List<String> over, Limits limits) {
    public Demand {
      over = List.copyOf(over);
    }
  }

  /// A smallest and a largest acceptable value, each present or infinite.
  public record Limits(double min, double max) {

    public static Limits atMost(double max) {
      return new Limits(Double.NEGATIVE_INFINITY, max);
    }

    public static Limits atLeast(double min) {
      return new Limits(min, Double.POSITIVE_INFINITY);
    }

    public boolean isNone() {
      return Double.isInfinite(min) && Double.isInfinite(max);
    }

    /// The limits of the number with its sign changed.
    public Limits negated() {
      return new Limits(0 - max, 0 - min);
    }

    OptionalDouble smallest() {
      return Double.isInfinite(min) ? OptionalDouble.empty() : OptionalDouble.of(min);
    }

    OptionalDouble largest() {
      return Double.isInfinite(max) ? OptionalDouble.empty() : OptionalDouble.of(max);
    }
  }

  public Imported {
    references = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(references));
    demands = List.copyOf(demands);
    left = List.copyOf(left);
  }
}
