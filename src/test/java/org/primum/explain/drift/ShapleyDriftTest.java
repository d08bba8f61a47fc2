package org.primum.explain.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.primum.explain.summary.FeatureProfile;
import org.primum.explain.summary.MeanEstimate;
import org.primum.explain.summary.ShapleyProfile;
import org.primum.gate.Measure;

/// Three features `a`, `b`, `c` that mattered 3, 2 and 1, each with ten rows.
final class ShapleyDriftTest {

  private static final List<FeatureProfile> BASELINE = features(3, 2, 1);

  @Test
  void nothingHasChangedAgainstItself() {
    ShapleyDrift drift = ShapleyDrift.of(BASELINE, BASELINE, 2, "");

    assertThat(drift.ndcg().value()).isEqualTo(new Measure.Known(1));
    assertThat(drift.kendall().value()).isEqualTo(new Measure.Known(1));
    assertThat(drift.overlap().value()).isEqualTo(new Measure.Known(1));
    assertThat(drift.features())
        .allMatch(f -> known(f.wasserstein().value()) == 0)
        .allMatch(f -> known(f.stabilityIndex().value()) < 1e-15);
  }

  /// The new order is c, b, a: DCG = 1/log2(2) + 2/log2(3) + 3/log2(4) = 1 + 1.261860 + 1.5; the
  /// best is 3 + 1.261860 + 0.5.
  @Test
  void ndcgTakesTheBaselinesMagnitudesInTodaysOrder() {
    ShapleyDrift drift = ShapleyDrift.of(BASELINE, features(1, 2, 3), 1, "");

    assertThat(known(drift.ndcg().value())).isCloseTo(3.761860 / 4.761860, within(1e-6));
    assertThat(drift.kendall().value()).isEqualTo(new Measure.Known(-1));
    assertThat(drift.overlap().value()).isEqualTo(new Measure.Known(0));
  }

  /// scipy 1.11: kendalltau([3, 2, 1], [1, 1, 0]).statistic = 0.816496580927726 (tau-b).
  @Test
  void tiesAreTiesInKendallsTau() {
    assertThat(known(ShapleyDrift.of(BASELINE, features(1, 1, 0), 3, "").kendall().value()))
        .isCloseTo(0.816496580927726, within(1e-12));
    assertThat(ShapleyDrift.of(BASELINE, features(1, 1, 1), 3, "").kendall().value())
        .isInstanceOf(Measure.Unknown.class);
  }

  /// {0: 3 rows, 1: 1 row, 3: 2 rows} and {5: 2 rows, 6: 4 rows}: means are 7/6 and 17/3, and no
  /// value is moved down, so the distance is the difference of the means.
  @Test
  void wassersteinIsHowFarValuesMove() {
    ShapleyProfile one = profile(0, 3, 1, 1, 3, 2);
    ShapleyProfile other = profile(5, 2, 6, 4);

    assertThat(MovedValues.distance(one, other)).isCloseTo(17.0 / 3 - 7.0 / 6, within(1e-12));
    assertThat(MovedValues.distance(other, one)).isCloseTo(17.0 / 3 - 7.0 / 6, within(1e-12));
  }

  /// Two bins of 5 and 5 rows against 2 and 8, half a row added to each: shares 1/2, 1/2 and
  /// 2.5/11, 8.5/11. (2.5/11 - 1/2) ln(5/11) + (8.5/11 - 1/2) ln(17/11) = 0.215033 + 0.118719.
  @Test
  void stabilityIndexIsThatOfTheBins() {
    assertThat(StabilityIndex.index(profile(0, 5, 1, 5), profile(0, 2, 1, 8)))
        .isCloseTo(
            -(0.5 - 2.5 / 11) * Math.log(5.0 / 11) + (8.5 / 11 - 0.5) * Math.log(17.0 / 11),
            within(1e-12))
        .isCloseTo(0.33375, within(1e-4));
  }

  @Test
  void aFeatureThatBeginsToMatterIsSeen() {
    assertThat(StabilityIndex.index(profile(0, 100), profile(-1, 50, 1, 50))).isGreaterThan(1);
  }

  private static double known(Measure measure) {
    return ((Measure.Known) measure).value();
  }

  private static List<FeatureProfile> features(double... meanAbs) {
    List<FeatureProfile> features = new ArrayList<>();
    for (int i = 0; i < meanAbs.length; i++) {
      features.add(
          new FeatureProfile(
              String.valueOf((char) ('a' + i)),
              new MeanEstimate(meanAbs[i], 0, 10),
              0,
              profile(-meanAbs[i], 5, meanAbs[i], 5)));
    }
    return features;
  }

  private static ShapleyProfile profile(double... valuesAndRows) {
    List<ShapleyProfile.Part> parts = new ArrayList<>();
    for (int i = 0; i < valuesAndRows.length; i += 2) {
      parts.add(new ShapleyProfile.Part(valuesAndRows[i], (long) valuesAndRows[i + 1]));
    }
    return ShapleyProfile.of(parts);
  }
}
