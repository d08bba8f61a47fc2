package org.primum.fairness.metric;

import java.util.function.DoubleUnaryOperator;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.Mean;
import org.primum.fairness.statistics.score.PrecisionRecall;
import org.primum.fairness.statistics.score.RocCurve;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.Outcome;
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
  private static double squaredErrors(ScoredRows rows) {
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

  /// The spread of a number of the rows with a label around its mean, from the scores at their
  /// positions.
  static Mean spread(
      ScoredRows rows, DoubleUnaryOperator ofPositive, DoubleUnaryOperator ofNegative) {
    int size = rows.size();
    double[] values = new double[2 * size];
    double[] weights = new double[2 * size];
    for (int i = 0; i < size; i++) {
      values[i] = ofPositive.applyAsDouble(rows.value(i));
      weights[i] = rows.positives()[i];
      values[size + i] = ofNegative.applyAsDouble(rows.value(i));
      weights[size + i] = rows.negatives()[i];
    }
    return spread(values, weights, rows.effectiveLabeled());
  }

  /// Around the mean, so that values that are all the same have none, and not what rounding leaves.
  private static Mean spread(double[] values, double[] weights, double effective) {
    double weight = 0;
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      weight += weights[i];
      sum += weights[i] * values[i];
    }
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      double apart = values[i] - sum / weight;
      squares += weights[i] * apart * apart;
    }
    return new Mean(weight, 0, squares, effective);
  }

  private static Estimate meanScore(ScoredRows rows) {
    long scored = rows.labeled() + rows.rows(Outcome.MISSING);
    double effective = rows.effective(Counts.ALL, scored);
    Support support = Support.of(new Support.Part(Support.Kind.PATIENTS, scored, effective));
    int size = rows.size();
    double[] values = new double[size];
    double[] weights = new double[size];
    double[] unlabeled = rows.group().scores().weights(Outcome.MISSING);
    double weight = 0;
    for (int i = 0; i < size; i++) {
      values[i] = rows.value(i);
      weights[i] = rows.positives()[i] + rows.negatives()[i] + unlabeled[i];
      weight += weights[i];
    }
    if (weight == 0) {
      return Values.undefined(Metric.MEAN_SCORE, support);
    }
    double sum = rows.group().counts().over(Counts.ALL).score().toDouble();
    return Values.mean(
        Metric.MEAN_SCORE, sum / weight, spread(values, weights, effective), support);
  }
}
