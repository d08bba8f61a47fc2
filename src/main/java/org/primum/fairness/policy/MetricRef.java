package org.primum.fairness.policy;

import java.util.Optional;
import org.primum.data.NumberColumn;
import org.primum.gate.ConfigInvalidException;

/// A metric as a policy names it: `tpr`, `net_benefit@0.32`, or `tpr[severe]` of one class.
///
/// @param argument what the name needs besides, if anything
public record MetricRef(Metric metric, Argument argument) {

  /// What stands behind the name.
  public sealed interface Argument {

    record None() implements Argument {}

    /// A threshold, a rate or a quantile.
    ///
    /// @param value in (0, 1)
    record At(double value) implements Argument {
      public At {
        if (!(value > 0 && value < 1)) {
          throw new ConfigInvalidException(
              "metric: the number behind @ lies between 0 and 1, got "
                  + NumberColumn.format(value));
        }
      }
    }

    /// One class against the rest.
    record OfClass(String name) implements Argument {}
  }

  public MetricRef {
    if (metric.takesArgument() != (argument instanceof Argument.At)) {
      throw new ConfigInvalidException(
          metric.takesArgument()
              ? "metric: "
                  + metric.id()
                  + " needs a number behind it, as in "
                  + metric.id()
                  + "@0.2"
              : "metric: " + metric.id() + " takes no number behind an @");
    }
  }

  public static MetricRef of(Metric metric) {
    return new MetricRef(metric, new Argument.None());
  }

  public static MetricRef at(Metric metric, double argument) {
    return new MetricRef(metric, new Argument.At(argument));
  }

  /// The number behind the `@`; only where the metric takes one.
  public double at() {
    return switch (argument) {
      case Argument.At(double value) -> value;
      case Argument.None _, Argument.OfClass _ ->
          throw new IllegalStateException(metric.id() + " has no argument");
    };
  }

  /// Reads a name as policies and result files have it; empty where no metric is called so.
  ///
  /// @throws ConfigInvalidException where the metric is known and its argument is not right
  public static Optional<MetricRef> parse(String text) {
    int at = text.indexOf('@');
    int bracket = text.indexOf('[');
    if (at >= 0) {
      return Metric.find(text.substring(0, at)).map(m -> MetricRef.at(m, number(text, at)));
    }
    if (bracket > 0 && text.endsWith("]")) {
      String name = text.substring(bracket + 1, text.length() - 1);
      return Metric.find(text.substring(0, bracket))
          .map(m -> new MetricRef(m, new Argument.OfClass(name)));
    }
    return Metric.find(text).map(MetricRef::of);
  }

  private static double number(String text, int at) {
    try {
      return Double.parseDouble(text.substring(at + 1));
    } catch (NumberFormatException e) {
      throw new ConfigInvalidException("metric: '" + text + "' has no number behind the @", e);
    }
  }

  /// The name in policies and result files.
  public String id() {
    return switch (argument) {
      case Argument.None() -> metric.id();
      case Argument.At(double value) -> metric.id() + "@" + NumberColumn.format(value);
      case Argument.OfClass(String name) -> metric.id() + "[" + name + "]";
    };
  }
}
