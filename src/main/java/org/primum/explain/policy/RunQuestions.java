package org.primum.explain.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.primum.explain.drift.DriftNumber;
import org.primum.explain.drift.ShapleyDrift;
import org.primum.gate.Comparison;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Status;

/// What a rule asks of the run as a whole, and of how the order of features has changed.
///
/// @param alpha level of all intervals of the rule together
record RunQuestions(ExplanationRule rule, Explained explained, double alpha) {

  static final String NO_BASELINE =
      "no baseline was given; name an earlier summary.json with --baseline";

  List<Question> all() {
    return switch (rule.metric()) {
      case ROWS ->
          List.of(question("overall", new Measure.Known(rows()), "the number of explained rows"));
      case COVERAGE ->
          List.of(question("overall", coverage(), "the part of the predictions that is explained"));
      case ADDITIVITY ->
          List.of(
              question(
                  "overall",
                  new Measure.Known(explained.summary().additivityMax()),
                  "the largest additivity error"));
      case NDCG -> drift("nDCG against the baseline", ShapleyDrift::ndcg);
      case KENDALL -> drift("Kendall's tau-b against the baseline", ShapleyDrift::kendall);
      case OVERLAP -> drift("the share of the same leading features", ShapleyDrift::overlap);
      case RANK, SHARE, MEAN_ABS, WASSERSTEIN, PSI, DIFFERENCE, RATIO, KS ->
          throw new IllegalStateException(rule.metric() + " is of features");
    };
  }

  private Measure coverage() {
    return explained
        .coverage()
        .<Measure>map(coverage -> new Measure.Known(coverage.share()))
        .orElse(new Measure.Unknown("no predictions were given; name their table with --expected"));
  }

  private long rows() {
    return explained.summary().rows();
  }

  private interface Value {
    DriftNumber of(ShapleyDrift drift);
  }

  private List<Question> drift(String subject, Value value) {
    List<Question> questions = new ArrayList<>();
    for (int output = 0; output < explained.outputs(); output++) {
      String everyone = explained.everyone(output);
      if (explained.drift().isEmpty()) {
        questions.add(question(everyone, new Measure.Unknown(NO_BASELINE), subject));
      } else {
        DriftNumber number = value.of(explained.drift().get(output));
        Interval interval = number.interval(alpha / explained.outputs());
        questions.add(question(everyone, number.value(), interval, subject));
      }
    }
    return questions;
  }

  private Question question(String group, Measure value, String subject) {
    return question(group, value, new Interval.None(), subject);
  }

  private Question question(String group, Measure value, Interval interval, String subject) {
    Measurement measurement =
        new Measurement(
            rule.metric().wireName(),
            group,
            new Comparison.Alone(),
            value,
            interval,
            OptionalLong.of(rows()));
    return new Question(measurement, Status.INCONCLUSIVE, subject);
  }
}
