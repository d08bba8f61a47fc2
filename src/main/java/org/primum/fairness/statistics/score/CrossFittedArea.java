package org.primum.fairness.statistics.score;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// The area under the ROC curve of rows that were scored by models which had not seen them: each
/// row by the one that was fit without its fold.
///
/// Scores of different models are not comparable, so only pairs of the same fold are compared: the
/// share of those in which the positive scores above the negative, ties counting half. Models that
/// learned nothing get one half on average, where pooling all scores gets less.
///
/// The variance is DeLong's of each fold, the spread of a row's place pooled over the folds; where
/// rows come in clusters, of the sums of each cluster. LeDell, Petersen, van der Laan 2015,
/// *Computationally efficient confidence intervals for cross-validated area under the ROC curve
/// estimates*, Electronic Journal of Statistics 9:1583-1607,
/// [doi:10.1214/15-EJS1035](https://doi.org/10.1214/15-EJS1035); Obuchowski 1997, *Nonparametric
/// analysis of clustered ROC curve data*, Biometrics 53:567-578,
/// [doi:10.2307/2533958](https://doi.org/10.2307/2533958).
///
/// Where there is little to learn, what a fold teaches the others and what they teach it are nearly
/// the same number, counted twice: the variance is twice as large then (simulated: 2.0 to 2.3 times
/// where nothing can be learned). It is doubled always, so that it is never too small; there is no
/// unbiased estimate of it: Bengio, Grandvalet 2004, Journal of Machine Learning Research
/// 5:1089-1105.
public final class CrossFittedArea {

  private static final double LEARNED_FROM_EACH_OTHER = 2;

  /// Scores that differ by less are the same but for rounding.
  private static final double SAME = 1e6;

  private final Item[] items;
  private final Map<Integer, Fold> folds = new HashMap<>();
  private double pairs;

  /// Rows that are alike.
  ///
  /// @param fold they were held out of
  /// @param unit the cluster they belong to
  /// @param score of the model that did not see the fold
  /// @param positives how many of them are positive
  /// @param negatives how many are not
  public record Item(int fold, int unit, double score, double positives, double negatives) {
    private double place() {
      return Math.rint(score * SAME);
    }
  }

  private static final class Fold {
    private double positives;
    private double negatives;
    private double concordant;

    private double pairs() {
      return positives * negatives;
    }

    private double area() {
      return concordant / pairs();
    }
  }

  private CrossFittedArea(Item[] items) {
    this.items = items;
  }

  /// The area and how well it is known; empty where fewer than two rows of a class for each fold
  /// can be compared.
  ///
  /// @param clustered whether rows of a unit tell less than as many independent ones
  public static Optional<AreaEstimate> of(Item[] items, boolean clustered) {
    Item[] sorted = items.clone();
    Arrays.sort(
        sorted,
        (a, b) ->
            a.fold() != b.fold()
                ? Integer.compare(a.fold(), b.fold())
                : Double.compare(a.place(), b.place()));
    return new CrossFittedArea(sorted).estimate(clustered);
  }

  private Optional<AreaEstimate> estimate(boolean clustered) {
    for (Item item : items) {
      Fold fold = folds.computeIfAbsent(item.fold(), _ -> new Fold());
      fold.positives += item.positives();
      fold.negatives += item.negatives();
    }
    folds.values().removeIf(fold -> !(fold.pairs() > 0));
    double positives = sum(fold -> fold.positives);
    double negatives = sum(fold -> fold.negatives);
    if (folds.isEmpty() || Math.min(positives, negatives) < 2.0 * folds.size()) {
      return Optional.empty();
    }
    pairs = sum(Fold::pairs);
    double[][] below = below();
    double area = sum(fold -> fold.concordant) / pairs;
    double rows = rowVariance(below, positives, negatives);
    double units = clustered ? unitVariance(below) : rows;
    double part = units > rows && rows > 0 ? rows / units : 1;
    double variance = Math.max(rows, units) * (folds.size() > 1 ? LEARNED_FROM_EACH_OTHER : 1);
    return Optional.of(new AreaEstimate(area, variance, positives * part, negatives * part));
  }

  private interface OfFold {
    double of(Fold fold);
  }

  private double sum(OfFold number) {
    return folds.keySet().stream()
        .sorted()
        .mapToDouble(fold -> number.of(folds.getOrDefault(fold, new Fold())))
        .sum();
  }

  /// For each item, the share of its fold's negatives below it and of its positives above it, ties
  /// counting half.
  private double[][] below() {
    double[][] places = new double[items.length][2];
    int from = 0;
    double positives = 0;
    double negatives = 0;
    while (from < items.length) {
      int fold = items[from].fold();
      int to = from;
      double tiedPositives = 0;
      double tiedNegatives = 0;
      while (to < items.length
          && items[to].fold() == fold
          && items[to].place() == items[from].place()) {
        tiedPositives += items[to].positives();
        tiedNegatives += items[to].negatives();
        to++;
      }
      Fold of = folds.get(fold);
      if (of != null) {
        for (int i = from; i < to; i++) {
          places[i][0] = (negatives + tiedNegatives / 2) / of.negatives;
          places[i][1] = 1 - (positives + tiedPositives / 2) / of.positives;
        }
        of.concordant += tiedPositives * (negatives + tiedNegatives / 2);
      }
      boolean last = to == items.length || items[to].fold() != fold;
      positives = last ? 0 : positives + tiedPositives;
      negatives = last ? 0 : negatives + tiedNegatives;
      from = to;
    }
    return places;
  }

  private double rowVariance(double[][] places, double positives, double negatives) {
    double ofPositives = 0;
    double ofNegatives = 0;
    for (int i = 0; i < items.length; i++) {
      Fold fold = folds.get(items[i].fold());
      if (fold != null) {
        ofPositives += items[i].positives() * square(places[i][0] - fold.area());
        ofNegatives += items[i].negatives() * square(places[i][1] - fold.area());
      }
    }
    double spreadPositives = ofPositives / (positives - folds.size());
    double spreadNegatives = ofNegatives / (negatives - folds.size());
    return sum(fold ->
        square(fold.pairs() / pairs)
            * (spreadPositives / fold.positives + spreadNegatives / fold.negatives));
  }

  private double unitVariance(double[][] places) {
    int count = IntStream.range(0, items.length).map(i -> items[i].unit()).max().orElse(0) + 1;
    double[] sums = new double[count];
    for (int i = 0; i < items.length; i++) {
      Fold fold = folds.get(items[i].fold());
      if (fold != null) {
        double ofPositive = (places[i][0] - fold.area()) / fold.positives;
        double ofNegative = (places[i][1] - fold.area()) / fold.negatives;
        sums[items[i].unit()] +=
            (items[i].positives() * ofPositive + items[i].negatives() * ofNegative)
                * (fold.pairs() / pairs);
      }
    }
    double squares = Arrays.stream(sums).map(CrossFittedArea::square).sum();
    return count > 1 ? squares * count / (count - 1) : squares;
  }

  private static double square(double number) {
    return number * number;
  }
}
