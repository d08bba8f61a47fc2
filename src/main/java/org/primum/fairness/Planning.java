package org.primum.fairness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.primum.fairness.FairnessPlan.Chance;
import org.primum.fairness.FairnessPlan.Claimed;
import org.primum.fairness.FairnessPlan.Gap;
import org.primum.fairness.FairnessPlan.Line;
import org.primum.fairness.FairnessPlan.Need;
import org.primum.fairness.PlannedTest.Claim;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.policy.Statistics;
import org.primum.gate.Threshold;

/// Makes a [FairnessPlan] of a policy and what is assumed.
record Planning(FairnessPolicy policy, PlanAssumptions assumptions) {

  private static final double POINTS = 0.05;
  private static final double FINE = 0.0005;

  FairnessPlan plan() {
    Map<String, Integer> families = families();
    List<Line> lines = new ArrayList<>();
    List<String> unplanned = new ArrayList<>();
    for (Rule rule : rules()) {
      Optional<String> obstacle = obstacle(rule);
      if (obstacle.isPresent()) {
        unplanned.add(rule.id() + ": " + obstacle.get());
        continue;
      }
      for (List<String> of : policy.audited()) {
        if (speaksOf(rule, of)) {
          rule.limits().forEach(limit -> lines.add(line(rule, of, limit, families)));
        }
      }
    }
    return new FairnessPlan(assumptions, lines, unplanned);
  }

  /// Those of the policy, a composite as the rules on its parts.
  private List<Rule> rules() {
    return policy.rules().stream().flatMap(rule -> rule.parts().stream()).toList();
  }

  private static Optional<String> obstacle(Rule rule) {
    if (rule.within() == Rule.Within.CONDITION) {
      return Optional.of("how patients are spread over the strata, only data tell");
    }
    if (rule.compare() == Rule.Compare.BASELINE) {
      return Optional.of(
          "how much two models err on the same patients is not known before both ran");
    }
    return PlanAssumptions.isPlanned(rule.metric().metric())
        ? Optional.empty()
        : Optional.of(
            "the precision of "
                + rule.metric().id()
                + " depends on more than a rate; only data tell it");
  }

  private static boolean speaksOf(Rule rule, List<String> of) {
    return switch (rule.over()) {
      case Rule.Over.All() ->
          of.size() == 1
              || (rule.metric().metric() != Metric.MISSING_RATE
                  && rule.metric().metric().scope() != Metric.Scope.COLUMN);
      case Rule.Over.Of(List<String> wanted) -> wanted.equals(of);
    };
  }

  /// How many decisions share each allowance, as an audit counts those that are planned.
  private Map<String, Integer> families() {
    Map<String, Integer> families = new HashMap<>();
    for (Rule rule : rules()) {
      for (List<String> of : policy.audited()) {
        if (speaksOf(rule, of) && rule.decide() != Rule.Decide.POINT) {
          families.merge(
              family(of),
              Inquiry.planned(rule, policy.context(), groups(of)) * strata(rule),
              Integer::sum);
        }
      }
    }
    return families;
  }

  private String family(List<String> of) {
    return policy.statistics().family() == Statistics.Family.POLICY
        ? "policy"
        : String.join(",", of);
  }

  /// Each stratum is asked by itself.
  private int strata(Rule rule) {
    boolean shared =
        rule.within() == Rule.Within.CONDITION
            && policy.statistics().family() == Statistics.Family.POLICY;
    return shared ? Math.max(1, policy.plannedStrata()) : 1;
  }

  /// As an audit plans, and where the policy does not say who may come, as is assumed.
  private int groups(List<String> of) {
    long groups = 1;
    for (String name : of) {
      int most = policy.attribute(name).most();
      groups = Math.min(policy.maxGroups(of), groups * (most > 0 ? most : assumptions.groups()));
    }
    return (int) groups;
  }

  private double level(Rule rule, List<String> of, Map<String, Integer> families) {
    boolean shared =
        rule.decide() != Rule.Decide.POINT
            && policy.statistics().multiplicity() == Statistics.Multiplicity.HOLM;
    return policy.statistics().alpha() / (shared ? families.getOrDefault(family(of), 1) : 1);
  }

  private Line line(Rule rule, List<String> of, Threshold limit, Map<String, Integer> families) {
    int groups = groups(of);
    int pairs =
        switch (rule.compare()) {
          case MAX_MIN, MIN_MAX_RATIO -> groups * (groups - 1) / 2;
          case WORST -> Math.max(1, groups - 1);
          case NONE, DIFFERENCE, RATIO, LOG_RATIO, ABS_DIFFERENCE, VS_OVERALL, VS_REST, BASELINE ->
              1;
        };
    double level = level(rule, of, families);
    PlannedTest test =
        new PlannedTest(
            rule.compare(), limit, rule.decide(), level, pairs, assumptions.referenceRows());
    Planned planned = new Planned(rule, limit, test, pairs);
    return new Line(
        rule,
        String.join(",", of),
        limit,
        groups,
        level,
        planned.reference(),
        assumptions.share(rule.metric().metric()),
        planned.need(Claim.SAFETY, planned.alike()),
        planned.need(Claim.HARM, planned.beyond(planned.usualGap())),
        planned.visible());
  }

  /// One limit with its test.
  private final class Planned {
    private final Rule rule;
    private final Threshold limit;
    private final PlannedTest test;
    private final int pairs;

    Planned(Rule rule, Threshold limit, PlannedTest test, int pairs) {
      this.rule = rule;
      this.limit = limit;
      this.test = test;
      this.pairs = pairs;
    }

    double reference() {
      return assumptions.rate(rule.metric().metric());
    }

    private double bound() {
      return switch (limit) {
        case Threshold.AtLeast(double min) -> min;
        case Threshold.AtMost(double max) -> max;
        case Threshold.Present() -> Double.NaN;
      };
    }

    private double parity() {
      return switch (rule.compare()) {
        case NONE -> Double.NaN;
        case RATIO, MIN_MAX_RATIO -> 1;
        case DIFFERENCE, LOG_RATIO, ABS_DIFFERENCE, WORST, MAX_MIN, VS_OVERALL, VS_REST, BASELINE ->
            0;
      };
    }

    /// The value of what the rule bounds, were the groups alike.
    double alike() {
      return rule.compare() == Rule.Compare.NONE ? reference() : parity();
    }

    double usualGap() {
      double distance = Math.abs(bound() - parity());
      if (assumptions.gap() > 0) {
        return assumptions.gap();
      }
      return distance > 0 ? distance : POINTS;
    }

    /// So far on the wrong side of the limit.
    double beyond(double gap) {
      return limit instanceof Threshold.AtLeast ? bound() - gap : bound() + gap;
    }

    /// The rate of the group for a value of what the rule bounds.
    private double rate(double truth) {
      return switch (rule.compare()) {
        case NONE -> truth;
        case RATIO -> reference() * truth;
        case MIN_MAX_RATIO -> reference() * truth;
        case LOG_RATIO -> reference() * Math.exp(truth);
        case DIFFERENCE, VS_REST, BASELINE -> reference() + truth;
        case MAX_MIN, ABS_DIFFERENCE, WORST ->
            reference() + truth <= 1 ? reference() + truth : reference() - truth;
        case VS_OVERALL ->
            reference() + truth * (1 + assumptions.referenceRows()) / assumptions.referenceRows();
      };
    }

    Need need(Claim claim, double truth) {
      double rate = rate(truth);
      long minimum = minimum();
      Chance chance = n -> chance(claim, n, rate);
      boolean possible = rate > FairnessPlan.EDGE && rate < 1 - FairnessPlan.EDGE;
      List<OptionalLong> rows = new ArrayList<>();
      for (double power : FairnessPlan.POWERS) {
        rows.add(possible ? rows(chance, power, minimum) : OptionalLong.empty());
      }
      Claimed claimed = claim == Claim.SAFETY ? Claimed.SAFETY : Claimed.HARM;
      return new Need(claimed, rate, reference(), truth, rows, chance, minimum);
    }

    /// A range is safe where every pair is: at least as often as this, whatever they share.
    private double chance(Claim claim, long n, double rate) {
      double one = test.chance(claim, n, rate, reference());
      return claim == Claim.SAFETY ? Math.max(0, 1 - pairs * (1 - one)) : one;
    }

    private long minimum() {
      double least =
          switch (rule.metric().metric()) {
            case TPR, FNR -> policy.minimum().positives();
            case FPR, TNR -> policy.minimum().negatives();
            default -> policy.minimum().n();
          };
      return Math.max(1, (long) Math.ceil(least));
    }

    List<Gap> visible() {
      List<Gap> gaps = new ArrayList<>();
      double share = assumptions.share(rule.metric().metric());
      for (long patients : FairnessPlan.SIZES) {
        long rows = Math.round((double) patients * share);
        gaps.add(new Gap(patients, rows < minimum() ? Double.NaN : visible(rows)));
      }
      return gaps;
    }

    /// By bisection: the farther beyond, the easier to prove.
    private double visible(long rows) {
      double seen = most();
      double unseen = 0;
      if (!(seen > 0) || !isSeen(rows, seen)) {
        return Double.NaN;
      }
      while (seen - unseen > FINE) {
        double middle = (seen + unseen) / 2;
        if (isSeen(rows, middle)) {
          seen = middle;
        } else {
          unseen = middle;
        }
      }
      return seen;
    }

    private boolean isSeen(long rows, double gap) {
      return chance(Claim.HARM, rows, rate(beyond(gap))) >= FairnessPlan.POWERS.getFirst();
    }

    /// The largest gap at which the rate stays within [0, 1].
    private double most() {
      double no = 2;
      double yes = 0;
      for (int i = 0; i < 30; i++) {
        double middle = (yes + no) / 2;
        double rate = rate(beyond(middle));
        if (rate > FairnessPlan.EDGE && rate < 1 - FairnessPlan.EDGE) {
          yes = middle;
        } else {
          no = middle;
        }
      }
      return yes;
    }
  }

  private static OptionalLong rows(Chance chance, double power, long minimum) {
    long enough = minimum;
    while (enough < FairnessPlan.MOST && chance.at(enough) < power) {
      enough *= 2;
    }
    if (enough >= FairnessPlan.MOST) {
      return OptionalLong.empty();
    }
    long few = Math.max(minimum - 1, enough / 2);
    while (enough - few > Math.max(1, enough / 500)) {
      long middle = few + (enough - few) / 2;
      if (chance.at(middle) < power) {
        few = middle;
      } else {
        enough = middle;
      }
    }
    return OptionalLong.of(enough);
  }
}
