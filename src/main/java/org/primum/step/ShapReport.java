package org.primum.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.primum.document.ShapleyShard;
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
import org.primum.report.Report.Section;
import org.primum.report.TextTable;

/// What `shap-batch` and `shap-merge` tell people: verdict, metrics, pictures and tables.
///
/// @param step whose result it is
/// @param unseen values that were categories the model does not know
record ShapReport(
    String step, ShapleyShard shard, ShapleySummary summary, ShapPictures.Dots dots, long unseen) {

  static final String SUMMARY_FILE = "summary.json";

  private static final int LINES = 10;

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
          Integer.toString(one.rank()),
          one.feature(),
          ShapSections.number(one.meanAbs()),
          ShapSections.number(one.mean()));
    }
    return table.write();
  }

  private Report report(Verdict verdict) {
    List<Section> sections = new ShapSections(shard, summary, dots, unseen).all();
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
}
