package org.primum.fairness.policy;

import java.util.List;
import org.primum.fairness.policy.AuditData.Target;
import org.primum.fairness.policy.AuditData.Target.Classes;
import org.primum.gate.ConfigInvalidException;

/// Whether a rule asks for a metric that what is predicted can have.
final class TargetFit {

  private TargetFit() {}

  /// @throws ConfigInvalidException where it cannot
  static void require(Target target, Rule rule) {
    Metric metric = rule.metric().metric();
    if (metric.family() == Metric.Family.PROXY) {
      return; // what tells the group is of any outcome
    }
    boolean ofClass =
        rule.metric().argument() instanceof MetricRef.Argument.OfClass
            || rule.metric().argument() instanceof MetricRef.Argument.OfCell;
    boolean ofLabels = metric == Metric.KL || metric == Metric.JS;
    if (metric.family() == Metric.Family.DATA && !ofClass && !ofLabels) {
      return;
    }
    switch (target) {
      case Target.Event _ -> {
        if (metric.family() == Metric.Family.REGRESSION) {
          throw refused(rule, "is of a predicted number; the label is an event");
        }
        if (ofClass) {
          throw refused(rule, "asks for a class; the label names none under classes");
        }
      }
      case Target.Quantity _ -> {
        if (metric.family() != Metric.Family.REGRESSION || ofClass) {
          throw refused(rule, "is of an event; the label is a number");
        }
      }
      case Classes classes -> requireClass(classes, rule, ofClass);
    }
  }

  /// Right or wrong needs no class, and what goes by one class needs a name.
  private static void requireClass(Classes classes, Rule rule, boolean ofClass) {
    Metric metric = rule.metric().metric();
    if (!OF_CLASSES.contains(metric)) {
      throw refused(rule, "is not of several classes; give one of the rates");
    }
    boolean whole = metric == Metric.ACCURACY || metric == Metric.ERROR_RATE;
    if (!ofClass && !whole) {
      throw refused(
          rule, "needs a class, as in " + metric.id() + "[" + classes.names().getLast() + "]");
    }
    boolean named =
        switch (rule.metric().argument()) {
          case MetricRef.Argument.OfClass(String name) ->
              name.equals(Classes.MACRO) || classes.names().contains(name);
          case MetricRef.Argument.OfCell(String label, String prediction) ->
              classes.names().containsAll(List.of(label, prediction));
          case MetricRef.Argument.None _,
              MetricRef.Argument.At _,
              MetricRef.Argument.Alpha _,
              MetricRef.Argument.OfRate _,
              MetricRef.Argument.OfColumn _ ->
              true;
        };
    if (!named) {
      throw refused(rule, "names no class; there are " + String.join(", ", classes.names()));
    }
  }

  private static final List<Metric> OF_CLASSES =
      List.of(
          Metric.SELECTION_RATE,
          Metric.TPR,
          Metric.FPR,
          Metric.TNR,
          Metric.FNR,
          Metric.PPV,
          Metric.NPV,
          Metric.FDR,
          Metric.FOR,
          Metric.ACCURACY,
          Metric.ERROR_RATE,
          Metric.BASE_RATE,
          Metric.CONFUSION_TENSOR);

  private static ConfigInvalidException refused(Rule rule, String why) {
    return new ConfigInvalidException(
        "rules." + rule.id() + ".metric: " + rule.metric().id() + " " + why);
  }
}
