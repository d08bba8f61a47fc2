package org.primum.explain.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.primum.explain.FeatureProfile;
import org.primum.gate.Measure;

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
    Measure ndcg, Measure kendall, int top, Measure overlap, List<FeatureDrift> features) {

  private static final String NO_FEATURES = "the model has no features";

  /// How one feature's Shapley values have changed.
  ///
  /// @param wasserstein how far they have to be moved on average, in the unit of the margin
  /// @param stabilityIndex the population stability index, at least 0
  public record FeatureDrift(String feature, double wasserstein, double stabilityIndex) {}

  public ShapleyDrift {
    features = List.copyOf(features);
  }

  /// @param baseline the features in the model's order
  /// @param now the same features in the same order
  /// @param top at least 1; all features where there are fewer
  public static ShapleyDrift of(List<FeatureProfile> baseline, List<FeatureProfile> now, int top) {
    int compared = Math.min(top, now.size());
    return new ShapleyDrift(
        ndcg(baseline, now),
        kendall(baseline, now),
        compared,
        overlap(baseline, now, compared),
        features(baseline, now));
  }

  /// The features with the largest distance first.
  public List<FeatureDrift> byDistance() {
    List<FeatureDrift> sorted = new ArrayList<>(features);
    sorted.sort(Comparator.comparingDouble(FeatureDrift::wasserstein).reversed());
    return sorted;
  }

  /// With the mean magnitudes of the baseline as gains, the discounted sum in today's order over
  /// that in the baseline's, as Amazon SageMaker defines it: [feature attribution
  /// drift](https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-feature-attribution-drift.html).
  private static Measure ndcg(List<FeatureProfile> baseline, List<FeatureProfile> now) {
    double best = discounted(baseline, order(baseline));
    return Measure.ratio(
        Math.min(best, discounted(baseline, order(now))), best, "no feature mattered before");
  }

  private static double discounted(List<FeatureProfile> gains, List<Integer> order) {
    double sum = 0;
    for (int i = 0; i < order.size(); i++) {
      sum += gains.get(order.get(i)).meanAbs() * Math.log(2) / Math.log(i + 2.0);
    }
    return sum;
  }

  /// The most important first; ties in the model's order.
  private static List<Integer> order(List<FeatureProfile> features) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble((Integer i) -> features.get(i).meanAbs()).reversed());
    return order;
  }

  /// Kendall 1945, [The treatment of ties in ranking
  /// problems](https://doi.org/10.1093/biomet/33.3.239).
  private static Measure kendall(List<FeatureProfile> baseline, List<FeatureProfile> now) {
    long concordant = 0;
    long pairs = 0;
    long untiedBefore = 0;
    long untiedNow = 0;
    for (int i = 0; i < now.size(); i++) {
      for (int j = 0; j < i; j++) {
        int before = Double.compare(baseline.get(i).meanAbs(), baseline.get(j).meanAbs());
        int today = Double.compare(now.get(i).meanAbs(), now.get(j).meanAbs());
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

  private static Measure overlap(List<FeatureProfile> baseline, List<FeatureProfile> now, int top) {
    Set<Integer> both = new HashSet<>(order(baseline).subList(0, top));
    both.retainAll(order(now).subList(0, top));
    return Measure.ratio(both.size(), top, NO_FEATURES);
  }

  private static List<FeatureDrift> features(
      List<FeatureProfile> baseline, List<FeatureProfile> now) {
    List<FeatureDrift> drift = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      var before = baseline.get(i).values();
      var today = now.get(i).values();
      drift.add(
          new FeatureDrift(
              now.get(i).feature(),
              ProfileDistance.wasserstein(before, today),
              ProfileDistance.stabilityIndex(before, today)));
    }
    return drift;
  }
}
