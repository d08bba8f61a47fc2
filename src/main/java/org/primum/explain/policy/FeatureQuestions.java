package org.primum.explain.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.primum.explain.drift.DriftNumber;
import org.primum.explain.drift.ShapleyDrift.FeatureDrift;
import org.primum.explain.summary.MeanEstimate;
import org.primum.explain.summary.RankRange;
import org.primum.explain.summary.ShapleySummary.Importance;
import org.primum.gate.Comparison;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Status;

/// What a rule asks of features.
///
/// @param alpha level of all intervals of the rule together
record FeatureQuestions(ExplanationRule rule, Explained explained, double alpha) {

  List<Question> all() {
    List<Question> questions = new ArrayList<>();
    for (int output = 0; output < explained.outputs(); output++) {
      List<Importance> features = explained.summary().outputs().get(output).features();
      for (String feature : named(features)) {
        int at = place(features, feature);
        questions.add(at < 0 ? absent(output, feature) : question(output, features, at));
      }
    }
    return questions;
  }

  private List<String> named(List<Importance> features) {
    return rule.features().isEmpty()
        ? features.stream().map(Importance::feature).toList()
        : rule.features();
  }

  private static int place(List<Importance> features, String name) {
    for (int i = 0; i < features.size(); i++) {
      if (features.get(i).feature().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private Question absent(int output, String feature) {
    boolean accepted = rule.absent() == ExplanationRule.Absent.PASS;
    String why =
        accepted
            ? "the model does not read it, which the rule accepts"
            : "the model does not read it; correct the name, or say absent: pass in the rule";
    return new Question(
        measurement(output, feature, new Measure.Unknown(why), new Interval.None()),
        accepted ? Status.PASS : Status.INCONCLUSIVE,
        subject(feature));
  }

  private Question question(int output, List<Importance> features, int at) {
    Importance one = features.get(at);
    return switch (rule.metric()) {
      case RANK -> known(output, one.feature(), one.rank(), ranks(features, at));
      case SHARE -> share(output, features, at);
      case MEAN_ABS ->
          known(
              output,
              one.feature(),
              one.meanAbs(),
              one.spread()
                  .magnitude()
                  .interval(MeanEstimate.quantile(rows(), alpha / family(features))));
      case WASSERSTEIN, PSI -> drift(output, one.feature());
      case ROWS, COVERAGE, ADDITIVITY, NDCG, KENDALL, OVERLAP, DIFFERENCE, RATIO, KS ->
          throw new IllegalStateException(rule.metric() + " is not of features alone");
    };
  }

  private long rows() {
    return explained.summary().rows();
  }

  /// How many intervals the rule looks at.
  private double family(List<Importance> features) {
    return (double) named(features).size() * explained.outputs();
  }

  private Interval ranks(List<Importance> features, int at) {
    List<MeanEstimate> means = features.stream().map(f -> f.spread().magnitude()).toList();
    RankRange range = RankRange.of(means, alpha / explained.outputs()).get(at);
    return new Interval.Bounds(range.low(), range.high());
  }

  /// The interval holds as long as those of the feature's mean magnitude and of the sum of all
  /// others do, at half the level each; the error of that sum is at most the sum of their errors,
  /// however features depend on each other.
  private Question share(int output, List<Importance> features, int at) {
    double others = 0;
    double error = 0;
    for (int i = 0; i < features.size(); i++) {
      others += i == at ? 0 : features.get(i).meanAbs();
      error += i == at ? 0 : features.get(i).spread().magnitude().standardError();
    }
    MeanEstimate own = features.get(at).spread().magnitude();
    if (own.mean() + others == 0) {
      Measure none = new Measure.Unknown("no feature moves any prediction");
      return question(output, features.get(at).feature(), none, new Interval.None());
    }
    double quantile = MeanEstimate.quantile(rows(), alpha / 2 / family(features));
    Interval interval =
        own.interval(quantile) instanceof Interval.Bounds(double low, double high)
            ? new Interval.Bounds(
                part(low, others + quantile * error),
                part(high, Math.max(0, others - quantile * error)))
            : new Interval.None();
    double share = own.mean() / (own.mean() + others);
    return known(output, features.get(at).feature(), share, interval);
  }

  private static double part(double own, double others) {
    return own == 0 ? 0 : own / (own + others);
  }

  private Question drift(int output, String feature) {
    if (explained.drift().isEmpty()) {
      Measure none = new Measure.Unknown(RunQuestions.NO_BASELINE);
      return question(output, feature, none, new Interval.None());
    }
    FeatureDrift drift =
        explained.drift().get(output).features().stream()
            .filter(d -> d.feature().equals(feature))
            .findFirst()
            .orElseThrow();
    DriftNumber number =
        rule.metric() == ExplanationMetric.PSI ? drift.stabilityIndex() : drift.wasserstein();
    double family = family(explained.summary().outputs().get(output).features());
    return question(output, feature, number.value(), number.interval(alpha / family));
  }

  private Question known(int output, String feature, double value, Interval interval) {
    return question(output, feature, new Measure.Known(value), interval);
  }

  private Question question(int output, String feature, Measure value, Interval interval) {
    return new Question(
        measurement(output, feature, value, interval), Status.INCONCLUSIVE, subject(feature));
  }

  private Measurement measurement(int output, String feature, Measure value, Interval interval) {
    return new Measurement(
        rule.metric().wireName() + "." + feature,
        explained.everyone(output),
        new Comparison.Alone(),
        value,
        interval,
        OptionalLong.of(rows()));
  }

  private String subject(String feature) {
    String of = "of '" + feature + "'";
    return switch (rule.metric()) {
      case RANK -> "the rank " + of;
      case SHARE -> "the share " + of;
      case MEAN_ABS -> "mean |phi| " + of;
      case WASSERSTEIN -> "the Wasserstein distance " + of + " from the baseline";
      case PSI -> "the population stability index " + of;
      case ROWS, COVERAGE, ADDITIVITY, NDCG, KENDALL, OVERLAP, DIFFERENCE, RATIO, KS ->
          throw new IllegalStateException(rule.metric() + " is not of features alone");
    };
  }
}
