package org.primum.fairness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.statistics.bootstrap.FalseAlarm;

/// Tells how often a rule that is decided by the value alone would fail a perfectly fair model: one
/// under which all groups have the same rate, in samples of these sizes.
///
/// @param rule decided by point
/// @param seed of the samples
record PointRule(Rule rule, long seed) {

  /// The groups of one table that the rule judged.
  ///
  /// @param reference the group the others are compared with; it need not be among them
  record Judged(String table, SequencedMap<Group, Estimate> groups, Group reference) {}

  /// A sentence; empty where the rule compares no rates, or nobody.
  ///
  /// Tables of the same patients do not fail independently, so of several the one that fails most
  /// often is told: all of them together fail at least as often.
  Optional<String> note(List<Judged> tables) {
    List<FalseAlarm> all = new ArrayList<>();
    tables.forEach(table -> falseAlarm(table).ifPresent(all::add));
    if (all.isEmpty()) {
      return Optional.empty();
    }
    FalseAlarm worst = all.getFirst();
    for (FalseAlarm each : all) {
      worst = each.share() > worst.share() ? each : worst;
    }
    return Optional.of(
        "A perfectly fair model would fail rule "
            + rule.id()
            + (all.size() > 1 ? " in at least " : " in ")
            + percent(worst.share())
            + " % of samples of these sizes (simulated, ±"
            + percent(worst.error())
            + " points).");
  }

  private static String percent(double share) {
    double percent = 100 * share;
    return String.format(Locale.ROOT, percent < 9.95 ? "%.1f" : "%.0f", percent);
  }

  private Optional<FalseAlarm> falseAlarm(Judged judged) {
    int reference = List.copyOf(judged.groups().keySet()).indexOf(judged.reference());
    boolean compares =
        switch (rule.compare()) {
          case NONE, BASELINE -> false;
          case DIFFERENCE, RATIO, LOG_RATIO, ABS_DIFFERENCE, WORST -> reference >= 0;
          case MAX_MIN, MIN_MAX_RATIO, VS_OVERALL, VS_REST -> true;
        };
    Collection<Estimate> estimates = judged.groups().values();
    if (!compares
        || estimates.size() < 2
        || !estimates.stream().allMatch(Estimate.Rate.class::isInstance)) {
      return Optional.empty();
    }
    double[] rows = estimates.stream().mapToDouble(PointRule::rows).toArray();
    double events = estimates.stream().mapToDouble(e -> e.value() * rows(e)).sum();
    double all = java.util.Arrays.stream(rows).sum();
    String key = rule.id() + " " + judged.table();
    return Optional.of(
        FalseAlarm.of(rows, events / all, seed, key, rates -> fails(rates, rows, reference)));
  }

  private static double rows(Estimate estimate) {
    return estimate instanceof Estimate.Rate(var p, var _)
        ? Math.max(1, Math.rint(p.effectiveRows()))
        : 0;
  }

  private boolean fails(double[] rates, double[] rows, int reference) {
    return switch (rule.compare()) {
      case NONE, BASELINE -> false;
      case DIFFERENCE -> anyOutside(rates, reference, i -> rates[i] - rates[reference]);
      case RATIO -> anyOutside(rates, reference, i -> rates[i] / rates[reference]);
      case LOG_RATIO -> anyOutside(rates, reference, i -> Math.log(rates[i] / rates[reference]));
      case ABS_DIFFERENCE, WORST ->
          anyOutside(rates, reference, i -> Math.abs(rates[i] - rates[reference]));
      case MAX_MIN -> outside(max(rates) - min(rates));
      case MIN_MAX_RATIO -> outside(min(rates) / max(rates));
      case VS_OVERALL -> anyOutside(rates, -1, i -> rates[i] - mean(rates, rows, -1));
      case VS_REST -> anyOutside(rates, -1, i -> rates[i] - mean(rates, rows, i));
    };
  }

  private boolean anyOutside(
      double[] rates, int but, java.util.function.IntToDoubleFunction number) {
    for (int i = 0; i < rates.length; i++) {
      if (i != but && outside(number.applyAsDouble(i))) {
        return true;
      }
    }
    return false;
  }

  /// What is 0/0 cannot be judged, and does not fail.
  private boolean outside(double number) {
    return !Double.isNaN(number) && rule.limits().stream().anyMatch(l -> !l.accepts(number));
  }

  private static double mean(double[] rates, double[] rows, int but) {
    double events = 0;
    double all = 0;
    for (int i = 0; i < rates.length; i++) {
      events += i == but ? 0 : rates[i] * rows[i];
      all += i == but ? 0 : rows[i];
    }
    return events / all;
  }

  private static double max(double[] rates) {
    return java.util.Arrays.stream(rates).max().orElseThrow();
  }

  private static double min(double[] rates) {
    return java.util.Arrays.stream(rates).min().orElseThrow();
  }
}
