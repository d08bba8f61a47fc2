package org.primum.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.primum.fairness.AuditResult.Judgement;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Grouping;
import org.primum.fairness.suppression.Range;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// Whether the people the policy declares are in the data, and nobody else.
final class Presence {

  /// More undeclared categories than this are the wrong column, not a finding each.
  private static final int NAMED = 20;

  private Presence() {}

  static List<Judgement> judgements(
      FairnessPolicy policy, List<GroupTable> tables, Disclosure disclosure) {
    List<Judgement> judgements = new ArrayList<>();
    for (GroupTable table : tables) {
      if (table.of().size() == 1) {
        judge(policy, table, disclosure, judgements);
      }
    }
    return judgements;
  }

  private static void judge(
      FairnessPolicy policy, GroupTable table, Disclosure disclosure, List<Judgement> all) {
    switch (policy.attribute(table.of().getFirst()).grouping()) {
      case Grouping.Declared(List<String> categories, Grouping.Other other) -> {
        missing(policy, table, categories, all);
        if (other == Grouping.Other.FAIL) {
          unknown(table, disclosure, categories, all);
        }
      }
      case Grouping.Bins bins -> missing(policy, table, bins.between(), all);
      case Grouping.AsFound _ -> {}
    }
  }

  private static void missing(
      FairnessPolicy policy, GroupTable table, List<String> categories, List<Judgement> all) {
    Status status = policy.defaults().onMissingGroup().status();
    for (String category : categories) {
      Group group = new Group(table.of(), List.of(category));
      if (!table.groups().containsKey(group)) {
        String reason = "the policy declares this group, and the data has nobody of it";
        String rule = FairnessPolicy.MISSING_GROUP;
        all.add(judgement(rule, group.name(), reason, status, OptionalLong.of(0)));
      }
    }
  }

  private static void unknown(
      GroupTable table, Disclosure disclosure, List<String> categories, List<Judgement> all) {
    int count = 0;
    for (Group group : table.groups().keySet()) {
      String value = group.values().getFirst();
      if (!categories.contains(value) && !value.equals(Attribute.MISSING) && count++ < NAMED) {
        Range n = disclosure.group(group).rows();
        OptionalLong shown = n.exact() ? OptionalLong.of(n.low()) : OptionalLong.empty();
        String reason =
            "unknown category: the data has people of a group the policy does not"
                + " declare; declare it, or say other: collapse";
        String rule = FairnessPolicy.UNKNOWN_CATEGORY;
        all.add(judgement(rule, group.name(), reason, Status.FAIL, shown));
      }
    }
  }

  private static Judgement judgement(
      String rule, String group, String reason, Status status, OptionalLong n) {
    Measurement measurement =
        new Measurement(
            "n",
            group,
            new Comparison.Alone(),
            new Measure.Unknown(reason),
            new Interval.None(),
            n);
    Finding finding =
        new Finding(
            rule, measurement, new Threshold.Present(), "presence", status, Severity.BLOCK, reason);
    return new Judgement(finding, group + ": " + reason + ".");
  }
}
