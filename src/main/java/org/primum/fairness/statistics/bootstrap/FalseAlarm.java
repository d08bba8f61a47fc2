package org.primum.fairness.statistics.bootstrap;

import java.util.function.Predicate;
import org.primum.random.CounterRandom;
import org.primum.random.Draws;

/// How often chance alone puts groups that are all alike outside of a limit: the false-alarm rate
/// of a decision that looks at values and not at their uncertainty.
///
/// @param share of the samples that fail, in [0, 1]
/// @param draws how many samples were drawn
public record FalseAlarm(double share, int draws) {

  private static final int USUAL_DRAWS = 10_000;

  /// Binomial numbers that are drawn at most; many groups get fewer samples.
  private static final int MOST_NUMBERS = 500_000;

  private static final double Z = 1.96;

  /// Draws the rates of all groups from one and the same rate, again and again.
  ///
  /// @param rows the denominator of each group, above 0
  /// @param rate of everyone, in [0, 1]
  /// @param seed the same seed draws the same samples
  /// @param key what is drawn for: every key has a stream of its own
  /// @param fails whether the rates of a sample are outside of the limit; the array is used again
  public static FalseAlarm of(
      double[] rows, double rate, long seed, String key, Predicate<double[]> fails) {
    int draws = Math.clamp(MOST_NUMBERS / Math.max(1, rows.length), 1, USUAL_DRAWS);
    CounterRandom random = new CounterRandom(seed, key);
    double[] rates = new double[rows.length];
    int failed = 0;
    for (int draw = 0; draw < draws; draw++) {
      random.at(draw);
      for (int group = 0; group < rows.length; group++) {
        rates[group] = Draws.binomial(random, rows[group], rate) / rows[group];
      }
      failed += fails.test(rates) ? 1 : 0;
    }
    return new FalseAlarm((double) failed / draws, draws);
  }

  /// Half the length of the 95 % interval of the share.
  public double error() {
    return Z * Math.sqrt(share * (1 - share) / draws);
  }
}
