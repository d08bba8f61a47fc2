package org.primum.step.explanation;

import java.util.ArrayList;
import java.util.List;
import org.primum.document.ShapleyShard;
import org.primum.explain.drift.ShapleyDrift;
import org.primum.explain.summary.RankRange;
import org.primum.explain.summary.SamplingTally;
import org.primum.explain.summary.ShapleySummary;
import org.primum.explain.summary.ShapleySummary.Group;
import org.primum.explain.summary.ShapleySummary.Importance;
import org.primum.explain.summary.ShapleySummary.Output;
import org.primum.gate.Interval;
import org.primum.model.UnseenCategories;
import org.primum.report.Report.Block;
import org.primum.report.Report.Section;

/// The sections of the report on explanations: pictures, tables, and how to read them.
///
/// @param unseen categories the model does not know
record ShapSections(
    ShapleyShard shard, ShapOutcome outcome, ShapPictures.Dots dots, UnseenCategories unseen) {

  private static final int GROUP_FEATURES = 6;

  private ShapleySummary summary() {
    return outcome.summary();
  }

  List<Section> all() {
    List<Section> sections = new ArrayList<>();
    for (int output = 0; output < summary().outputs().size() && summary().rows() > 0; output++) {
      Output one = summary().outputs().get(output);
      String of = summary().outputs().size() == 1 ? "" : " (class " + output + ")";
      sections.add(importance(of, one));
      sections.addAll(new ShapRowSections(pictures(), of, output).all());
      if (!one.groups().isEmpty()) {
        sections.add(groups(of, one));
      }
      if (!outcome.drift().isEmpty()) {
        int place = output;
        ShapleyDrift drift = outcome.drift().get(output);
        outcome
            .baseline()
            .ifPresent(earlier -> {
              String ranks = ShapPictures.ranks(earlier.outputs().get(place), one.profile());
              sections.add(ShapDriftWords.section(of, drift, earlier, shard, ranks));
            });
      }
    }
    sections.addAll(InteractionSections.of(pictures()));
    sections.add(reading());
    return sections;
  }

  private ShapPictures pictures() {
    return new ShapPictures(shard, summary(), dots);
  }

  private Section importance(String of, Output output) {
    List<List<String>> rows = new ArrayList<>();
    for (Importance one : output.features()) {
      rows.add(
          List.of(
              Integer.toString(one.rank()),
              one.feature(),
              number(one.meanAbs()),
              words(one.spread().interval()),
              words(one.spread().ranks()),
              number(one.mean())));
    }
    return Section.of(
        "What moves the predictions" + of,
        new Block.Picture(
            pictures().bars(output),
            "How far each feature moves the prediction on average, up or down (mean |phi|, "
                + unit()
                + "). Every prediction starts from the base value "
                + number(output.baseValue())
                + "."),
        new Block.Details(
            "All listed features as numbers",
            List.of(
                new Block.Grid(
                    "Mean magnitude and mean of the Shapley values. 95 % of such intervals hold the"
                        + " mean of many rows like these; the ranks hold for all features at once.",
                    List.of("rank", "feature", "mean |phi|", "interval", "ranks", "mean phi"),
                    rows))));
  }

  private static String words(Interval interval) {
    return switch (interval) {
      case Interval.None() -> "–";
      case Interval.Bounds(double low, double high) -> number(low) + " to " + number(high);
    };
  }

  private static String words(RankRange ranks) {
    return ranks.low() == ranks.high()
        ? Integer.toString(ranks.low())
        : ranks.low() + " to " + ranks.high();
  }

  private Section groups(String of, Output output) {
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
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Paragraph(
            "The same averages within each group. A feature that weighs much more for one group"
                + " deserves a question: does it mean the same there?"));
    blocks.addAll(new ShapGroupPictures(pictures(), output).blocks());
    blocks.add(new Block.Grid("Mean |phi| by group", header, rows));
    return new Section("Does it differ between groups of people?" + of, blocks);
  }

  private Section reading() {
    List<String> bullets = new ArrayList<>();
    bullets.add(unknown());
    shard.method().sampling().ifPresent(sampling -> bullets.add(estimates(sampling)));
    bullets.add(
        "A Shapley value explains the model, not the patient: it says what moved this prediction,"
            + " not what causes the outcome, and not what to change.");
    summary()
        .leftOut()
        .forEach(attribute ->
            bullets.add(
                "'" + attribute + "' has too many values to group by; give a banded column."));
    if (!summary().suppressed().isEmpty()) {
      bullets.add(
          "Not told, because they are fewer than "
              + shard.minCohort()
              + " rows, or would tell of so few beside other groups: "
              + String.join(", ", summary().suppressed())
              + ".");
    }
    if (shard.emission().isLossy()) {
      bullets.add(
          "Of each row's values only a part was written ("
              + shard.emission().words()
              + "); averages are of all values, as they were computed.");
    }
    unseen.warnings().forEach(warning -> bullets.add("Look at this first: " + warning));
    if (unseen.total() > 0) {
      bullets.add(
          unseen.total()
              + " values were categories the model never saw; they were read as missing.");
    }
    return Section.of("How to read this", new Block.Bullets(bullets));
  }

  private String unit() {
    return switch (shard.method().space()) {
      case MARGIN -> "in log-odds for a classifier";
      case PROBABILITY -> "as a probability from 0 to 1";
    };
  }

  private String estimates(SamplingTally sampling) {
    String by = shard.method().facts().getOrDefault("primum.estimator", "sampling");
    return sampling.exactRows() == summary().rows()
        ? "The model was asked as a black box ("
            + by
            + "), for every combination of features that matters: the values are exact."
        : "The values are estimates ("
            + by
            + "), with standard errors beside them in shap.parquet, the largest "
            + number(sampling.maxError())
            + "; those of "
            + count(sampling.exactRows())
            + " rows are exact. Averages over many rows are surer than the values of one.";
  }

  /// What "not known" means here.
  private String unknown() {
    if (shard.mode().equals("correlated")) {
      return "Linear, correlated: where a feature is taken as unknown, its value is expected from the"
          + " known ones, as if all were normally distributed as the background is. A feature that"
          + " stands for another shares its credit.";
    }
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

  static String count(long n) {
    return String.format(java.util.Locale.ROOT, "%,d", n);
  }

  /// Four significant digits, as people read them.
  static String number(double value) {
    if (value == 0) {
      return "0";
    }
    double magnitude = Math.abs(value);
    String form = magnitude >= 1e-4 && magnitude < 1e6 ? "%.4f" : "%.3e";
    return String.format(java.util.Locale.ROOT, form, value);
  }
}
