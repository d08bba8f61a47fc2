package org.primum.fairness.metric;

import java.util.function.DoubleUnaryOperator;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.Mean;
import org.primum.fairness.statistics.score.PrecisionRecall;
import org.primum.fairness.statistics.score.RocCurve;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.Outcome;
import org.primum.fairness.tally.Sums;
import org.primum.gate.Interval.Bounds;

/// Numbers of the score itself: how well it ranks, and how far it is from what happened.
final class ScoreMetrics {

  /// As the tally keeps scores away from 0 and 1 in the logarithmic loss.
  private static final double CHANCE = Math.ulp(1.0);

  private ScoreMetrics() {}

  static Estimate estimate(Metric metric, ScoredRows rows) {
    return switch (metric) {
      case AUROC, GINI -> area(metric, rows);
      case AUPRC -> averagePrecision(rows);
      case BRIER -> brier(rows);
      case LOG_LOSS -> logLoss(rows);
      case MEAN_SCORE -> meanScore(rows);
      default -> throw new IllegalStateException(metric.id() + " is not of the score");
    };
  }

  private static Estimate area(Metric metric, ScoredRows rows) {
    Support support = Support.of(rows.positivePart(), rows.negativePart());
    if (rows.positiveWeight() == 0 || rows.negativeWeight() == 0) {
      return Values.undefined(metric, support);
    }
    RocCurve curve = curve(rows);
    if (metric == Metric.AUROC) {
      return Values.of(metric, curve.area(), support, curve::interval);
    }
    return Values.of(
        metric,
        curve.gini(),
        support,
        alpha -> {
          Bounds area = curve.interval(alpha);
          return new Bounds(2 * area.low() - 1, 2 * area.high() - 1);
        });
  }

  /// @param rows with positives and negatives
  static RocCurve curve(ScoredRows rows) {
    return RocCurve.weighted(
        rows.positives(), rows.negatives(), rows.effectivePositives(), rows.effectiveNegatives());
  }

  private static Estimate averagePrecision(ScoredRows rows) {
    Support support = Support.of(rows.positivePart());
    if (rows.positiveWeight() == 0) {
      return Values.undefined(Metric.AUPRC, support);
    }
    PrecisionRecall curve =
        PrecisionRecall.weighted(
            rows.positives(),
            rows.negatives(),
            rows.effectivePositives(),
            rows.effectiveNegatives());
    return Values.of(Metric.AUPRC, curve.averagePrecision(), support, curve::interval);
  }

  private static Estimate brier(ScoredRows rows) {
    if (rows.labeledWeight() == 0) {
      return Values.undefined(Metric.BRIER, rows.labeledSupport());
    }
    return Values.mean(
        Metric.BRIER,
        squaredErrors(rows) / rows.labeledWeight(),
        spread(rows, s -> (1 - s) * (1 - s), s -> s * s),
        rows.labeledSupport());
  }

  /// The exact sum of weight times (score - label)^2.
  static double squaredErrors(ScoredRows rows) {
    double scores = rows.group().counts().over(Counts.POSITIVES).score().toDouble();
    double squares = rows.labeledSums().squaredScore().toDouble();
    return Math.max(0, squares - 2 * scores + rows.positiveWeight());
  }

  private static Estimate logLoss(ScoredRows rows) {
    if (rows.labeledWeight() == 0) {
      return Values.undefined(Metric.LOG_LOSS, rows.labeledSupport());
    }
    return Values.mean(
        Metric.LOG_LOSS,
        rows.labeledSums().logLoss().toDouble() / rows.labeledWeight(),
        spread(rows, ScoreMetrics::surprise, s -> surprise(1 - s)),
        rows.labeledSupport());
  }

  private static double surprise(double chance) {
    return -Math.log(Math.clamp(chance, CHANCE, 1 - CHANCE));
  }

  /// The mean loss with its spread, from the scores at their positions.
  private static Mean spread(
      ScoredRows rows, DoubleUnaryOperator ofPositive, DoubleUnaryOperator ofNegative) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < rows.size(); i++) {
      double positive = ofPositive.applyAsDouble(rows.value(i));
      double negative = ofNegative.applyAsDouble(rows.value(i));
      sum += rows.positives()[i] * positive + rows.negatives()[i] * negative;
      squares +=
          rows.positives()[i] * positive * positive + rows.negatives()[i] * negative * negative;
    }
    return new Mean(rows.labeledWeight(), sum, squares, rows.effectiveLabeled());
  }

  private static Estimate meanScore(ScoredRows rows) {
    long scored = rows.labeled() + rows.rows(Outcome.MISSING);
    double effective = rows.effective(Counts.ALL, scored);
    Support support = Support.of(new Support.Part(Support.Kind.PATIENTS, scored, effective));
    double weight = rows.labeledWeight();
    for (double unlabeled : rows.group().scores().weights(Outcome.MISSING)) {
      weight += unlabeled;
    }
    if (weight == 0) {
      return Values.undefined(Metric.MEAN_SCORE, support);
    }
    Sums all = rows.group().counts().over(Counts.ALL);
    Mean mean = new Mean(weight, all.score().toDouble(), all.squaredScore().toDouble(), effective);
    return Values.mean(Metric.MEAN_SCORE, mean, support);
  }
}
