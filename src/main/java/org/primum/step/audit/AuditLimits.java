package org.primum.step.audit;

import java.util.ArrayList;
import java.util.List;
import org.primum.fairness.AuditResult;
import org.primum.fairness.BaseRateConflict;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Grouping;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.policy.Statistics;
import org.primum.gate.Omissions;
import org.primum.report.Report;
import org.primum.report.Report.Block;

/// What an audit cannot say: the limits of this one, and those of every one.
final class AuditLimits {

  private AuditLimits() {}

  /// The limits, a sentence or two each.
  static List<String> sentences(FairnessPolicy policy, AuditResult result) {
    List<String> items = new ArrayList<>();
    items.add(labels(policy));
    items.add(
        "Only the groups the policy names were looked at. A group that nobody recorded, or that is"
            + " split between others, can be treated worse without a trace here.");
    items.add(
        "A model that does not see race or sex can still act on them through what goes with them"
            + " (insurance, postal code, which tests were ordered). Equal inputs were not tested.");
    items.add(
        "Where groups differ in how many have the outcome, a model that is imperfect cannot have"
            + " equal error rates and equal predictive values at once (Chouldechova 2017; Kleinberg,"
            + " Mullainathan and Raghavan 2016). Which of them counts is a choice of the policy, not"
            + " of this audit."
            + (result.depth().conflicts().stream().anyMatch(BaseRateConflict::matters)
                ? " What that means here stands below."
                : ""));
    items.add(decisions(policy));
    if (policy.data().weight() instanceof AuditData.Weight.Column) {
      items.add(
          "Rows are weighted. The intervals use an effective number of rows, an approximation that"
              + " is good where each group has many rows.");
    }
    items.add(rowsOfOnePatient(policy));
    if (policy.attributes().stream().anyMatch(a -> a.grouping() instanceof Grouping.AsFound)) {
      items.add(
          "Some attributes have no declared categories: a population that is absent from the data"
              + " is absent here too, without a finding.");
    }
    items.add(
        "The limits are the policy's. Meeting them is no proof of compliance with any law, and"
            + " this page does not say that anybody is treated well, only how alike.");
    return items;
  }

  static Report.Section section(FairnessPolicy policy, AuditResult result) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Bullets(sentences(policy, result)));
    result.depth().conflicts().stream()
        .filter(BaseRateConflict::matters)
        .forEach(conflict -> blocks.addAll(conflict(conflict)));
    List<Omissions.NotMeasured> left = result.depth().omissions().notMeasured();
    if (!left.isEmpty()) {
      blocks.add(notMeasured(left));
    }
    return new Report.Section("What this audit cannot say", blocks);
  }

  /// What equal ppv and tpr would force on each group.
  private static List<Block> conflict(BaseRateConflict conflict) {
    BaseRateConflict.Implied own = conflict.groups().getFirst();
    BaseRateConflict.Implied far = conflict.farthest();
    String sentence =
        ("%s: %s of 100 in %s have the outcome, in %s it is %s. Were a flag right as often in"
                + " %s as in %s, and found as many, then %s of 100 without the outcome would have"
                + " to be flagged by mistake, not %s as in %s. All three cannot be equal.")
            .formatted(
                conflict.table(),
                percent(far.baseRate()),
                far.group(),
                own.group(),
                percent(own.baseRate()),
                far.group(),
                own.group(),
                percent(far.implied()),
                percent(own.implied()),
                own.group());
    List<List<String>> rows =
        conflict.groups().stream()
            .map(g ->
                List.of(g.group(), percent(g.baseRate()), percent(g.fpr()), percent(g.implied())))
            .toList();
    Block.Grid grid =
        new Block.Grid(
            "Of 100 in each group of "
                + conflict.table()
                + ". fpr: flagged by mistake, of those without the outcome; the last column is"
                + " p / (1 − p) × (1 − ppv) / ppv × tpr.",
            List.of("group", "have the outcome", "fpr", "fpr, were ppv and tpr the reference's"),
            rows);
    return List.of(
        new Block.Paragraph(sentence),
        new Block.Details("The arithmetic for each group of " + conflict.table(), List.of(grid)));
  }

  private static String percent(double share) {
    return String.format(java.util.Locale.ROOT, "%.1f", 100 * share);
  }

  private static Block notMeasured(List<Omissions.NotMeasured> left) {
    return new Block.Details(
        "What was not measured, and why",
        List.of(
            new Block.Grid(
                "",
                List.of("what", "why not"),
                left.stream().map(n -> List.of(n.metric(), n.reason())).toList())));
  }

  private static String rowsOfOnePatient(FairnessPolicy policy) {
    return switch (policy.data().cluster()) {
      case AuditData.Cluster.None() ->
          "Every row counts as if it were another patient. Several rows of one patient make every"
              + " interval too short; a policy can name the column that tells whose row it is"
              + " (data.cluster).";
      case AuditData.Cluster.By(String column, int replicates, long _) ->
          "Rows of the same "
              + column
              + " count together. How much they tell is estimated from "
              + replicates
              + " random draws of all "
              + column
              + " values, so the length of an interval is right to a few percent.";
    };
  }

  private static String labels(FairnessPolicy policy) {
    return "The column "
        + policy.data().target().labelColumn()
        + " is taken as the truth. Where it"
        + " records care instead of need, as costs do, a model can be fair to the label and unfair"
        + " to the patient (Obermeyer et al. 2019).";
  }

  private static String decisions(FairnessPolicy policy) {
    boolean point =
        policy.rules().stream()
            .anyMatch(
                r -> r.decide() == Rule.Decide.POINT && r.metric().metric() != Metric.MISSING_RATE);
    boolean harm = policy.rules().stream().anyMatch(r -> r.decide() == Rule.Decide.EXCLUDE_HARM);
    String text =
        policy.statistics().multiplicity() == Statistics.Multiplicity.HOLM
            ? "Decisions by interval share one allowance of error (Holm 1979), so with more groups"
                + " each needs a larger gap to be proven."
            : "Decisions are not adjusted for how many groups were compared: with many, some differ"
                + " by chance.";
    text +=
        harm
            ? " Under exclude-harm a pass means that harm is not proven, not that there is none."
            : "";
    return text
        + (point
            ? " Rules decided by point ignore chance: small groups of a fair model fail them often."
            : "");
  }
}
