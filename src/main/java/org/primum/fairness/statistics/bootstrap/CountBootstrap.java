package org.primum.fairness.statistics.bootstrap;

import java.util.function.ToDoubleFunction;
import org.primum.random.CounterRandom;

/// The bootstrap of everything that is a function of cell counts. Redrawing rows changes nothing
/// but the counts of their cells, so the counts are redrawn instead: the same law, at a cost that
/// does not depend on how many rows there are.
///
/// Groups are redrawn independently, each with its own size, as strata. The draws of a group are a
/// pure function of the seed, its key and the replicate.
///
/// Efron, Tibshirani 1993, *An Introduction to the Bootstrap*, chapters 6 and 8; weighted cells:
/// Poisson multiplicities, Chamandy et al. 2012, *Estimating uncertainty for massive data streams*,
/// Google research report 43157.
///
/// @param seed any number; the same seed gives the same draws
/// @param replicates how many times, above 0
public record CountBootstrap(long seed, int replicates) {

  public CountBootstrap {
    if (replicates <= 0) {
      throw new IllegalArgumentException(replicates + " replicates");
    }
  }

  /// What sees the cells of one replicate; the array is used again for the next.
  @FunctionalInterface
  public interface Replicate {
    void see(int replicate, double[] cells);
  }

  /// Shows the cells of every replicate of one group, in order.
  ///
  /// @param key what names the group, the same in every run
  public void each(String key, Cells cells, Replicate replicate) {
    CounterRandom random = new CounterRandom(seed, key);
    double[] drawn = new double[cells.size()];
    for (int i = 0; i < replicates; i++) {
      random.at(i);
      cells.draw(random, drawn);
      replicate.see(i, drawn);
    }
  }

  /// One statistic of one group, in every replicate.
  ///
  /// @param statistic of the cells; NaN where a replicate leaves it undefined
  public Replicates of(String key, Cells cells, ToDoubleFunction<double[]> statistic) {
    double[] values = new double[replicates];
    each(key, cells, (i, drawn) -> values[i] = statistic.applyAsDouble(drawn));
    return new Replicates(values);
  }
}
