package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.List;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.ProportionIntervals;
import org.primum.fairness.statistics.distribution.DifferentialFairness;
import org.primum.fairness.tally.GroupTally;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Measure;

/// Differential fairness of a table, smoothed with one row for each group as AIF360 does.
///
/// Its interval is put together from Katz's of the ratios of all pairs and both outcomes, each paid
/// for (Bonferroni): it reaches 0 where no pair differs, which a bootstrap of a maximum never does.
final class DifferentialFairnessMetric {

  private static final double CONCENTRATION = 1;

  private DifferentialFairnessMetric() {}

  /// Of the predictions.
  static Estimate selected(List<GroupTally> groups) {
    return of(rates(groups, GroupRate.SELECTION_RATE), Metric.EDF);
  }

  /// Of the predictions minus that of the labels: above 0 where the model treats groups more
  /// differently than they are.
  static Estimate amplification(List<GroupTally> groups) {
    Estimate predictions = selected(groups);
    Estimate labels = of(rates(groups, GroupRate.BASE_RATE), Metric.EDF_AMPLIFICATION);
    for (Estimate part : List.of(predictions, labels)) {
      if (part instanceof Estimate.Undefined) {
        return new Estimate.Undefined(Metric.EDF_AMPLIFICATION.undefined(), part.support());
      }
    }
    return new Estimate.Value(
        predictions.value() - labels.value(),
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        alpha -> {
          Bounds one = predictions.at(alpha / 2);
          Bounds other = labels.at(alpha / 2);
          return new Bounds(one.low() - other.high(), one.high() - other.low());
        },
        predictions.support());
  }

  /// The rates to be smoothed: as they are counted, or, where rows come in clusters, as many rows
  /// as they are known by. Else the row that smooths would weigh less for whoever writes every row
  /// twice.
  private static List<Proportion> rates(List<GroupTally> groups, GroupRate rate) {
    List<Proportion> rates = new ArrayList<>();
    for (GroupTally group : groups) {
      if (rate.estimate(group) instanceof Estimate.Rate(Proportion p, Support support)) {
        rates.add(support.deviations().drawn() ? byEffectiveRows(p) : p);
      }
    }
    return rates;
  }

  private static Proportion byEffectiveRows(Proportion p) {
    double rows = p.effectiveRows();
    return new Proportion(p.value() * rows, rows, p.eventRows(), p.rows(), rows);
  }

  private static Estimate of(List<Proportion> groups, Metric metric) {
    Support support =
        Support.of(
            groups.stream()
                .flatMap(p -> Support.of(Support.Kind.PATIENTS, p).parts().stream())
                .toArray(Support.Part[]::new));
    return switch (DifferentialFairness.epsilon(groups, CONCENTRATION)) {
      case Measure.Unknown _ -> new Estimate.Undefined(metric.undefined(), support);
      case Measure.Known(double epsilon) ->
          new Estimate.Value(
              epsilon,
              0,
              Double.POSITIVE_INFINITY,
              alpha -> interval(groups, epsilon, alpha),
              support);
    };
  }

  private static Bounds interval(List<Proportion> groups, double epsilon, double alpha) {
    double pairs = groups.size() * (groups.size() - 1.0);
    double z = ProportionIntervals.quantile(alpha / pairs);
    double low = 0;
    double high = 0;
    for (int i = 0; i < groups.size(); i++) {
      for (int j = 0; j < groups.size(); j++) {
        if (i != j) {
          Bounds in = ProportionIntervals.katz(smoothed(groups.get(i)), smoothed(groups.get(j)), z);
          Bounds out = ProportionIntervals.katz(others(groups.get(i)), others(groups.get(j)), z);
          low = Math.max(low, Math.log(Math.max(in.low(), out.low())));
          high = Math.max(high, Math.log(Math.max(in.high(), out.high())));
        }
      }
    }
    return new Bounds(Math.min(low, epsilon), Math.max(high, epsilon));
  }

  private static Proportion smoothed(Proportion p) {
    return new Proportion(
        p.events() + CONCENTRATION / 2,
        p.total() + CONCENTRATION,
        p.eventRows(),
        p.rows(),
        p.effectiveRows() + CONCENTRATION);
  }

  private static Proportion others(Proportion p) {
    return new Proportion(
        p.total() - p.events() + CONCENTRATION / 2,
        p.total() + CONCENTRATION,
        p.rows() - p.eventRows(),
        p.rows(),
        p.effectiveRows() + CONCENTRATION);
  }
}
