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

    /// How much weight large benefits have.
    ///
    /// @param alpha finite
    record Alpha(double alpha) implements Argument {
      public Alpha {
        if (!Double.isFinite(alpha)) {
          throw new ConfigInvalidException("metric: gei takes a finite number behind the @");
        }
      }
    }

    /// A column beside the sensitive ones.
    record OfColumn(String name) implements Argument {}

    /// One class against the rest.
    record OfClass(String name) implements Argument {}

    /// One class taken for another, or for itself.
    record OfCell(String label, String prediction) implements Argument {}

    /// The rate that is compared.
    ///
    /// @param rate of the family of rates
    record OfRate(Metric rate) implements Argument {
      public OfRate {
        boolean proportion =
            rate.family() == Metric.Family.RATE
                && rate.method() == Metric.Method.WILSON
                && rate != Metric.PREDICTED_POSITIVE_SHARE
                && rate != Metric.CONFUSION_TENSOR;
        if (!proportion) {
          throw new ConfigInvalidException("metric: '" + rate.id() + "' is no rate");
        }
      }
    }
  }

  public MetricRef {
    boolean ofRate = metric == Metric.HOMOGENEITY || metric == Metric.MAX_T;
    if (ofRate != argument instanceof Argument.OfRate) {
      throw new ConfigInvalidException(
          ofRate
              ? "metric: " + metric.id() + " needs a rate, as in " + metric.id() + "[tpr]"
              : "metric: " + metric.id() + " takes no rate in brackets");
    }
    boolean ofCell = metric == Metric.CONFUSION_TENSOR;
    if (ofCell != argument instanceof Argument.OfCell) {
      throw new ConfigInvalidException(
          ofCell
              ? "metric: confusion_tensor needs two classes, as in confusion_tensor[red as green]"
              : "metric: " + metric.id() + " takes no two classes in brackets");
    }
    if (argument instanceof Argument.Alpha && metric != Metric.GEI) {
      throw new ConfigInvalidException("metric: " + metric.id() + " takes no number behind an @");
    }
    if (argument instanceof Argument.OfColumn && !metric.isOfColumn()) {
      throw new ConfigInvalidException("metric: " + metric.id() + " takes no column in brackets");
    }
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

  /// A test of a rate over all groups.
  public static MetricRef of(Metric test, Metric rate) {
    return new MetricRef(test, new Argument.OfRate(rate));
  }

  /// The number behind the `@`; only where the metric takes one.
  public double at() {
    return switch (argument) {
      case Argument.At(double value) -> value;
      case Argument.None _,
          Argument.OfClass _,
          Argument.OfCell _,
          Argument.OfRate _,
          Argument.Alpha _,
          Argument.OfColumn _ ->
          throw new IllegalStateException(metric.id() + " has no argument");
    };
  }

  /// Reads a name as policies and result files have it; empty where no metric is called so.
  ///
  /// @throws ConfigInvalidException where the metric is known and its argument is not right
  public static Optional<MetricRef> parse(String text) {
    int at = text.indexOf('@');
    int bracket = text.indexOf('[');
    Optional<Metric> whole = Metric.find(text);
    if (bracket > 0 && text.startsWith(Metric.CONFUSION_TENSOR.id() + "[") && text.endsWith("]")) {
      return Optional.of(ofCell(text.substring(bracket + 1, text.length() - 1)));
    }
    if (whole.isPresent()) {
      return whole.map(MetricRef::of);
    }
    if (at >= 0) {
      return Metric.find(text.substring(0, at)).map(m -> withNumber(m, number(text, at)));
    }
    if (bracket > 0 && text.endsWith("]")) {
      String name = text.substring(bracket + 1, text.length() - 1);
      return Metric.find(text.substring(0, bracket)).map(m -> withName(m, name));
    }
    return Optional.empty();
  }

  private static final String AS = " as ";

  private static MetricRef ofCell(String classes) {
    int as = classes.indexOf(AS);
    if (as < 0) {
      throw new ConfigInvalidException(
          "metric: '" + classes + "' are no two classes; confusion_tensor[red as green] has two");
    }
    return new MetricRef(
        Metric.CONFUSION_TENSOR,
        new Argument.OfCell(classes.substring(0, as), classes.substring(as + AS.length())));
  }

  private static MetricRef withNumber(Metric metric, double number) {
    return metric == Metric.GEI
        ? new MetricRef(metric, new Argument.Alpha(number))
        : MetricRef.at(metric, number);
  }

  private static MetricRef withName(Metric metric, String name) {
    boolean ofRate = metric == Metric.HOMOGENEITY || metric == Metric.MAX_T;
    if (metric.scope() == Metric.Scope.COLUMN) {
      return new MetricRef(metric, new Argument.OfColumn(name));
    }
    return ofRate
        ? of(metric, Metric.find(name).orElseThrow(() -> noRate(name)))
        : new MetricRef(metric, new Argument.OfClass(name));
  }

  private static ConfigInvalidException noRate(String name) {
    return new ConfigInvalidException("metric: '" + name + "' is no rate; tpr is one");
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
      case Argument.Alpha(double alpha) -> metric.id() + "@" + NumberColumn.format(alpha);
      case Argument.OfColumn(String name) -> metric.id() + "[" + name + "]";
      case Argument.OfRate(Metric rate) -> metric.id() + "[" + rate.id() + "]";
      case Argument.OfClass(String name) -> metric.id() + "[" + name + "]";
      case Argument.OfCell(String label, String prediction) ->
          metric.id() + "[" + label + AS + prediction + "]";
    };
  }
}
