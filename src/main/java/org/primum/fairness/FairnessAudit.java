package org.primum.fairness;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.primum.fairness.AuditResult.Exclusions;
import org.primum.fairness.AuditResult.Judgement;
import org.primum.fairness.metric.GroupMetrics;
import org.primum.fairness.metric.Shown;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.policy.Statistics;
import org.primum.fairness.policy.Waiver;
import org.primum.fairness.suppression.Range;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Tally;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Omissions;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// Whether a model treats groups of people alike, as far as a policy asks and the data can tell.
///
/// A pure function of tally, policy and day: the same three give the same findings, byte for byte.
/// What cannot be known is said to be unknown, and is never a pass.
public final class FairnessAudit {

  private final Tally tally;
  private final FairnessPolicy policy;
  private final LocalDate today;
  private final List<GroupTable> tables;
  private final Strata strata;
  private final GroupTally overall;
  private final GroupMetrics numbers;
  private final Disclosure disclosure;
  private final Baseline baseline;
  private final ProxyNumbers proxies;

  private FairnessAudit(Tally tally, Baseline baseline, FairnessPolicy policy, LocalDate today) {
    this.tally = tally;
    this.baseline = baseline;
    this.policy = policy;
    this.today = today;
    this.tables = policy.audited().stream().map(of -> GroupTable.of(tally, policy, of)).toList();
    this.strata = Strata.of(tally, policy, tables);
    this.overall = tally.overall();
    this.numbers =
        new GroupMetrics(
            policy.data().target(), overall, tally.scale(), policy.statistics().bootstrap());
    this.disclosure = Disclosure.of(overall, tables, strata, policy.suppressBelow());
    this.proxies = new ProxyNumbers(policy, tally);
  }

  /// Judges a tally by a policy.
  ///
  /// @param today decides which waivers still count
  /// @throws org.primum.data.DataInvalidException where there are more groups than the policy
  ///   allows
  public static AuditResult audit(Tally tally, FairnessPolicy policy, LocalDate today) {
    return audit(tally, Baseline.NONE, policy, today);
  }

  /// Judges a tally by a policy that has rules against the model in use.
  ///
  /// @param modelInUse its tally, of the same columns and groups
  /// @param today decides which waivers still count
  /// @throws org.primum.data.DataInvalidException where there are more groups than the policy
  ///   allows
  /// @throws org.primum.gate.ConfigInvalidException where the tallies do not belong together
  public static AuditResult audit(
      Tally tally, Tally modelInUse, FairnessPolicy policy, LocalDate today) {
    return audit(tally, Baseline.of(modelInUse, policy), policy, today);
  }

  private static AuditResult audit(
      Tally tally, Baseline baseline, FairnessPolicy policy, LocalDate today) {
    if (tally.layout().lacking(Tally.Layout.of(policy)).isPresent()
        || !tally.proxies().isOf(policy)) {
      throw new org.primum.gate.ConfigInvalidException(
          "the tally was made under a policy with other columns, groups or thresholds");
    }
    return new FairnessAudit(tally, baseline, policy, today).result();
  }

  /// What the rules say, and nothing else: for whoever judges many tallies and reads no tables.
  static List<Judgement> judgements(Tally tally, FairnessPolicy policy, LocalDate today) {
    return new FairnessAudit(tally, Baseline.NONE, policy, today).judgements();
  }

  private List<Judgement> judgements() {
    List<Judgement> judgements = new ArrayList<>(Presence.judgements(policy, tables, disclosure));
    List<Judgement> told = judgeRules(disclosure);
    if (policy.suppressBelow() > 0) {
      UntoldHarm untold = new UntoldHarm(judgeRules(Disclosure.of(overall, tables, strata, 0)));
      told = told.stream().map(untold::of).toList();
    }
    judgements.addAll(told);
    return judgements.stream().map(this::waived).toList();
  }

  private AuditResult result() {
    List<Judgement> judgements = judgements();
    List<Measurement> metrics = metrics();
    return new AuditResult(
        judgements,
        metrics,
        tables,
        overall,
        disclosure,
        depth(metrics),
        exclusions(judgements),
        notes());
  }

  private List<Measurement> metrics() {
    List<Measurement> all =
        new ArrayList<>(AuditMetrics.of(policy, numbers, disclosure, tables, strata, baseline));
    boolean asked =
        policy.rules().stream()
            .anyMatch(rule -> rule.metric().metric().scope() == Metric.Scope.COLUMN);
    if (asked || !tally.proxies().columns().isEmpty()) {
      all.addAll(new ProxyMeasurements(policy, proxies, disclosure, tables).all());
    }
    return all;
  }

  private AuditResult.Depth depth(List<Measurement> metrics) {
    List<GroupTable> alone = tables.stream().filter(t -> t.of().size() == 1).toList();
    List<GroupCurves> curves = new ArrayList<>();
    addCurves(Measurement.OVERALL, disclosure.everyone(), curves);
    for (GroupTable table : alone) {
      table.groups().keySet().forEach(g -> addCurves(g.name(), disclosure.group(g), curves));
    }
    return new AuditResult.Depth(
        strata.tables().stream().flatMap(List::stream).toList(),
        curves,
        new NeedByTenth(policy, numbers, disclosure).of(alone),
        alone.stream().flatMap(t -> BaseRateConflict.of(t, near(t, metrics)).stream()).toList(),
        new Omissions(
            policy.suppressBelow(),
            disclosure.approximate(tables),
            Unmeasured.of(policy, metrics)));
  }

  /// Without the numbers of groups whose rows are told in ranges so wide that the middle says
  /// little.
  private List<Measurement> near(GroupTable table, List<Measurement> metrics) {
    Set<String> wide = new HashSet<>();
    for (Group group : table.groups().keySet()) {
      Shown shown = disclosure.group(group);
      if (isWide(shown.over(Counts.POSITIVES)) || isWide(shown.over(Counts.NEGATIVES))) {
        wide.add(group.name());
      }
    }
    return metrics.stream().filter(m -> !wide.contains(m.group())).toList();
  }

  private static boolean isWide(Range range) {
    return !range.bounded() || range.high() - range.low() > range.high() / 10;
  }

  private void addCurves(String name, Shown shown, List<GroupCurves> curves) {
    double alpha = policy.statistics().alpha();
    GroupCurves.of(name, shown, tally.scale(), numbers, alpha).ifPresent(curves::add);
  }

  private List<Judgement> judgeRules(Disclosure known) {
    Inquiry inquiry = Inquiry.of(policy, numbers, known, baseline, tables, strata, proxies);
    List<Judgement> judgements = new ArrayList<>();
    for (Inquiry.Item item : inquiry.items()) {
      judgements.add(
          switch (item.question()) {
            case Question.Settled(Finding finding) ->
                new Judgement(softened(finding), sentence(finding));
            case Question.Open open -> judge(open, item);
          });
    }
    return judgements;
  }

  private Judgement judge(Question.Open question, Inquiry.Item item) {
    Bounds bounds = question.contrast().interval().at(item.level());
    Decisions.Decision decision = Decisions.decide(question, bounds);
    Rule rule = question.rule();
    Finding finding =
        new Finding(
            rule.id(),
            question.measurement(bounds),
            question.limit(),
            rule.decide().id(),
            decision.status(),
            rule.severity(),
            rule.called() + decision.reason(),
            item.significance());
    String confidence = interval(rule.decide() == Rule.Decide.POINT ? 1 : item.family());
    String sentence =
        rule.metric().metric() == Metric.MISSING_RATE
            ? "Of 1,000 rows, "
                + Math.round(1000 * question.contrast().point())
                + " have no value of "
                + question.table()
                + "."
            : new PeopleSentence(policy.people()).of(question, bounds, confidence);
    return new Judgement(softened(finding), sentence);
  }

  private String interval(int size) {
    String percent =
        org.primum.data.NumberColumn.format(
            Math.rint(policy.statistics().confidence() * 1e6) / 1e4);
    boolean adjusted =
        size > 1 && policy.statistics().multiplicity() == Statistics.Multiplicity.HOLM;
    return percent + " % interval" + (adjusted ? " adjusted for " + size + " comparisons" : "");
  }

  private static String sentence(Finding finding) {
    return finding.measurement().group()
        + ": "
        + finding.measurement().metric()
        + ", "
        + finding.reason()
        + ".";
  }

  /// A rule that only warns never blocks.
  private static Finding softened(Finding finding) {
    boolean blocks = finding.status().compareTo(Status.WARN) > 0;
    return finding.severity() == Severity.WARN && blocks
        ? finding.with(Status.WARN, finding.reason())
        : finding;
  }

  private Judgement waived(Judgement judgement) {
    Finding finding = judgement.finding();
    if (finding.status().compareTo(Status.WARN) < 0) {
      return judgement;
    }
    Optional<Waiver> waiver = waiver(finding);
    if (waiver.isEmpty()) {
      return judgement;
    }
    Waiver found = waiver.get();
    if (found.expires().isBefore(today)) {
      String reason = finding.reason() + "; its waiver expired on " + found.expires();
      return new Judgement(finding.with(finding.status(), reason), judgement.sentence());
    }
    String reason =
        finding.reason()
            + "; waived until "
            + found.expires()
            + " by "
            + found.approvedBy()
            + ": "
            + found.reason();
    return new Judgement(finding.with(Status.WAIVED, reason), judgement.sentence());
  }

  /// The waiver of a finding that lasts longest.
  private Optional<Waiver> waiver(Finding finding) {
    return policy.waivers().stream()
        .filter(w -> w.speaksOf(finding.rule(), finding.measurement().group()))
        .max(java.util.Comparator.comparing(Waiver::expires));
  }

  private Exclusions exclusions(List<Judgement> judgements) {
    Set<String> groups = new HashSet<>();
    for (Judgement judgement : judgements) {
      Measurement measurement = judgement.finding().measurement();
      boolean known = measurement.value() instanceof Measure.Known;
      if (!known && measurement.interval() instanceof Interval.None) {
        groups.add(measurement.group());
      }
    }
    Shown all = disclosure.everyone();
    int labelled = Counts.POSITIVES | Counts.NEGATIVES;
    int predicted = Counts.SELECTED | Counts.NOT_SELECTED;
    return new Exclusions(
        all.rows(),
        disclosure.whole() ? Range.exactly(rowsIn(groups)) : largestOf(groups),
        all.over(Counts.ALL & ~labelled),
        all.over(Counts.ALL & ~predicted));
  }

  /// The most that the groups of one table have together: rows of several tables cannot be added
  /// without telling how they overlap.
  private Range largestOf(Set<String> groups) {
    Range largest = Range.NONE;
    for (GroupTable table : tables) {
      Range rows = Range.NONE;
      for (Group group : table.groups().keySet()) {
        rows = groups.contains(group.name()) ? rows.plus(disclosure.group(group).rows()) : rows;
      }
      largest = rows.low() > largest.low() || largest.high() == 0 ? rows : largest;
    }
    return largest;
  }

  /// How many rows are in at least one of the groups; none is counted twice.
  private long rowsIn(Set<String> groups) {
    return tally.cells().entrySet().stream()
        .filter(cell -> tables.stream().anyMatch(t -> holds(groups, group(t, cell.getKey()))))
        .mapToLong(cell -> cell.getValue().n())
        .sum();
  }

  private static boolean holds(Set<String> names, Group group) {
    return names.contains(group.name()) || names.contains(group.amongAll().name());
  }

  private Group group(GroupTable table, List<String> cell) {
    List<String> values = new ArrayList<>();
    for (String attribute : table.of()) {
      values.add(cell.get(policy.attributes().indexOf(policy.attribute(attribute))));
    }
    return new Group(table.of(), values, Strata.name(policy, cell));
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    new DegenerateDecision(policy.data().target(), overall).note().ifPresent(notes::add);
    proxies.note().ifPresent(notes::add);
    for (Rule rule : policy.rules()) {
      if (rule.decide() == Rule.Decide.POINT && isOfGroups(rule)) {
        new PointRule(rule, policy.statistics().bootstrap().seed())
            .note(judged(rule))
            .ifPresent(notes::add);
      }
    }
    return notes;
  }

  /// Whether it holds one number of each group against its limits, among everyone.
  private static boolean isOfGroups(Rule rule) {
    return rule.metric().metric() != Metric.MISSING_RATE
        && rule.metric().metric().scope() == Metric.Scope.GROUP
        && rule.within() == Rule.Within.EVERYONE
        && rule.parts().size() == 1;
  }

  private List<PointRule.Judged> judged(Rule rule) {
    List<PointRule.Judged> judged = new ArrayList<>();
    for (GroupTable table : tables) {
      if (Inquiry.speaksOf(rule, table)) {
        Threshold any = rule.limits().getFirst();
        RuleQuestions questions =
            new RuleQuestions(policy, rule, numbers, disclosure, any, table, baseline);
        judged.add(new PointRule.Judged(table.name(), questions.judged(), table.reference()));
      }
    }
    return judged;
  }
}
