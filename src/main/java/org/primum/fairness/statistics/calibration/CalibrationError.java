package org.primum.fairness.statistics.calibration;

import java.util.List;
import org.primum.fairness.statistics.Normal;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.ProportionIntervals;
import org.primum.fairness.statistics.bootstrap.CountBootstrap;
import org.primum.fairness.statistics.bootstrap.Replicates;
import org.primum.gate.Interval;
import org.primum.gate.Interval.Bounds;
import org.primum.random.CounterRandom;
import org.primum.random.Draws;

/// How far events and predictions are apart, bin by bin, on average (expected calibration error,
/// ECE) and at worst (maximum calibration error, MCE). Both in [0, 1], best 0.
///
/// Both are biased upwards: a gap of a perfectly calibrated bin is chance alone and still counts as
/// positive. A bin of n rows and rate p adds about 0.8 sqrt(p (1 - p) / n) times its share, so
/// fewer rows and more bins make an ECE larger. [#bias] says how much of it that is, [#debiased]
/// takes it off. They also depend on the bins; compare only what was binned alike.
///
/// Naeini, Cooper, Hauskrecht 2015, *Obtaining well calibrated probabilities using Bayesian
/// binning*, AAAI, equation 3.
public final class CalibrationError {

  private final List<CalibrationBin> bins;
  private final double total;
  private final double unit;

  private CalibrationError(List<CalibrationBin> bins, double total, double unit) {
    this.bins = bins;
    this.total = total;
    this.unit = unit;
  }

  /// The errors of a table under a binning.
  public static CalibrationError of(CalibrationTable table, Binning binning) {
    double total = table.total();
    return new CalibrationError(
        List.copyOf(binning.of(table)), total, total / table.effectiveRows());
  }

  /// The bins that have rows, ascending.
  public List<CalibrationBin> bins() {
    return bins;
  }

  /// The mean over rows of the gap of their bin.
  public double expected() {
    double sum = 0;
    for (CalibrationBin bin : bins) {
      sum += bin.total() * Math.abs(bin.gap());
    }
    return sum / total;
  }

  /// The largest gap of any bin; that of the bin with the fewest rows more often than not.
  public double maximum() {
    return bins.stream().mapToDouble(bin -> Math.abs(bin.gap())).max().orElse(0);
  }

  /// How much of [#expected] chance adds, at least 0: the mean of the error less the error, were
  /// each bin's rate normal around what was observed.
  ///
  /// Kumar, Liang, Ma 2019, *Verified uncertainty calibration*, NeurIPS, section 5 and appendix for
  /// the absolute error, [arXiv:1909.10155](https://arxiv.org/abs/1909.10155), with the mean of the
  /// absolute normal in closed form, and with half an event and half a non-event added to each
  /// bin's variance so that a bin without events has one.
  public double bias() {
    double sum = 0;
    for (CalibrationBin bin : bins) {
      double gap = Math.abs(bin.gap());
      sum += bin.total() * (meanAbsolute(gap, error(bin)) - gap);
    }
    return Math.max(0, sum / total);
  }

  /// The mean of [#expected] were the predictions right: what chance adds at most.
  public double byChance() {
    double sum = 0;
    for (CalibrationBin bin : bins) {
      sum += bin.total() * meanAbsolute(0, error(bin));
    }
    return sum / total;
  }

  /// Standard error of the rate of a bin.
  private double error(CalibrationBin bin) {
    double rows = bin.total() / unit;
    double rate = smoothed(bin);
    return Math.sqrt(rate * (1 - rate) / rows);
  }

  private double smoothed(CalibrationBin bin) {
    double rows = bin.total() / unit;
    return (bin.rate() * rows + 0.5) / (rows + 1);
  }

  /// [#expected] less [#bias], at least 0. It takes off all that chance adds where gaps are large,
  /// and 41 % of it (sqrt 2 - 1) where the predictions are right, because the gap that the bias is
  /// taken at is itself an overestimate. [#squared] has no such rest.
  public double debiased() {
    return Math.max(0, expected() - bias());
  }

  /// The mean over rows of the squared gap of their bin, without bias: the sampling variance of
  /// each bin's rate is taken off. Below 0 about as often as above where the predictions are right;
  /// its root is a calibration error in the unit of [#expected]. A bin with one row or less says
  /// nothing and counts 0.
  ///
  /// Bröcker 2012, *Estimating reliability and resolution of probability forecasts through
  /// decomposition of the empirical score*, Climate Dynamics 39:655-667,
  /// [doi:10.1007/s00382-011-1191-1](https://doi.org/10.1007/s00382-011-1191-1); Kumar, Liang, Ma
  /// 2019, definition 5.1.
  public double squared() {
    double sum = 0;
    for (CalibrationBin bin : bins) {
      double rows = bin.total() / unit;
      double chance = bin.rate() * (1 - bin.rate()) / (rows - 1);
      sum += rows > 1 ? bin.total() * (bin.gap() * bin.gap() - chance) : 0;
    }
    return sum / total;
  }

  /// E|N(mean, error^2)|.
  private static double meanAbsolute(double mean, double error) {
    double at = mean / error;
    return 2 * error * Normal.density(at) + mean * (1 - 2 * Normal.above(at));
  }

  /// The interval of the calibration error of these bins, within [0, 1]: the spread of the error
  /// when the events of each bin are redrawn. The lower end takes off all that chance can add, so
  /// that right predictions are not called wrong; the upper end takes nothing off. It is meant to
  /// be cautious on both sides, and holds [#debiased].
  ///
  /// @param alpha in (0, 1)
  /// @param key what names the group, the same in every run
  public Interval interval(double alpha, CountBootstrap bootstrap, String key) {
    Replicates replicates = replicates(bootstrap, key);
    double center = expected() - replicates.mean();
    return switch (replicates.interval(alpha)) {
      case Bounds(double low, double high) ->
          new Bounds(
              Math.clamp(center + low - byChance(), 0, debiased()),
              Math.clamp(center + high, debiased(), 1));
      case Interval.None none -> none;
    };
  }

  private Replicates replicates(CountBootstrap bootstrap, String key) {
    CounterRandom random = new CounterRandom(bootstrap.seed(), key);
    double[] values = new double[bootstrap.replicates()];
    for (int i = 0; i < values.length; i++) {
      random.at(i);
      for (CalibrationBin bin : bins) {
        values[i] += bin.total() / total * Math.abs(bin.gap() + deviation(bin, random));
      }
    }
    return new Replicates(values);
  }

  private double deviation(CalibrationBin bin, CounterRandom random) {
    double rows = Math.max(1, Math.rint(bin.total() / unit));
    double rate = smoothed(bin);
    return Draws.binomial(random, rows, rate) / rows - rate;
  }

  /// Wilson's interval of a bin's rate.
  ///
  /// @param index of the bin
  /// @param alpha in (0, 1)
  public Bounds rateInterval(int index, double alpha) {
    Proportion p = bins.get(index).proportion(unit);
    return ProportionIntervals.wilson(p, Normal.twoSidedQuantile(alpha));
  }
}
