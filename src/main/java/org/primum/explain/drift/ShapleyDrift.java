package org.primum.explain.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.primum.explain.summary.FeatureProfile;
import org.primum.explain.summary.MeanEstimate;
import org.primum.gate.Measure;
import org.primum.random.CounterRandom;

/// How the explanations of one margin have changed since a baseline: the order of the features, and
/// the values of each.
///
/// @param ndcg normalized discounted cumulative gain of today's order at the baseline's mean
///   magnitudes, in [0, 1], 1 for the same order
/// @param kendall Kendall's tau-b of the mean magnitudes, in [-1, 1], 1 for the same order
/// @param top how many features the overlap compares
/// @param overlap share of the baseline's `top` features that are among today's, in [0, 1]
/// @param features in the model's order
public record ShapleyDrift(
    DriftNumber ndcg,
    DriftNumber kendall,
    int top,
    DriftNumber overlap,
    List<FeatureDrift> features) {

  private static final String NO_FEATURES = "the model has no features";

  /// How often chance is asked: often enough for quantiles of one in a hundred, and for models of
  /// many features no more often than that takes.
  private static final int DRAWS = 499;

  private static final int MANY = 100;

  /// How one feature's Shapley values have changed.
  ///
  /// @param wasserstein how far they have to be moved on average, in the unit of the margin
  /// @param stabilityIndex the population stability index, at least 0
  public record FeatureDrift(String feature, DriftNumber wasserstein, DriftNumber stabilityIndex) {}

  public ShapleyDrift {
    features = List.copyOf(features);
  }

  /// @param baseline the features in the model's order
  /// @param now the same features in the same order, as finely as they are known
  /// @param top at least 1; all features where there are fewer
  /// @param seed of what chance draws: the same for the same two runs and margin
  public static ShapleyDrift of(
      List<FeatureProfile> baseline, List<FeatureProfile> now, int top, String seed) {
    List<MeanEstimate> before = baseline.stream().map(FeatureProfile::magnitude).toList();
    List<MeanEstimate> today = now.stream().map(FeatureProfile::magnitude).toList();
    int compared = Math.min(top, now.size());
    int draws = now.size() <= MANY ? DRAWS : ChanceDraws.LEAST;
    OrderRange range = new OrderRange(before, today);
    return new ShapleyDrift(
        new DiscountedGain(before, today).number(draws, new CounterRandom(0, seed + " order")),
        DriftNumber.of(kendall(before, today), range::kendall),
        compared,
        DriftNumber.of(overlap(before, today, compared), alpha -> range.overlap(compared, alpha)),
        features(baseline, now, draws, seed));
  }

  /// The features with the largest distance first.
  public List<FeatureDrift> byDistance() {
    List<FeatureDrift> sorted = new ArrayList<>(features);
    sorted.sort(Comparator.comparingDouble(ShapleyDrift::distance).reversed());
    return sorted;
  }

  private static double distance(FeatureDrift drift) {
    return drift.wasserstein().value() instanceof Measure.Known(double value) ? value : 0;
  }

  /// Kendall 1945, [The treatment of ties in ranking
  /// problems](https://doi.org/10.1093/biomet/33.3.239).
  private static Measure kendall(List<MeanEstimate> baseline, List<MeanEstimate> now) {
    long concordant = 0;
    long pairs = 0;
    long untiedBefore = 0;
    long untiedNow = 0;
    for (int i = 0; i < now.size(); i++) {
      for (int j = 0; j < i; j++) {
        int before = Double.compare(baseline.get(i).mean(), baseline.get(j).mean());
        int today = Double.compare(now.get(i).mean(), now.get(j).mean());
        concordant += (long) Integer.signum(before) * Integer.signum(today);
        untiedBefore += before != 0 ? 1 : 0;
        untiedNow += today != 0 ? 1 : 0;
        pairs++;
      }
    }
    double scale = Math.sqrt((double) untiedBefore) * Math.sqrt((double) untiedNow);
    return pairs == 0
        ? new Measure.Unknown("an order takes two features")
        : Measure.ratio(clamp((double) concordant, scale), scale, "all features matter alike");
  }

  private static double clamp(double value, double scale) {
    return Math.clamp(value, -scale, scale);
  }

  private static Measure overlap(List<MeanEstimate> baseline, List<MeanEstimate> now, int top) {
    Set<Integer> both = leading(baseline, top);
    both.retainAll(leading(now, top));
    return Measure.ratio(both.size(), top, NO_FEATURES);
  }

  private static Set<Integer> leading(List<MeanEstimate> features, int top) {
    double[] means = features.stream().mapToDouble(MeanEstimate::mean).toArray();
    return Arrays.stream(DiscountedGain.order(means))
        .limit(top)
        .boxed()
        .collect(Collectors.toCollection(HashSet::new));
  }

  /// Each feature has random numbers of its own, so that threads change nothing.
  private static List<FeatureDrift> features(
      List<FeatureProfile> baseline, List<FeatureProfile> now, int draws, String seed) {
    return IntStream.range(0, now.size())
        .parallel()
        .mapToObj(i -> feature(baseline.get(i), now.get(i), draws, seed))
        .toList();
  }

  private static FeatureDrift feature(
      FeatureProfile baseline, FeatureProfile now, int draws, String seed) {
    String name = now.feature();
    return new FeatureDrift(
        name,
        MovedValues.of(baseline, now, draws, new CounterRandom(0, seed + " moved " + name)),
        StabilityIndex.of(baseline, now, draws, new CounterRandom(0, seed + " bins " + name)));
  }
}
