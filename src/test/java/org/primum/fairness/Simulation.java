package org.primum.fairness;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Status;

/// How often a policy says what of cohorts drawn from one population.
///
/// @param cohorts how many were judged
/// @param counts how many of them had each status
record Simulation(int cohorts, Map<Status, Integer> counts) {

  static Simulation of(FairnessPolicy policy, Cohorts population, int cohorts, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Status, Integer> counts = new EnumMap<>(Status.class);
    for (int i = 0; i < cohorts; i++) {
      Tally tally = population.draw(policy, random);
      counts.merge(status(tally, policy), 1, Integer::sum);
    }
    return new Simulation(cohorts, counts);
  }

  /// What it says of one group only.
  static Simulation of(
      FairnessPolicy policy, Cohorts population, String group, int cohorts, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Status, Integer> counts = new EnumMap<>(Status.class);
    for (int i = 0; i < cohorts; i++) {
      FairnessAudit.judgements(population.draw(policy, random), policy, Audits.TODAY).stream()
          .filter(j -> j.finding().measurement().group().equals(group))
          .forEach(j -> counts.merge(j.finding().status(), 1, Integer::sum));
    }
    return new Simulation(cohorts, counts);
  }

  static Status status(Tally tally, FairnessPolicy policy) {
    return FairnessAudit.judgements(tally, policy, Audits.TODAY).stream()
        .map(j -> j.finding().status())
        .reduce(Status.PASS, Status::worse);
  }

  double share(Status status) {
    return (double) counts.getOrDefault(status, 0) / cohorts;
  }

  double failed() {
    return share(Status.FAIL);
  }

  /// The standard deviation of a share of that many cohorts.
  static double error(double share, int cohorts) {
    return Math.sqrt(share * (1 - share) / cohorts);
  }

  /// Rules on the eight groups of [Cohorts#us], the minimum and the small cells as policies have
  /// them where they do not say.
  static FairnessPolicy us(String... rules) {
    return policy(Cohorts.US_CATEGORIES, "", rules);
  }

  /// Rules on the five groups of [Cohorts#five], with whatever else a policy says.
  static FairnessPolicy five(String more, String... rules) {
    return policy(Cohorts.FIVE_CATEGORIES, more, rules);
  }

  /// No minimum, no suppression, and a warning for what is undefined: what other tools do.
  static final String LOOSE =
      """
      minimum: {n: 1, positives: 1, negatives: 1}
      suppress: {below: 0}
      defaults: {onUndefined: warn}
      """;

  private static FairnessPolicy policy(String categories, String more, String... rules) {
    StringBuilder text = new StringBuilder();
    text.append("attributes: [{name: g, column: g, categories: ").append(categories).append("}]\n");
    text.append(more).append("rules:\n");
    for (int i = 0; i < rules.length; i++) {
      text.append("  - {id: r").append(i).append(", over: g, ").append(rules[i]).append("}\n");
    }
    return Audits.policy(text.toString());
  }
}
