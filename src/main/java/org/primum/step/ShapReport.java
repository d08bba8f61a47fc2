package org.primum.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.primum.document.ShapleyShard;
import org.primum.explain.ShapleySample;
import org.primum.explain.ShapleySummary;
import org.primum.explain.ShapleySummary.Group;
import org.primum.explain.ShapleySummary.Importance;
import org.primum.explain.ShapleySummary.Output;
import org.primum.explain.ShapleyValues;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Threshold;
import org.primum.gate.Verdict;
import org.primum.report.Report;
import org.primum.report.Report.Block;
import org.primum.report.Report.Section;
import org.primum.report.ShapleyBars;
import org.primum.report.ShapleySwarm;
import org.primum.report.TextTable;

/// What `shap-batch` and `shap-merge` tell people: verdict, metrics, pictures and tables.
///
/// @param step whose result it is
/// @param unseen values that were categories the model does not know
record ShapReport(
    String step, ShapleyShard shard, ShapleySummary summary, ShapleySample sample, long unseen) {

  static final String SUMMARY_FILE = "summary.json";

  private static final int BARS = 15;
  private static final int LANES = 10;
  private static final int LINES = 10;
  private static final int GROUP_FEATURES = 6;

  StepResult result(StepContext context) {
    Verdict verdict =
        new Verdict(
            step,
            context.version(),
            Subject.none()
                .with(Subject.MODEL, shard.model())
                .with(Subject.DATASET, shard.dataset()),
            List.of(additivity()),
            sentence(),
            context.now(),
            new Verdict.Expiry.Never());
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("rows", Long.toString(summary.rows()));
    parameters.put("top_feature", top().isEmpty() ? "" : top().getFirst().feature());
    return StepResult.of(verdict, metrics(), report(verdict), parameters, table());
  }

  private List<Importance> top() {
    return summary.outputs().getFirst().features();
  }

  private Finding additivity() {
    Measurement measurement =
        Measurement.overall(
            "additivity_error",
            new Measure.Known(summary.additivityMax()),
            new Interval.None(),
            summary.rows());
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
    String rows = String.format(java.util.Locale.ROOT, "%,d", summary.rows());
    if (top.isEmpty()) {
      return "No row was explained: this shard is empty.";
    }
    StringBuilder names = new StringBuilder(top.getFirst().feature());
    for (int i = 1; i < Math.min(3, top.size()); i++) {
      names.append(i + 1 == Math.min(3, top.size()) ? " and " : ", ").append(top.get(i).feature());
    }
    return rows + " rows explained; what moves the predictions most: " + names + ".";
  }

  private List<Measurement> metrics() {
    List<Measurement> metrics = new ArrayList<>();
    metrics.add(additivity().measurement());
    for (int output = 0; output < summary.outputs().size(); output++) {
      Output one = summary.outputs().get(output);
      String everyone =
          summary.outputs().size() == 1 ? Measurement.OVERALL : ShapTable.CLASS + "=" + output;
      metrics.add(measurement("base_value", everyone, one.baseValue(), summary.rows()));
      one.features().forEach(f -> metrics.add(meanAbs(everyone, f, summary.rows())));
      if (summary.outputs().size() == 1) {
        for (Group group : one.groups()) {
          group.features().forEach(f -> metrics.add(meanAbs(group.name(), f, group.rows())));
        }
      }
    }
    return metrics;
  }

  private static Measurement meanAbs(String group, Importance importance, long rows) {
    return measurement("mean_abs_phi." + importance.feature(), group, importance.meanAbs(), rows);
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
          Integer.toString(one.rank()), one.feature(), number(one.meanAbs()), number(one.mean()));
    }
    return table.write();
  }

  private Report report(Verdict verdict) {
    List<Section> sections = new ArrayList<>();
    for (int output = 0; output < summary.outputs().size() && summary.rows() > 0; output++) {
      Output one = summary.outputs().get(output);
      String of = summary.outputs().size() == 1 ? "" : " (class " + output + ")";
      sections.add(importance(of, one));
      sections.add(swarm(of, output, one));
      if (!one.groups().isEmpty()) {
        sections.add(groups(of, one));
      }
    }
    sections.add(reading());
    return new Report("Explanations", verdict, lead(), sections).headed("Explained");
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

  private static Section importance(String of, Output output) {
    List<ShapleyBars.Bar> bars = new ArrayList<>();
    for (Importance one : output.features().subList(0, Math.min(BARS, output.features().size()))) {
      bars.add(new ShapleyBars.Bar(one.feature(), one.meanAbs()));
    }
    List<List<String>> rows = new ArrayList<>();
    for (Importance one : output.features()) {
      rows.add(
          List.of(
              Integer.toString(one.rank()),
              one.feature(),
              number(one.meanAbs()),
              number(one.mean())));
    }
    return Section.of(
        "What moves the predictions" + of,
        new Block.Picture(
            ShapleyBars.svg(bars),
            "How far each feature moves the prediction on average, up or down (mean |phi|, in"
                + " log-odds for a classifier). Every prediction starts from the base value "
                + number(output.baseValue())
                + "."),
        new Block.Details(
            "All listed features as numbers",
            List.of(
                new Block.Grid(
                    "Mean magnitude and mean of the Shapley values",
                    List.of("rank", "feature", "mean |phi|", "mean phi"),
                    rows))));
  }

  private Section swarm(String of, int output, Output one) {
    List<ShapleySwarm.Lane> lanes = new ArrayList<>();
    for (Importance top : one.features().subList(0, Math.min(LANES, one.features().size()))) {
      int feature = shard.features().indexOf(top.feature());
      lanes.add(
          new ShapleySwarm.Lane(
              top.feature(), sample.phi(output, feature), sample.values(feature)));
    }
    return Section.of(
        "How it moves single predictions" + of,
        new Block.Picture(
            ShapleySwarm.svg(lanes),
            shown()
                + ". Right of the line the feature raised the prediction, left of it lowered it."));
  }

  private String shown() {
    return sample.rows() == summary.rows()
        ? "Each dot is one of all " + count(sample.rows()) + " rows"
        : "Each dot is one of "
            + count(sample.rows())
            + " rows, chosen out of "
            + count(summary.rows())
            + " by a hash of the row number";
  }

  private static Section groups(String of, Output output) {
    List<String> header = new ArrayList<>(List.of("group", "rows"));
    List<Importance> top =
        output.features().subList(0, Math.min(GROUP_FEATURES, output.features().size()));
    top.forEach(one -> header.add(one.feature()));
    List<List<String>> rows = new ArrayList<>();
    for (Group group : output.groups()) {
      List<String> row = new ArrayList<>(List.of(group.name(), count(group.rows())));
      for (Importance one : top) {
        row.add(
            group.features().stream()
                .filter(f -> f.feature().equals(one.feature()))
                .map(f -> number(f.meanAbs()))
                .findFirst()
                .orElse("–"));
      }
      rows.add(row);
    }
    return Section.of(
        "Does it differ between groups of people?" + of,
        new Block.Paragraph(
            "The same averages within each group. A feature that weighs much more for one group"
                + " deserves a question: does it mean the same there?"),
        new Block.Grid("Mean |phi| by group", header, rows));
  }

  private Section reading() {
    List<String> bullets = new ArrayList<>();
    bullets.add(unknown());
    bullets.add(
        "A Shapley value explains the model, not the patient: it says what moved this prediction,"
            + " not what causes the outcome, and not what to change.");
    summary
        .leftOut()
        .forEach(attribute ->
            bullets.add(
                "'" + attribute + "' has too many values to group by; give a banded column."));
    if (unseen > 0) {
      bullets.add(
          unseen + " values were categories the model never saw; they were read as missing.");
    }
    return Section.of("How to read this", new Block.Bullets(bullets));
  }

  /// What "not known" means here.
  private String unknown() {
    if (shard.background().isPresent()) {
      long rows = shard.background().get().rows();
      return "Interventional: where a feature is taken as unknown, "
          + (rows == 1
              ? "the value of one background row stands in its place"
              : "the values of all " + count(rows) + " background rows stand in its place")
          + ", as if features were independent. The base value is their mean prediction, and a"
          + " value says how the feature sets a row apart from them.";
    }
    return shard.mode().equals("path-dependent")
        ? "Path-dependent: where a feature is taken as unknown, the model's own training rows say"
            + " how its splits would have gone. Correlated features share their credit."
        : "Linear closed form: where a feature is taken as unknown, its training mean stands in"
            + " its place, as if features were independent.";
  }

  private static String count(long n) {
    return String.format(java.util.Locale.ROOT, "%,d", n);
  }

  /// Four significant digits, as people read them.
  private static String number(double value) {
    if (value == 0) {
      return "0";
    }
    double magnitude = Math.abs(value);
    String form = magnitude >= 1e-4 && magnitude < 1e6 ? "%.4f" : "%.3e";
    return String.format(java.util.Locale.ROOT, form, value);
  }
}
