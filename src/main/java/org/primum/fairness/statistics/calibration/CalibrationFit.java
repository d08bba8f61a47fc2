package org.primum.fairness.statistics.calibration;

import java.util.Optional;

/// Fits of calibration lines by maximum likelihood: logistic regression of the events on the logit
/// of the score, over distinct scores.
///
/// Cox 1958, *Two further applications of a model for binary regression*, Biometrika 45:562-565,
/// [doi:10.2307/2333203](https://doi.org/10.2307/2333203); how to read them: Van Calster et al.
/// 2019, *Calibration: the Achilles heel of predictive analytics*, BMC Medicine 17:230,
/// [doi:10.1186/s12916-019-1466-7](https://doi.org/10.1186/s12916-019-1466-7).
///
/// Where there is no best line (one class, one score, separated classes, a score of exactly 0 or 1
/// whose logit is infinite) that is the answer, with its reason.
public final class CalibrationFit {

  private static final int STEPS = 100;
  private static final double SMALL_STEP = 1e-13;
  private static final double ROUNDING = 1e-13;

  private final double[] logits;
  private final double[] events;
  private final double[] totals;
  private final double unit;

  private CalibrationFit(CalibrationTable table) {
    int size = table.size();
    logits = new double[size];
    events = new double[size];
    totals = new double[size];
    for (int i = 0; i < size; i++) {
      logits[i] = Math.log(table.score(i)) - Math.log1p(-table.score(i));
      events[i] = table.events(i);
      totals[i] = table.total(i);
    }
    unit = table.total() / table.effectiveRows();
  }

  /// Intercept and slope together.
  public static CalibrationLine line(CalibrationTable table) {
    return noIntercept(table)
        .or(() -> noSlope(table))
        .<CalibrationLine>map(CalibrationLine.None::new)
        .orElseGet(() -> new CalibrationFit(table).newton(true));
  }

  /// The intercept alone with the slope held at 1: calibration in the large.
  public static CalibrationLine inTheLarge(CalibrationTable table) {
    return noIntercept(table)
        .<CalibrationLine>map(CalibrationLine.None::new)
        .orElseGet(() -> new CalibrationFit(table).newton(false));
  }

  private static Optional<String> noIntercept(CalibrationTable table) {
    for (int i = 0; i < table.size(); i++) {
      if (table.total(i) > 0 && (table.score(i) == 0 || table.score(i) == 1)) {
        return Optional.of("a score is exactly 0 or 1, and its log odds are infinite");
      }
    }
    if (table.observed() == 0) {
      return Optional.of("no positives");
    }
    return table.observed() == table.total() ? Optional.of("no negatives") : Optional.empty();
  }

  private static Optional<String> noSlope(CalibrationTable table) {
    double firstEvent = 2;
    double lastEvent = -1;
    double firstOther = 2;
    double lastOther = -1;
    for (int i = 0; i < table.size(); i++) {
      double score = table.score(i);
      if (table.events(i) > 0) {
        firstEvent = Math.min(firstEvent, score);
        lastEvent = score;
      }
      if (table.total(i) > table.events(i)) {
        firstOther = Math.min(firstOther, score);
        lastOther = score;
      }
    }
    if (Math.max(lastEvent, lastOther) == Math.min(firstEvent, firstOther)) {
      return Optional.of("all scores are the same");
    }
    return lastOther <= firstEvent || lastEvent <= firstOther
        ? Optional.of("the scores separate positives from negatives")
        : Optional.empty();
  }

  /// Newton's method from the identity line; a step that lowers the likelihood is halved.
  private CalibrationLine newton(boolean withSlope) {
    double intercept = 0;
    double slope = 1;
    for (int step = 0; step < STEPS; step++) {
      Curvature at = curvature(intercept, slope);
      double up = at.interceptStep(withSlope);
      double tilt = withSlope ? at.slopeStep() : 0;
      double size = stepSize(intercept, slope, up, tilt);
      intercept += size * up;
      slope += size * tilt;
      if (size * (Math.abs(up) + Math.abs(tilt)) < SMALL_STEP) {
        return curvature(intercept, slope).fitted(intercept, slope, withSlope, unit);
      }
    }
    return new CalibrationLine.None("the calibration line did not converge");
  }

  /// 1, 1/2, 1/4 ...: the first that does not lower the likelihood by more than rounding.
  private double stepSize(double intercept, double slope, double up, double tilt) {
    double before = logLikelihood(intercept, slope);
    double enough = before - ROUNDING * Math.abs(before);
    double size = 1;
    while (size > SMALL_STEP
        && logLikelihood(intercept + size * up, slope + size * tilt) < enough) {
      size /= 2;
    }
    return size;
  }

  private double logLikelihood(double intercept, double slope) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      if (totals[i] > 0) {
        double eta = intercept + slope * logits[i];
        double logOnePlus = Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta)));
        sum += events[i] * eta - totals[i] * logOnePlus;
      }
    }
    return sum;
  }

  /// First and second derivatives of the log likelihood, the latter with its sign turned.
  private record Curvature(double g0, double g1, double h00, double h01, double h11) {

    double determinant() {
      return h00 * h11 - h01 * h01;
    }

    double interceptStep(boolean withSlope) {
      return withSlope ? (h11 * g0 - h01 * g1) / determinant() : g0 / h00;
    }

    double slopeStep() {
      return (h00 * g1 - h01 * g0) / determinant();
    }

    CalibrationLine fitted(double intercept, double slope, boolean withSlope, double unit) {
      if (!withSlope) {
        return new CalibrationLine.Fitted(intercept, 1, unit / h00, 0, 0);
      }
      double scale = unit / determinant();
      return new CalibrationLine.Fitted(intercept, slope, h11 * scale, -h01 * scale, h00 * scale);
    }
  }

  private Curvature curvature(double intercept, double slope) {
    double g0 = 0;
    double g1 = 0;
    double h00 = 0;
    double h01 = 0;
    double h11 = 0;
    for (int i = 0; i < logits.length; i++) {
      if (totals[i] > 0) {
        double x = logits[i];
        double p = 1 / (1 + Math.exp(-intercept - slope * x));
        double residual = events[i] - totals[i] * p;
        double weight = totals[i] * p * (1 - p);
        g0 += residual;
        g1 += residual * x;
        h00 += weight;
        h01 += weight * x;
        h11 += weight * x * x;
      }
    }
    return new Curvature(g0, g1, h00, h01, h11);
  }
}
