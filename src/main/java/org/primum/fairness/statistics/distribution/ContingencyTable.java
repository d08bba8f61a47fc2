package org.primum.fairness.statistics.distribution;

import java.util.Arrays;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.primum.fairness.statistics.Normal;
import org.primum.gate.Interval.Bounds;
import org.primum.random.CounterRandom;
import org.primum.random.Draws;

/// Counts by two categories, groups by outcomes for example: whether and how strongly one depends
/// on the other. Rows and columns without a count do not exist for it.
///
/// Weighted counts have no chi-square distribution: give it each group's rate times Kish's
/// effective rows, which holds approximately.
public final class ContingencyTable {

  private final double[][] counts;
  private final double[] rows;
  private final double[] columns;
  private final double total;

  /// @param counts by row, then column; each at least 0; rows of the same length, above 0 in all
  public ContingencyTable(double[][] counts) {
    double[][] full = withoutEmpty(transposed(withoutEmpty(transposed(counts))));
    this.counts = full;
    rows = Arrays.stream(full).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
    columns =
        Arrays.stream(transposed(full)).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
    total = Arrays.stream(rows).sum();
    boolean negative = Arrays.stream(full).flatMapToDouble(Arrays::stream).anyMatch(c -> !(c >= 0));
    if (negative || !(total > 0 && Double.isFinite(total))) {
      throw new IllegalArgumentException("counts are not negative and not all 0");
    }
  }

  private static double[][] transposed(double[][] counts) {
    int width = counts.length == 0 ? 0 : counts[0].length;
    double[][] turned = new double[width][counts.length];
    for (int i = 0; i < counts.length; i++) {
      if (counts[i].length != width) {
        throw new IllegalArgumentException("rows of different lengths");
      }
      for (int j = 0; j < width; j++) {
        turned[j][i] = counts[i][j];
      }
    }
    return turned;
  }

  private static double[][] withoutEmpty(double[][] counts) {
    return Arrays.stream(counts)
        .filter(row -> Arrays.stream(row).anyMatch(count -> count != 0))
        .toArray(double[][]::new);
  }

  /// Rows less one times columns less one; 0 where there is nothing to compare.
  public int degreesOfFreedom() {
    return (rows.length - 1) * (columns.length - 1);
  }

  /// The smallest count that independence would lead one to expect. Below 5 the p-values by
  /// chi-square are not to be trusted: use [#permutationP].
  public double smallestExpected() {
    return Arrays.stream(rows).min().orElse(0) * Arrays.stream(columns).min().orElse(0) / total;
  }

  /// Pearson's chi-square without correction, at least 0; 0 where there is nothing to compare.
  ///
  /// Pearson 1900, Philosophical Magazine 50:157-175,
  /// [doi](https://doi.org/10.1080/14786440009463897).
  public double chiSquare() {
    return chiSquare(counts);
  }

  private double chiSquare(double[][] of) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        double expected = rows[i] / total * columns[j];
        double off = of[i][j] - expected;
        sum += off * off / expected;
      }
    }
    return sum;
  }

  /// p-value of [#chiSquare], in [0, 1]; 1 where there is nothing to compare.
  public double chiSquareP() {
    return upperTail(chiSquare());
  }

  /// The likelihood ratio statistic G: `2 total` times [#mutualInformation].
  ///
  /// Wilks 1938, Annals of Mathematical Statistics 9:60-62,
  /// [doi](https://doi.org/10.1214/aoms/1177732360).
  public double likelihoodRatio() {
    return 2 * total * mutualInformation();
  }

  /// p-value of [#likelihoodRatio], in [0, 1]; 1 where there is nothing to compare.
  public double likelihoodRatioP() {
    return upperTail(likelihoodRatio());
  }

  private double upperTail(double statistic) {
    return degreesOfFreedom() == 0
        ? 1
        : 1 - new ChiSquaredDistribution(null, degreesOfFreedom()).cumulativeProbability(statistic);
  }

  /// p-value of independence given both margins, for tables too thin for chi-square: the share of
  /// `draws` random tables with the same margins whose chi-square is at least the observed one, the
  /// observed one counted in. In [1 / (draws + 1), 1]; the same for the same seed.
  ///
  /// Davison, Hinkley 1997, *Bootstrap Methods and their Application*, section 4.2.
  ///
  /// @param draws how many tables, above 0; the p-value's own standard error is at most 1 / (2
  ///   sqrt(draws))
  /// @throws IllegalStateException where counts are not whole
  public double permutationP(long seed, int draws) {
    if (draws <= 0) {
      throw new IllegalArgumentException(draws + " draws");
    }
    requireWhole();
    double observed = chiSquare() * (1 - 1e-12);
    CounterRandom random = new CounterRandom(seed, "permutation");
    double[][] drawn = new double[rows.length][columns.length];
    int asLarge = 1;
    for (int i = 0; i < draws; i++) {
      random.at(i);
      redraw(random, drawn);
      asLarge += chiSquare(drawn) >= observed ? 1 : 0;
    }
    return asLarge / (draws + 1.0);
  }

  /// [#permutationP], stopped as soon as the answer is plain: after the `enough`-th table that is
  /// as far from independence as the observed one, the p-value is `enough` over the tables drawn.
  /// So a large p-value costs a few tables and a small one all of them; its relative standard error
  /// is at most about 1 / sqrt(enough) where it stopped.
  ///
  /// Besag, Clifford 1991, *Sequential Monte Carlo p-values*, Biometrika 78:301-304,
  /// [doi:10.1093/biomet/78.2.301](https://doi.org/10.1093/biomet/78.2.301).
  ///
  /// @param draws how many tables at most, above 0
  /// @param enough above 0
  /// @throws IllegalStateException where counts are not whole
  public double sequentialP(long seed, int draws, int enough) {
    if (draws <= 0 || enough <= 0) {
      throw new IllegalArgumentException(draws + " draws, stopped at " + enough);
    }
    requireWhole();
    double observed = chiSquare() * (1 - 1e-12);
    CounterRandom random = new CounterRandom(seed, "permutation");
    double[][] drawn = new double[rows.length][columns.length];
    int asLarge = 0;
    for (int i = 0; i < draws; i++) {
      random.at(i);
      redraw(random, drawn);
      asLarge += chiSquare(drawn) >= observed ? 1 : 0;
      if (asLarge == enough) {
        return enough / (i + 1.0);
      }
    }
    return (asLarge + 1) / (draws + 1.0);
  }

  private void requireWhole() {
    for (double[] row : counts) {
      if (Arrays.stream(row).anyMatch(count -> count != Math.rint(count))) {
        throw new IllegalStateException("weighted counts cannot be permuted");
      }
    }
  }

  /// Deals what each column holds to the rows, one row after the other.
  private void redraw(CounterRandom random, double[][] drawn) {
    double[] left = columns.clone();
    for (int i = 0; i < rows.length; i++) {
      double wanted = rows[i];
      double remaining = Arrays.stream(left).sum();
      for (int j = 0; j < columns.length; j++) {
        remaining -= left[j];
        double dealt = Draws.hypergeometric(random, left[j], remaining, wanted);
        drawn[i][j] = dealt;
        left[j] -= dealt;
        wanted -= dealt;
      }
    }
  }

  /// Cramér's V, in [0, 1]: 0 for independence, 1 where one category determines the other. Biased
  /// upwards in small samples. 0 where there is nothing to compare.
  ///
  /// Cramér 1946, *Mathematical Methods of Statistics*, section 21.9.
  public double cramersV() {
    int smaller = Math.min(rows.length, columns.length) - 1;
    return smaller == 0 ? 0 : Math.min(1, Math.sqrt(chiSquare() / (total * smaller)));
  }

  /// Mutual information in nats, at least 0: what knowing one category tells about the other.
  /// Biased upwards by about [#degreesOfFreedom] / (2 rows), Miller 1955.
  ///
  /// Shannon 1948, Bell System Technical Journal 27:379-423,
  /// [doi](https://doi.org/10.1002/j.1538-7305.1948.tb01338.x).
  public double mutualInformation() {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        double count = counts[i][j];
        sum += count == 0 ? 0 : count * Math.log(count / rows[i] * (total / columns[j]));
      }
    }
    return Math.max(0, sum / total);
  }

  /// The interval of [#cramersV]: it holds the value, and reaches 0 where the data does not speak
  /// against independence, however many categories there are.
  ///
  /// The root of chi-square is about normal around the root of its noncentrality plus the degrees
  /// of freedom less one, with a spread of 1 near independence and the one the delta method gives
  /// farther away; the larger of the two is taken. Bishop, Fienberg, Holland 1975, *Discrete
  /// Multivariate Analysis*, sections 11.3 and 14.6; Smithson 2003, *Confidence Intervals*, chapter
  /// 5, for limits by noncentrality.
  ///
  /// @param alpha in (0, 1)
  /// @param effective as many independent rows know as much, above 0
  public Bounds cramersVInterval(double alpha, double effective) {
    double smaller = effective * (Math.min(rows.length, columns.length) - 1.0);
    if (degreesOfFreedom() == 0) {
      return new Bounds(0, 0);
    }
    double phi = chiSquare() / total;
    Bounds noncentrality =
        noncentrality(phi * effective, phi > 0 ? spreadOfPhi() / (4 * phi) : 0, alpha);
    return new Bounds(
        Math.min(cramersV(), Math.sqrt(noncentrality.low() / smaller)),
        Math.min(1, Math.sqrt(noncentrality.high() / smaller)));
  }

  /// The interval of [#mutualInformation], by the same reasoning from the likelihood ratio
  /// statistic, Wilks 1938.
  ///
  /// @param alpha in (0, 1)
  /// @param effective as many independent rows know as much, above 0
  public Bounds mutualInformationInterval(double alpha, double effective) {
    double value = mutualInformation();
    if (degreesOfFreedom() == 0) {
      return new Bounds(0, 0);
    }
    Bounds noncentrality =
        noncentrality(
            2 * value * effective, value > 0 ? spreadOfInformation() / (2 * value) : 0, alpha);
    return new Bounds(
        Math.min(value, noncentrality.low() / (2 * effective)),
        Math.max(value, noncentrality.high() / (2 * effective)));
  }

  private Bounds noncentrality(double statistic, double spread, double alpha) {
    double reach = Normal.twoSidedQuantile(alpha) * Math.sqrt(Math.max(1, spread));
    double root = Math.sqrt(statistic);
    double low = Math.max(0, root - reach);
    double high = root + reach;
    return new Bounds(Math.max(0, low * low - (degreesOfFreedom() - 1.0)), high * high);
  }

  /// The variance of chi-square over the number of rows, times that number: of what one row more in
  /// a cell changes.
  private double spreadOfPhi() {
    double[] byRow = new double[rows.length];
    double[] byColumn = new double[columns.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        double share = counts[i][j] / rows[i] * (counts[i][j] / columns[j]);
        byRow[i] += share * total / rows[i];
        byColumn[j] += share * total / columns[j];
      }
    }
    double spread = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        double change = 2 * counts[i][j] / rows[i] * (total / columns[j]) - byRow[i] - byColumn[j];
        spread += counts[i][j] / total * change * change;
      }
    }
    return spread;
  }

  private double spreadOfInformation() {
    double value = mutualInformation();
    double spread = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        double count = counts[i][j];
        double change = count == 0 ? 0 : Math.log(count / rows[i] * (total / columns[j])) - value;
        spread += count / total * change * change;
      }
    }
    return spread;
  }
}
