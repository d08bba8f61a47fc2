package org.primum.step.explanation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.primum.document.ShapleyShard;
import org.primum.explain.policy.Coverage;
import org.primum.explain.policy.ExplanationMetric;
import org.primum.explain.summary.ShapleyContrast;
import org.primum.explain.summary.ShapleySummary;
import org.primum.explain.summary.ShapleySummary.Group;
import org.primum.explain.summary.ShapleySummary.Importance;
import org.primum.explain.summary.ShapleySummary.Output;
import org.primum.explain.value.ShapleyValues;
import org.primum.gate.Comparison;
import org.primum.gate.Confusion;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Omissions;
import org.primum.gate.Resampling;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Threshold;
import org.primum.gate.Verdict;
import org.primum.model.UnseenCategories;
import org.primum.report.Report;
import org.primum.report.Report.Section;
import org.primum.report.TextTable;
import org.primum.step.StepContext;
import org.primum.step.StepResult;

/// What `shap-batch` and `shap-merge` tell people: verdict, metrics, pictures and tables.
///
/// @param step whose result it is
/// @param unseen categories the model does not know
record ShapReport(
    String step,
    ShapleyShard shard,
    ShapOutcome outcome,
    ShapPictures.Dots dots,
    UnseenCategories unseen) {

  static final String SUMMARY_FILE = "summary.json";

  private static final int LINES = 10;

  StepResult result(StepContext context) {
    Verdict verdict =
        new Verdict(
            step,
            context.version(),
            subject(),
            findings(),
            sentence(),
            context.now(),
            new Verdict.Expiry.Never());
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("rows", Long.toString(rows()));
    parameters.put("top_feature", top().isEmpty() ? "" : top().getFirst().feature());
    return outcome.end(
        StepResult.of(
            new StepResult.Evidence(
                verdict,
                metrics(),
                report(verdict),
                parameters,
                table(),
                new Confusion.Unknown(),
                omissions(),
                Resampling.NONE)));
  }

  private Subject subject() {
    Subject subject =
        Subject.none().with(Subject.MODEL, shard.model()).with(Subject.DATASET, shard.dataset());
    return outcome.policy().map(digest -> subject.with(Subject.POLICY, digest)).orElse(subject);
  }

  private ShapleySummary summary() {
    return outcome.summary();
  }

  private long rows() {
    return summary().rows();
  }

  private List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(List.of(additivity()));
    findings.addAll(outcome.findings());
    return findings;
  }

  private Omissions omissions() {
    List<Omissions.NotMeasured> left =
        summary().suppressed().stream()
            .map(group -> new Omissions.NotMeasured(group, "too few rows to tell of"))
            .toList();
    return left.isEmpty() ? Omissions.NONE : new Omissions(shard.minCohort(), List.of(), left);
  }

  private List<Importance> top() {
    return summary().outputs().getFirst().features();
  }

  private Finding additivity() {
    Measurement measurement =
        Measurement.overall(
            "additivity_error",
            new Measure.Known(summary().additivityMax()),
            new Interval.None(),
            rows());
    return new Finding(
        "additivity",
        measurement,
        new Threshold.AtMost(ShapleyValues.ADDITIVITY_LIMIT),
        "point",
        Status.PASS,
        Severity.BLOCK,
        "base value and Shapley values add up to the model's margin in every row");
  }

  private String sentence() {
    List<Importance> top = top();
    String rows = String.format(java.util.Locale.ROOT, "%,d", rows());
    if (top.isEmpty()) {
      return "No row was explained: this shard is empty.";
    }
    StringBuilder names = new StringBuilder(top.getFirst().feature());
    for (int i = 1; i < Math.min(3, top.size()); i++) {
      names.append(i + 1 == Math.min(3, top.size()) ? " and " : ", ").append(top.get(i).feature());
    }
    return rows
        + " rows explained; what moves the predictions most: "
        + names
        + "."
        + estimates()
        + uncovered()
        + judged();
  }

  private String estimates() {
    return shard
        .method()
        .sampling()
        .filter(sampling -> sampling.exactRows() < rows())
        .map(sampling ->
            " The values are estimates; the largest standard error is "
                + ShapSections.number(sampling.maxError())
                + ".")
        .orElse("");
  }

  private String uncovered() {
    return outcome
        .coverage()
        .map(of ->
            String.format(
                java.util.Locale.ROOT,
                " Of %,d predictions that were made %,d have no explanation.",
                of.expected(),
                of.missing()))
        .orElse("");
  }

  /// Which rules of the policy are not met.
  private String judged() {
    String failed = rules(Status.FAIL);
    String open = rules(Status.INCONCLUSIVE);
    return (failed.isEmpty() ? "" : " Not met: " + failed + ".")
        + (open.isEmpty() ? "" : " Not known: " + open + ".");
  }

  private String rules(Status status) {
    return outcome.findings().stream()
        .filter(finding -> finding.status() == status)
        .map(Finding::rule)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private List<Measurement> metrics() {
    List<Measurement> metrics = new ArrayList<>();
    findings().stream().map(Finding::measurement).forEach(metrics::add);
    shard
        .method()
        .sampling()
        .map(sampling -> sampling.maxError())
        .map(error -> measurement("max_standard_error", Measurement.OVERALL, error, rows()))
        .ifPresent(metrics::add);
    outcome.coverage().ifPresent(of -> metrics.addAll(coverage(of)));
    for (int output = 0; output < summary().outputs().size(); output++) {
      Output one = summary().outputs().get(output);
      String everyone =
          summary().outputs().size() == 1 ? Measurement.OVERALL : ShapTable.CLASS + "=" + output;
      metrics.add(measurement("base_value", everyone, one.baseValue(), rows()));
      one.features().forEach(f -> metrics.add(meanAbs(everyone, f, rows())));
      if (summary().outputs().size() == 1) {
        for (Group group : one.groups()) {
          group.features().forEach(f -> metrics.add(meanAbs(group.name(), f, group.rows())));
          group.contrasts().forEach(contrast -> metrics.add(difference(group, contrast)));
        }
      }
      if (!outcome.drift().isEmpty()) {
        metrics.addAll(ShapDriftWords.metrics(outcome.drift().get(output), everyone, rows()));
      }
    }
    return distinct(metrics);
  }

  private static List<Measurement> coverage(Coverage of) {
    return List.of(
        measurement(
            ExplanationMetric.COVERAGE.wireName(), Measurement.OVERALL, of.share(), of.expected()),
        measurement(
            "predictions_unexplained", Measurement.OVERALL, (double) of.missing(), of.expected()));
  }

  /// Each number once: what a rule has asked for with the interval that decided.
  private static List<Measurement> distinct(List<Measurement> all) {
    Map<List<Object>, Measurement> once = new LinkedHashMap<>();
    all.forEach(m -> once.putIfAbsent(List.of(m.metric(), m.group(), m.comparison()), m));
    return List.copyOf(once.values());
  }

  private static Measurement meanAbs(String group, Importance importance, long rows) {
    return new Measurement(
        "mean_abs_phi." + importance.feature(),
        group,
        new Comparison.Alone(),
        new Measure.Known(importance.meanAbs()),
        importance.spread().interval(),
        OptionalLong.of(rows));
  }

  private static Measurement difference(Group group, ShapleyContrast contrast) {
    return new Measurement(
        "mean_abs_phi." + contrast.feature(),
        group.name(),
        new Comparison.With("vs_rest", "rest"),
        new Measure.Known(contrast.difference()),
        contrast.usualInterval(),
        OptionalLong.of(group.rows()));
  }

  private static Measurement measurement(String metric, String group, double value, long rows) {
    return new Measurement(
        metric,
        group,
        new Comparison.Alone(),
        new Measure.Known(value),
        new Interval.None(),
        OptionalLong.of(rows));
  }

  private String table() {
    TextTable table = new TextTable(List.of("rank", "feature", "mean |phi|", "mean phi"));
    for (Importance one : top().subList(0, Math.min(LINES, top().size()))) {
      table.row(
          Integer.toString(one.rank()),
          one.feature(),
          ShapSections.number(one.meanAbs()),
          ShapSections.number(one.mean()));
    }
    return table.write() + open();
  }

  /// What does not pass, a line each.
  private String open() {
    return outcome.findings().stream()
        .filter(finding -> finding.status() != Status.PASS)
        .map(f -> f.status() + " " + f.rule() + ": " + f.reason() + "\n")
        .collect(Collectors.joining());
  }

  private Report report(Verdict verdict) {
    List<Section> sections = new ShapSections(shard, outcome, dots, unseen).all();
    Report report = new Report("Explanations", verdict, lead(), sections);
    return verdict.status() == Status.PASS ? report.headed("Explained") : report;
  }

  private String lead() {
    return shard.count() == 1
        ? ""
        : "This is shard "
            + shard.index()
            + " of "
            + shard.count()
            + ", counted from 0; shap-merge"
            + " puts the shards together.";
  }
}
