package org.primum.fairness.statistics;

import org.primum.gate.Interval.Bounds;

/// Confidence intervals for one proportion and for two independent ones, in closed form.
///
/// All take weighted and clustered proportions too, with [EffectiveRows] in place of the number of
/// rows: an approximation. Written here because Commons Math 3.6.1 throws at k = 0 and k = n or
/// misses the exact ends by an ulp.
public final class ProportionIntervals {

  private ProportionIntervals() {}

  /// The two-sided standard normal quantile: `z` with P(|Z| > z) = alpha.
  ///
  /// @param alpha in (0, 1)
  public static double quantile(double alpha) {
    return Normal.twoSidedQuantile(alpha);
  }

  /// Wilson's score interval of a proportion, within [0, 1]; exactly 0 below where nothing
  /// happened, exactly 1 above where it always did.
  ///
  /// It holds the truth 95 % of the time on average over rates. At single rates less: from 30 rows
  /// on at least 91.5 % between 3 % and 97 %, and 84 % where hardly an event is expected (0.18 of
  /// them). docs/statistics.md has the table; where every rate counts, [ClopperPearson].
  ///
  /// Wilson 1927, *Probable inference, the law of succession, and statistical inference*, JASA 22,
  /// [doi:10.1080/01621459.1927.10502953](https://doi.org/10.1080/01621459.1927.10502953).
  ///
  /// @param p defined
  /// @param z normal quantile, at least 0
  public static Bounds wilson(Proportion p, double z) {
    double n = p.effectiveRows();
    double value = p.value();
    double z2 = z * z;
    double center = (value + z2 / (2 * n)) / (1 + z2 / n);
    double half = z / (1 + z2 / n) * Math.sqrt(value * (1 - value) / n + z2 / (4 * n * n));
    double low = p.events() == 0 ? 0 : Math.max(0, center - half);
    double high = p.events() == p.total() ? 1 : Math.min(1, center + half);
    return new Bounds(low, high);
  }

  /// Wilson's interval with its skewness taken out, within [0, 1]: the rates that Gart and Nam's
  /// corrected score does not refuse. 0 below where nothing happened, 1 above where it always did.
  ///
  /// Wilson's two ends together miss as rarely as they should, each by itself does not: near 1 its
  /// upper end falls short of the truth twice as often as half of alpha says at 30 to 500 rows and
  /// the levels of a family of fourteen, and ten times as often in a family of a thousand, because
  /// counts near 0 and n are skewed. Claims of harm are about one end, and this one keeps its half:
  /// docs/statistics.md.
  ///
  /// Laud 2017, *Equal-tailed confidence intervals for comparison of rates*, Pharmaceutical
  /// Statistics 16:334-348, [doi:10.1002/pst.1813](https://doi.org/10.1002/pst.1813), for one rate;
  /// the correction is of Gart, Nam 1990, *Approximate interval estimation of the difference in
  /// binomial parameters*, Biometrics 46:637-643. Where the correction takes more than what was
  /// seen, the end is 0 or 1.
  ///
  /// @param p defined
  /// @param z normal quantile, at least 0
  public static Bounds skewnessCorrected(Proportion p, double z) {
    double n = p.effectiveRows();
    double value = p.value();
    double skew = (z * z - 1) / (6 * n);
    double scale = 1 - 2 * skew;
    double a = scale * scale + z * z / n;
    double b = scale * (value - skew) + z * z / (2 * n);
    double c = (value - skew) * (value - skew);
    double root = Math.sqrt(Math.max(0, b * b - a * c));
    boolean none = p.events() == 0 || value <= skew || scale <= 0;
    boolean all = p.events() == p.total() || 1 - value <= skew || scale <= 0;
    double low = none ? 0 : Math.clamp((b - root) / a, 0, value);
    double high = all ? 1 : Math.clamp((b + root) / a, value, 1);
    return new Bounds(low, high);
  }

  /// Newcombe's hybrid score interval of `p1 - p2`, within [-1, 1].
  ///
  /// It holds the truth 95.4 % of the time on average; below 93 % only where one rate is near 0 and
  /// the other near 1 in small groups, at least 90.2 %: docs/statistics.md. The same as
  /// [Mover#difference] of two Wilson intervals.
  ///
  /// Newcombe 1998, *Interval estimation for the difference between independent proportions*,
  /// Statistics in Medicine 17:873-890, method 10,
  /// [doi](https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I).
  ///
  /// @param z normal quantile, at least 0
  public static Bounds newcombe(Proportion p1, Proportion p2, double z) {
    Bounds first = wilson(p1, z);
    Bounds second = wilson(p2, z);
    double v1 = p1.value();
    double v2 = p2.value();
    double below = Math.hypot(v1 - first.low(), second.high() - v2);
    double above = Math.hypot(first.high() - v1, v2 - second.low());
    return new Bounds(Math.max(-1, v1 - v2 - below), Math.min(1, v1 - v2 + above));
  }

  /// The log interval of `p1 / p2` after Katz, within [0, infinity].
  ///
  /// Where one proportion is 0 the logarithm has no variance: then half an event and half a row are
  /// added to both sides (Walter 1975, Biometrika 62:371-374), the end that is a limit is exact (0
  /// below for `p1` = 0, infinity above for `p2` = 0), and 0/0 says nothing: [0, infinity].
  ///
  /// Where both rates are near 1 it holds the truth as rarely as 78 % of the time (30 rows);
  /// [Mover#ratio] of two Wilson intervals never less than 93 %: docs/statistics.md.
  ///
  /// Katz, Baptista, Azen, Pike 1978, *Obtaining confidence intervals for the risk ratio in cohort
  /// studies*, Biometrics 34:469-474, [doi:10.2307/2530610](https://doi.org/10.2307/2530610).
  ///
  /// @param z normal quantile, at least 0
  public static Bounds katz(Proportion p1, Proportion p2, double z) {
    return katz(p1, p2, z, 0);
  }

  /// The same of two proportions that vary together, as those of the same patients do.
  ///
  /// @param correlation of the two, in [-1, 1]
  public static Bounds katz(Proportion p1, Proportion p2, double z, double correlation) {
    if (p1.events() > 0 && p2.events() > 0) {
      return logRatio(p1, p2, 0, z, correlation);
    }
    Bounds adjusted = logRatio(p1, p2, 0.5, z, 0);
    double low = p1.events() == 0 ? 0 : adjusted.low();
    double high = p2.events() == 0 ? Double.POSITIVE_INFINITY : adjusted.high();
    return new Bounds(low, high);
  }

  private static Bounds logRatio(
      Proportion p1, Proportion p2, double add, double z, double correlation) {
    double n1 = p1.effectiveRows() + add;
    double n2 = p2.effectiveRows() + add;
    double x1 = p1.value() * p1.effectiveRows() + add;
    double x2 = p2.value() * p2.effectiveRows() + add;
    double log = Math.log(x1 / n1) - Math.log(x2 / n2);
    double v1 = Math.max(0, 1 / x1 - 1 / n1);
    double v2 = Math.max(0, 1 / x2 - 1 / n2);
    double half = z * Math.sqrt(Math.max(0, v1 + v2 - 2 * correlation * Math.sqrt(v1 * v2)));
    return new Bounds(Math.exp(log - half), Math.exp(log + half));
  }

  /// Fisher's exact one-sided p-value that the first proportion is the larger, where the second has
  /// no event at all: the probability that all events fall into the first, given all margins. In
  /// (0, 1]; 1 where there is no event. Weighted and clustered rows count by their effective
  /// number, and the events among them are rounded down.
  ///
  /// Fisher 1935, *The logic of inductive inference*, JRSS 98:39-82,
  /// [doi:10.2307/2342435](https://doi.org/10.2307/2342435).
  ///
  /// @param p2 without events
  public static double fisherNoneInSecond(Proportion p1, Proportion p2) {
    if (p2.eventRows() > 0) {
      throw new IllegalArgumentException("the second proportion has events");
    }
    double rows = p1.effectiveRows();
    double all = rows + p2.effectiveRows();
    double events = Math.floor(p1.value() * rows + ROUNDING);
    double probability = 1;
    for (int i = 0; i < events && probability > 0; i++) {
      probability *= (rows - i) / (all - i);
    }
    return probability;
  }

  private static final double ROUNDING = 1e-9;
}
