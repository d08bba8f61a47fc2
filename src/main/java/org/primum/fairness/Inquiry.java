package org.primum.fairness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.Composite;
import org.primum.fairness.policy.Context;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.ProxyRule;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.policy.Statistics;
import org.primum.fairness.statistics.Holm;
import org.primum.gate.Comparison;
import org.primum.gate.Significance;
import org.primum.gate.Threshold;

/// Everything the rules of a policy ask of the data, and the level each question is decided at:
/// those of a family share one allowance of false claims.
final class Inquiry {

  /// A question and how it is decided.
  ///
  /// @param level of its interval
  /// @param family how many decisions its family plans, 1 for what is decided by itself
  record Item(Question question, double level, int family, Significance significance) {}

  private final FairnessPolicy policy;
  private final GroupMetrics numbers;
  private final Baseline baseline;
  private final Disclosure disclosure;
  private final Strata strata;
  private final ProxyNumbers proxies;
  private final List<Question> questions = new ArrayList<>();
  private final Map<String, Integer> families = new HashMap<>();

  private Inquiry(
      FairnessPolicy policy,
      GroupMetrics numbers,
      Disclosure disclosure,
      Baseline baseline,
      Strata strata,
      ProxyNumbers proxies) {
    this.policy = policy;
    this.numbers = numbers;
    this.baseline = baseline;
    this.disclosure = disclosure;
    this.strata = strata;
    this.proxies = proxies;
  }

  static Inquiry of(
      FairnessPolicy policy,
      GroupMetrics numbers,
      Disclosure disclosure,
      Baseline baseline,
      List<GroupTable> tables,
      Strata strata,
      ProxyNumbers proxies) {
    Inquiry inquiry = new Inquiry(policy, numbers, disclosure, baseline, strata, proxies);
    for (Rule rule : policy.rules()) {
      for (GroupTable table : tables) {
        if (speaksOf(rule, table)) {
          inquiry.ask(rule, table);
        }
      }
    }
    return inquiry;
  }

  static boolean speaksOf(Rule rule, GroupTable table) {
    return switch (rule.over()) {
      case Rule.Over.All() -> !isOfOneAttribute(rule.metric().metric()) || table.of().size() == 1;
      case Rule.Over.Of(List<String> of) -> of.equals(table.of());
    };
  }

  private static boolean isOfOneAttribute(Metric metric) {
    return metric == Metric.MISSING_RATE || metric.scope() == Metric.Scope.COLUMN;
  }

  private void ask(Rule rule, GroupTable table) {
    List<GroupTable> among =
        switch (rule.within()) {
          case EVERYONE -> List.of(table);
          case CONDITION -> strata.of(table);
        };
    for (GroupTable each : among) {
      for (Rule part : rule.parts()) {
        List<Question> asked =
            part.limits().stream().flatMap(limit -> asked(part, each, limit).stream()).toList();
        questions.addAll(asked);
        pay(part, each, asked);
      }
    }
    payForStrataToCome(rule, table, among.size());
  }

  private void pay(Rule rule, GroupTable table, List<Question> asked) {
    if (rule.decide() != Rule.Decide.POINT) {
      List<Question.Open> open = new ArrayList<>();
      for (Question question : asked) {
        if (question instanceof Question.Open each) {
          open.add(each);
        }
      }
      int places =
          Math.max(Place.of(open).size(), planned(rule, policy.context(), table.planned()));
      families.merge(family(table.name()), places, Integer::sum);
    }
  }

  /// Strata that the policy says can be, and the data does not have yet.
  private void payForStrataToCome(Rule rule, GroupTable table, int found) {
    boolean shared =
        rule.within() == Rule.Within.CONDITION
            && rule.decide() != Rule.Decide.POINT
            && policy.statistics().family() == Statistics.Family.POLICY;
    int toCome = shared ? Math.max(0, policy.plannedStrata() - found) : 0;
    for (Rule part : rule.parts()) {
      int each = planned(part, policy.context(), table.planned());
      families.merge(family(table.name()), toCome * each, Integer::sum);
    }
  }

  /// How many places in its family a rule takes for so many groups.
  static int planned(Rule rule, Context context, int groups) {
    return switch (rule.metric().metric().scope()) {
      case GROUP, PAIR -> RuleQuestions.planned(rule.compare(), groups);
      case STRATA -> groups;
      case TABLE -> 1;
      case COLUMN -> ProxyRule.decisions(rule, context, groups);
    };
  }

  private List<Question> asked(Rule rule, GroupTable table, Threshold limit) {
    if (rule.metric().metric() == Metric.MISSING_RATE) {
      return List.of(missingRate(rule, table, limit));
    }
    RuleQuestions asking =
        new RuleQuestions(policy, rule, numbers, disclosure, limit, table, baseline);
    return switch (rule.metric().metric().scope()) {
      case GROUP -> asking.ask();
      case PAIR ->
          Composite.of(rule.metric().metric()).isPresent()
              ? new MeanQuestions(policy, rule, numbers, disclosure, limit, table).ask()
              : new DistanceQuestions(rule, numbers, disclosure, table).ask(asking);
      case TABLE, STRATA ->
          new TableQuestions(policy, rule, numbers, disclosure, limit, table, strata).ask();
      case COLUMN ->
          new ProxyQuestions(policy, rule, numbers, disclosure, limit, table, proxies).ask();
    };
  }

  private Question missingRate(Rule rule, GroupTable table, Threshold limit) {
    Estimate p = AuditMetrics.missingRate(table, disclosure);
    String name = new Group(table.of(), List.of(Attribute.MISSING)).name();
    if (!p.defined() || p.support().small(policy.suppressBelow())) {
      return new Question.Settled(Phrasing.untold(rule, limit, name, p));
    }
    return new Question.Open(
        rule,
        limit,
        table.name(),
        name,
        new Comparison.Alone(),
        Contrast.alone(p),
        p.support().rows(),
        new Question.Between(name, name));
  }

  private String family(String table) {
    return switch (policy.statistics().family()) {
      case POLICY -> "policy";
      case ATTRIBUTE -> table;
    };
  }

  /// Every question with its level, in the order of the policy.
  List<Item> items() {
    Item[] items = new Item[questions.size()];
    Map<String, List<Integer>> members = new HashMap<>();
    for (int i = 0; i < items.length; i++) {
      items[i] = new Item(questions.get(i), alpha(), 1, new Significance.None());
      if (questions.get(i) instanceof Question.Open open
          && open.rule().decide() != Rule.Decide.POINT) {
        members.computeIfAbsent(family(open.table()), _ -> new ArrayList<>()).add(i);
        items[i] =
            new Item(
                open,
                alpha(),
                families.getOrDefault(family(open.table()), 1),
                items[i].significance());
      }
    }
    members.values().forEach(indices -> decideTogether(indices, items));
    return List.of(items);
  }

  private void decideTogether(List<Integer> indices, Item[] items) {
    List<Question.Open> open = new ArrayList<>();
    indices.forEach(i -> open.add((Question.Open) questions.get(i)));
    List<Place> places = Place.of(open);
    int size = Math.max(places.size(), items[indices.getFirst()].family());
    double[] levels = levels(open, places, size);
    Significance[] significance =
        new Adjustment(open, places, size, policy.statistics().multiplicity()).significance();
    for (int i = 0; i < levels.length; i++) {
      Item item = items[indices.get(i)];
      items[indices.get(i)] = new Item(item.question(), levels[i], item.family(), significance[i]);
    }
  }

  private double[] levels(List<Question.Open> open, List<Place> places, int size) {
    return switch (policy.statistics().multiplicity()) {
      case NONE -> Holm.uncorrected(open.size(), alpha());
      case HOLM -> adjusted(open, places, size);
    };
  }

  /// Holm's levels where harm has to be proven, at either limit. Safety has to be shown at the
  /// level of the first step (Bonferroni), which no other group can move.
  private double[] adjusted(List<Question.Open> open, List<Place> places, int size) {
    double[] steps =
        Holm.levels(places.size(), size, alpha(), (i, level) -> places.get(i).settled(open, level));
    double[] levels = new double[open.size()];
    for (int place = 0; place < steps.length; place++) {
      for (int question : places.get(place).questions()) {
        boolean safety = open.get(question).rule().decide() == Rule.Decide.SHOW_SAFE;
        levels[question] = safety ? alpha() / size : steps[place];
      }
    }
    return levels;
  }

  private double alpha() {
    return policy.statistics().alpha();
  }
}
