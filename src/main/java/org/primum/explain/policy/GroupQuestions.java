package org.primum.explain.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.primum.explain.summary.MeanEstimate;
import org.primum.explain.summary.ShapleyContrast;
import org.primum.explain.summary.ShapleySummary.Group;
import org.primum.gate.Comparison;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Status;

/// What a rule asks of groups, each against everyone else.
///
/// @param alpha level of all intervals of the rule together
record GroupQuestions(ExplanationRule rule, Explained explained, double alpha) {

  private static final String REST = "rest";

  List<Question> all() {
    List<String> attributes = rule.over().isEmpty() ? explained.attributes() : rule.over();
    List<Question> questions = new ArrayList<>();
    for (String attribute : attributes) {
      if (explained.attributes().contains(attribute)
          && !explained.summary().leftOut().contains(attribute)) {
        questions.addAll(of(attribute));
      } else {
        questions.add(open(attribute, ungrouped(attribute)));
      }
    }
    if (attributes.isEmpty()) {
      questions.add(open("overall", "rows are not grouped; give --sensitive or --cohorts"));
    }
    return questions;
  }

  private String ungrouped(String attribute) {
    return explained.attributes().contains(attribute)
        ? "it has too many values to group by; give a banded column"
        : "rows are not grouped by it; give it with --sensitive or --cohorts";
  }

  private List<Question> of(String attribute) {
    List<Question> questions = new ArrayList<>();
    for (String group : explained.summary().suppressed()) {
      if (group.startsWith(attribute + "=")) {
        questions.add(open(group, "it has too few rows to be told of, or would tell of so few"));
      }
    }
    long family = contrasts().size();
    for (int output = 0; output < explained.outputs(); output++) {
      for (Group group : explained.summary().outputs().get(output).groups()) {
        if (group.name().startsWith(attribute + "=")) {
          questions.addAll(of(explained.group(output, group.name()), group, family));
        }
      }
    }
    return questions;
  }

  /// Everything the rule looks at.
  private List<ShapleyContrast> contrasts() {
    return explained.summary().outputs().stream()
        .flatMap(output -> output.groups().stream())
        .flatMap(group -> group.contrasts().stream())
        .filter(contrast -> isAsked(contrast.feature()))
        .toList();
  }

  private boolean isAsked(String feature) {
    return rule.features().isEmpty() || rule.features().contains(feature);
  }

  private List<Question> of(String name, Group group, long family) {
    List<Question> questions = new ArrayList<>();
    if (group.contrasts().isEmpty()) {
      questions.add(open(name, "there is nobody else to compare with"));
    }
    for (ShapleyContrast contrast : group.contrasts()) {
      if (isAsked(contrast.feature())) {
        questions.add(question(name, contrast, alpha / family));
      }
    }
    for (String feature : rule.features()) {
      if (group.features().stream().noneMatch(f -> f.feature().equals(feature))) {
        questions.add(absent(name, feature));
      }
    }
    return questions;
  }

  private Question question(String group, ShapleyContrast contrast, double level) {
    double quantile = MeanEstimate.quantile(contrast.fewest(), level);
    String of = " of '" + contrast.feature() + "' in " + group + " ";
    return switch (rule.metric()) {
      case DIFFERENCE ->
          question(
              group,
              contrast,
              new Comparison.With("vs_rest", REST),
              new Measure.Known(contrast.difference()),
              contrast.differenceInterval(quantile),
              "mean |phi|" + of + "less that of everyone else");
      case RATIO ->
          question(
              group,
              contrast,
              new Comparison.With("ratio", REST),
              Measure.ratio(
                  contrast.group().mean(), contrast.rest().mean(), "it moves nobody else"),
              contrast.ratioInterval(quantile),
              "mean |phi|" + of + "over that of everyone else");
      case KS ->
          question(
              group,
              contrast,
              new Comparison.With("distance", REST),
              new Measure.Known(contrast.distance().least()),
              contrast.distanceInterval(level),
              "the distance (KS) of the values" + of + "from everyone else's");
      case RANK,
          SHARE,
          MEAN_ABS,
          ROWS,
          COVERAGE,
          ADDITIVITY,
          NDCG,
          KENDALL,
          OVERLAP,
          WASSERSTEIN,
          PSI ->
          throw new IllegalStateException(rule.metric() + " is not of groups");
    };
  }

  private Question question(
      String group,
      ShapleyContrast contrast,
      Comparison comparison,
      Measure value,
      Interval interval,
      String subject) {
    Measurement measurement =
        new Measurement(
            rule.metric().wireName() + "." + contrast.feature(),
            group,
            comparison,
            value,
            interval,
            OptionalLong.of(contrast.group().rows()));
    return new Question(measurement, Status.INCONCLUSIVE, subject);
  }

  private Question open(String group, String why) {
    return without(rule.metric().wireName(), group, why, Status.INCONCLUSIVE);
  }

  private Question absent(String group, String feature) {
    boolean accepted = rule.absent() == ExplanationRule.Absent.PASS;
    return without(
        rule.metric().wireName() + "." + feature,
        group,
        accepted
            ? "the model does not read '" + feature + "', which the rule accepts"
            : "the model does not read '"
                + feature
                + "'; correct the name, or say absent: pass in the rule",
        accepted ? Status.PASS : Status.INCONCLUSIVE);
  }

  private static Question without(String metric, String group, String why, Status status) {
    Measurement measurement =
        new Measurement(
            metric,
            group,
            new Comparison.Alone(),
            new Measure.Unknown(why),
            new Interval.None(),
            OptionalLong.empty());
    return new Question(measurement, status, "how " + group + " differs");
  }
}
