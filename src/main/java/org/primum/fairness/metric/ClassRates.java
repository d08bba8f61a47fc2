package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.primum.fairness.policy.AuditData.Target.Classes;
import org.primum.fairness.policy.Metric;
import org.primum.gate.Interval.Bounds;

/// Rates where there are several classes: each class against all others, the mean over the classes
/// (macro), and how often the class is right.
final class ClassRates {

  private final Classes target;

  ClassRates(Classes target) {
    this.target = target;
  }

  /// How often the class is right, or wrong, over all classes.
  Estimate right(Metric metric, Shown group) {
    GroupRate rate = metric == Metric.ACCURACY ? GroupRate.ACCURACY : GroupRate.ERROR_RATE;
    return rate.estimate(group.rightOrWrong());
  }

  /// A rate of one class against the rest, or the mean over the classes.
  ///
  /// @param name of a class, or [Classes#MACRO]
  Estimate rate(GroupRate rate, String name, Shown group) {
    return name.equals(Classes.MACRO)
        ? macro(rate, group)
        : rate.estimate(group.oneAgainstRest(target.names().indexOf(name)));
  }

  /// How often a class is taken for another, or for itself.
  Estimate taken(String label, String prediction, Shown group) {
    List<String> names = target.names();
    Shown cell = group.taken(names.indexOf(label), names.indexOf(prediction));
    return GroupRate.TPR.estimate(cell) instanceof Estimate.Undefined(var _, Support support)
        ? new Estimate.Undefined(Metric.CONFUSION_TENSOR.undefined(), support)
        : GroupRate.TPR.estimate(cell);
  }

  private Estimate macro(GroupRate rate, Shown group) {
    List<Estimate> each = new ArrayList<>();
    for (int i = 0; i < target.names().size(); i++) {
      each.add(rate.estimate(group.oneAgainstRest(i)));
    }
    return macro(rate, each);
  }

  /// The mean of a rate over the classes.
  ///
  /// @param each by class, in their order
  Estimate macro(GroupRate rate, List<Estimate> each) {
    Support support =
        Support.of(
            each.stream().flatMap(e -> e.support().parts().stream()).toArray(Support.Part[]::new));
    Optional<Estimate.Undefined> undefined =
        each.stream()
            .filter(Estimate.Undefined.class::isInstance)
            .map(Estimate.Undefined.class::cast)
            .findFirst();
    if (undefined.isPresent()) {
      int at = each.indexOf(undefined.get());
      String reason = undefined.get().reason() + " of the class " + target.names().get(at);
      return new Estimate.Undefined(reason, support);
    }
    double value = mean(each, Estimate::value);
    return new Estimate.Value(value, 0, 1, alpha -> bounds(rate, each, value, alpha), support);
  }

  private static double mean(List<Estimate> each, ToDoubleFunction<Estimate> number) {
    return each.stream().mapToDouble(number).average().orElseThrow();
  }

  /// The rows below the line of a tpr or ppv are others for every class, so their errors are
  /// independent and the interval is recovered as for a difference. The other rates share rows:
  /// then the mean of the half-widths is wide enough whatever they have to do with each other.
  private static Bounds bounds(GroupRate rate, List<Estimate> each, double value, double alpha) {
    boolean disjoint =
        switch (rate) {
          case TPR, FNR, PPV, FDR -> true;
          default -> false;
        };
    ToDoubleFunction<Estimate> below = e -> e.value() - e.at(alpha).low();
    ToDoubleFunction<Estimate> above = e -> e.at(alpha).high() - e.value();
    double low = disjoint ? length(each, below) / each.size() : mean(each, below);
    double high = disjoint ? length(each, above) / each.size() : mean(each, above);
    return new Bounds(Math.max(0, value - low), Math.min(1, value + high));
  }

  private static double length(List<Estimate> each, ToDoubleFunction<Estimate> part) {
    return Math.sqrt(each.stream().mapToDouble(part).map(x -> x * x).sum());
  }
}
