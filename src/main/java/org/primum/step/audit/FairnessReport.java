package org.primum.step.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.primum.fairness.AuditResult;
import org.primum.fairness.AuditResult.Judgement;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Status;
import org.primum.gate.Verdict;
import org.primum.report.Report;
import org.primum.report.Report.Check;
import org.primum.report.TextTable;

/// What a clinician opens after an audit: the verdict, who is affected, the groups, who is not in
/// the numbers, and what an audit cannot say.
final class FairnessReport {

  private final FairnessPolicy policy;
  private final AuditResult result;
  private final Verdict verdict;

  FairnessReport(FairnessPolicy policy, AuditResult result, Verdict verdict) {
    this.policy = policy;
    this.result = result;
    this.verdict = verdict;
  }

  Report report() {
    List<Report.Section> sections = new ArrayList<>();
    GroupSections groups = new GroupSections(policy, result);
    policy.rules().stream()
        .flatMap(rule -> rule.parts().stream())
        .forEach(rule -> new RulePictures(policy, result, rule).section().ifPresent(sections::add));
    sections.addAll(new CurvePictures(policy, result).sections());
    new NeedPictures(policy, result).section().ifPresent(sections::add);
    sections.add(groups.groups());
    sections.add(groups.excluded());
    sections.add(AuditLimits.section(policy, result));
    sections.add(new NumberTables(policy, result).section());
    return new Report("Fairness audit of " + policy.name(), verdict, lead(), sections)
        .checking(checks());
  }

  private String lead() {
    return policy.rules().size()
        + (policy.rules().size() == 1 ? " rule" : " rules")
        + " of the policy "
        + policy.name()
        + ", revision "
        + policy.revision()
        + (policy.rules().size() == 1 ? ", was" : ", were")
        + " held against the predictions for "
        + result.disclosure().everyone().rows().words()
        + " rows. A row is a patient, or an admission: whatever the data has one line of.";
  }

  /// What each rule says, the people first, the numbers behind them in small print.
  private List<Check> checks() {
    return result.judgements().stream().map(this::check).toList();
  }

  private Check check(Judgement judgement) {
    Finding finding = judgement.finding();
    Check bare = Check.of(finding);
    boolean inPeople =
        finding.status() != Status.PASS
            && finding.measurement().interval() instanceof Interval.Bounds;
    return new Check(
        finding.status(),
        finding.rule(),
        meaning(finding.rule()),
        inPeople ? "" : bare.group(),
        inPeople ? judgement.sentence() : finding.reason(),
        inPeople ? here(finding) + finding.reason() : "");
  }

  private String meaning(String id) {
    return policy.rules().stream()
        .filter(rule -> rule.id().equals(id))
        .findFirst()
        .map(rule -> new RuleWords(rule).all())
        .orElse("asked of every policy: the groups it names, and no others, are in the data");
  }

  /// A difference of shares as so many rows of these data.
  private static String here(Finding finding) {
    Measurement metric = finding.measurement();
    boolean share =
        MetricRef.parse(metric.metric())
            .filter(ref -> ref.metric().family() == Metric.Family.RATE)
            .isPresent();
    if (share
        && metric.comparison() instanceof Comparison.With(String kind, String reference)
        && kind.equals("difference")
        && metric.value() instanceof Measure.Known(double value)
        && metric.n().isPresent()) {
      long n = metric.n().getAsLong();
      return "In these data that is about %s of the %s rows of %s. Decided: "
          .formatted(count(Math.round(Math.abs(value) * (double) n)), count(n), metric.group());
    }
    return "";
  }

  /// The findings as a person reads them on a terminal, the worst first.
  String table() {
    TextTable table =
        new TextTable(List.of("STATUS", "RULE", "GROUP", "VALUE", "INTERVAL", "N", "REASON"));
    Stream<Finding> worstFirst =
        result.findings().stream().sorted((a, b) -> b.status().compareTo(a.status()));
    worstFirst.forEach(finding ->
        table.row(
            finding.status().name(),
            finding.rule(),
            finding.measurement().group(),
            NumberTables.value(finding.measurement()),
            NumberTables.ci(finding.measurement()),
            NumberTables.n(finding.measurement()),
            finding.reason()));
    return table.write() + result.exclusions().sentence() + "\n";
  }

  private static String count(long n) {
    return NumberTables.count(n);
  }
}
