package org.primum.fairness.statistics.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.Recorded;
import org.primum.fairness.statistics.Recorded.ByScore;
import org.primum.fairness.statistics.bootstrap.CountBootstrap;
import org.primum.gate.Interval.Bounds;

/// statsmodels 0.15.0 `GLM(Binomial)` on logit(score), scikit-learn 1.9.1 `calibration_curve` and
/// sums, on every group of cohort.csv (testdata/fairness/sklearn.json).
final class CalibrationTest {

  /// The recorded standard errors are those of the step before the last: statsmodels was stopped at
  /// a change of 1e-12 in the deviance, which is 1e-7 in them.
  private static final double LAST_STEP = 1e-7;

  /// statsmodels run to its end (`tol=0, maxiter=40`) on the Hispanic patients.
  @Test
  void standardErrorsEqualThoseOfAFitRunToItsEnd() {
    var line = (CalibrationLine.Fitted) CalibrationFit.line(table("Hispanic"));
    assertThat(Math.sqrt(line.interceptVariance())).isCloseTo(0.35261398071678113, within(1e-12));
    assertThat(Math.sqrt(line.slopeVariance())).isCloseTo(0.4696130938398032, within(1e-12));
  }

  @Test
  void interceptAndSlopeEqualStatsmodels() {
    int[] compared = new int[1];
    groups((name, group) -> {
      if (group.has("calibration_intercept_slope")) {
        var line = (CalibrationLine.Fitted) CalibrationFit.line(table(name));
        JsonNode values = group.get("calibration_intercept_slope");
        JsonNode errors = group.get("calibration_intercept_slope_se");
        assertThat(line.intercept()).as(name).isCloseTo(values.get(0).doubleValue(), within(1e-9));
        assertThat(line.slope()).as(name).isCloseTo(values.get(1).doubleValue(), within(1e-9));
        assertThat(Math.sqrt(line.interceptVariance()))
            .as(name)
            .isCloseTo(errors.get(0).doubleValue(), within(LAST_STEP));
        assertThat(Math.sqrt(line.slopeVariance()))
            .as(name)
            .isCloseTo(errors.get(1).doubleValue(), within(LAST_STEP));
        compared[0]++;
      }
    });
    assertThat(compared[0]).isGreaterThan(8);
  }

  @Test
  void calibrationInTheLargeEqualsStatsmodels() {
    groups((name, group) -> {
      if (group.has("calibration_in_the_large")) {
        var line = (CalibrationLine.Fitted) CalibrationFit.inTheLarge(table(name));
        double value = group.get("calibration_in_the_large").doubleValue();
        double error = group.get("calibration_in_the_large_se").doubleValue();
        assertThat(line.intercept()).as(name).isCloseTo(value, within(1e-9));
        assertThat(line.slope()).isEqualTo(1);
        assertThat(Math.sqrt(line.interceptVariance()))
            .as(name)
            .isCloseTo(error, within(LAST_STEP));
        Bounds bounds = line.interceptInterval(0.05);
        assertThat(bounds.high() - value)
            .isCloseTo(1.959963984540054 * error, within(2 * LAST_STEP));
      }
    });
  }

  @Test
  void observedOverExpectedEqualsTheRatioOfTheRecordedMeans() {
    groups((name, group) -> {
      assertThat(ObservedOverExpected.of(table(name)).value())
          .as(name)
          .isCloseTo(group.get("o_over_e").doubleValue(), within(1e-12));
      assertThat(ObservedOverExpected.of(weightedTable(name)).value())
          .as(name)
          .isCloseTo(group.get("o_over_e_weighted").doubleValue(), within(1e-12));
    });
  }

  @Test
  void binsEqualScikitLearnsUnderBothStrategies() {
    int[] compared = new int[1];
    groups((name, group) -> {
      JsonNode calibration = group.path("calibration");
      if (calibration.isObject()) {
        CalibrationTable table = table(name);
        Binning uniform = Binning.uniform(10, Binning.OnEdge.LOWER);
        assertBins(name, calibration.get("uniform"), uniform);
        Binning quantiles = Binning.quantiles(table, 10, Binning.OnEdge.LOWER);
        assertBins(name, calibration.get("quantile"), quantiles);
        double halfOpen =
            CalibrationError.of(table, Binning.uniform(10, Binning.OnEdge.UPPER)).expected();
        assertThat(halfOpen)
            .as(name)
            .isCloseTo(
                calibration.get("ece_10_half_open_lower_closed").doubleValue(), within(1e-12));
        compared[0]++;
      }
    });
    assertThat(compared[0]).isEqualTo(10);
  }

  private static void assertBins(String name, JsonNode recorded, Binning binning) {
    CalibrationError error = CalibrationError.of(table(name), binning);
    List<CalibrationBin> weighted = CalibrationError.of(weightedTable(name), binning).bins();
    assertThat(binning.edges())
        .as(name)
        .containsExactly(Recorded.numbers(recorded.get("edges")), within(1e-12));
    JsonNode bins = recorded.get("bins");
    assertThat(error.bins()).as(name).hasSize(bins.size());
    for (int i = 0; i < bins.size(); i++) {
      CalibrationBin ours = error.bins().get(i);
      JsonNode theirs = bins.get(i);
      assertThat(ours.total()).isEqualTo(theirs.get("n").doubleValue());
      assertThat(ours.events()).isEqualTo(theirs.get("sum_label").doubleValue());
      assertThat(ours.meanScore()).isCloseTo(theirs.get("mean_score").doubleValue(), within(1e-12));
      assertThat(ours.rate()).isCloseTo(theirs.get("frac_pos").doubleValue(), within(1e-12));
      CalibrationBin withWeights = weighted.get(i);
      assertThat(withWeights.total()).isCloseTo(theirs.get("w").doubleValue(), within(1e-9));
      assertThat(withWeights.meanScore())
          .isCloseTo(theirs.get("w_mean_score").doubleValue(), within(1e-12));
      assertThat(withWeights.rate())
          .isCloseTo(theirs.get("w_frac_pos").doubleValue(), within(1e-12));
    }
    assertThat(error.expected()).isCloseTo(recorded.get("ece").doubleValue(), within(1e-12));
    assertThat(error.maximum()).isCloseTo(recorded.get("mce").doubleValue(), within(1e-12));
    assertThat(CalibrationError.of(weightedTable(name), binning).expected())
        .isCloseTo(recorded.get("ece_weighted").doubleValue(), within(1e-12));
  }

  /// SciPy 1.17.1: Garwood's ends are `chi2.ppf(.025, 2k) / 2` and `chi2.ppf(.975, 2k + 2) / 2`.
  @Test
  void exactPoissonIntervalsEqualScipys() {
    assertExact(0, 0, 3.6888794541139354);
    assertExact(1, 0.025317807984289876, 5.571643390938898);
    assertExact(7, 2.8143630515198654, 14.422675361702376);
    assertExact(100, 81.36399125092314, 121.62679379242638);
  }

  private static void assertExact(long observed, double low, double high) {
    Bounds bounds =
        new ObservedOverExpected(Proportion.of(observed, 1000), 4).exactPoissonInterval(0.05);
    assertThat(bounds.low()).isCloseTo(low / 4, within(1e-9));
    assertThat(bounds.high()).isCloseTo(high / 4, within(1e-9));
  }

  /// By hand: 100 events of 80 expected, 1.25 exp(+-1.96 / 10).
  @Test
  void logPoissonIntervalByHand() {
    Bounds bounds = new ObservedOverExpected(Proportion.of(100, 900), 80).logPoissonInterval(0.05);
    assertThat(bounds.low()).isCloseTo(1.25 * Math.exp(-0.1959963984540054), within(1e-12));
    assertThat(bounds.high()).isCloseTo(1.25 * Math.exp(0.1959963984540054), within(1e-12));
    ObservedOverExpected none = new ObservedOverExpected(Proportion.of(0, 30), 4);
    assertThat(none.logPoissonInterval(0.05)).isEqualTo(none.exactPoissonInterval(0.05));
    assertThatThrownBy(() -> new ObservedOverExpected(Proportion.of(0, 5), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Wilson's interval of 0 of 20 from statsmodels ends at .1611; half of the 20 rows were
  /// expected.
  @Test
  void theIntervalShownIsWilsonsOverTheExpectedShare() {
    ObservedOverExpected none = new ObservedOverExpected(Proportion.of(0, 20), 10);
    double high = Recorded.SCIPY.at("/one_proportion/grid/12/wilson/1").doubleValue();
    assertThat(none.interval(0.05).low()).isZero();
    assertThat(none.interval(0.05).high()).isCloseTo(2 * high, within(1e-12));
    assertThat(none.value()).isZero();
  }

  @Test
  void whereThereIsNoBestLineTheReasonIsSaid() {
    double[] scores = {0.2, 0.4, 0.6};
    double[] rows = {5, 5, 5};
    assertThat(line(scores, new double[] {0, 0, 0}, rows)).contains("no positives");
    assertThat(line(scores, rows, rows)).contains("no negatives");
    assertThat(line(scores, new double[] {0, 2, 5}, rows)).contains("separate");
    assertThat(line(scores, new double[] {5, 2, 0}, rows)).contains("separate");
    assertThat(line(new double[] {0.3}, new double[] {2}, new double[] {5})).contains("the same");
    assertThat(line(new double[] {0, 0.4, 1}, new double[] {1, 2, 3}, rows)).contains("0 or 1");
    assertThat(CalibrationFit.inTheLarge(CalibrationTable.of(scores, new double[] {0, 2, 5}, rows)))
        .isInstanceOf(CalibrationLine.Fitted.class);
  }

  private static String line(double[] scores, double[] events, double[] rows) {
    return ((CalibrationLine.None) CalibrationFit.line(CalibrationTable.of(scores, events, rows)))
        .reason();
  }

  /// Scores that are true risks, in log odds a + b x: the fit gives back minus a over b and 1 over
  /// b.
  @Test
  void distortedRisksAreFoundOut() {
    double[] scores = new double[99];
    double[] events = new double[99];
    double[] rows = new double[99];
    for (int i = 0; i < 99; i++) {
      scores[i] = (i + 1) / 100.0;
      double logit = Math.log(scores[i] / (1 - scores[i]));
      rows[i] = 1000;
      events[i] = 1000 / (1 + Math.exp(-(0.5 + 0.8 * logit)));
    }
    var line =
        (CalibrationLine.Fitted) CalibrationFit.line(CalibrationTable.of(scores, events, rows));
    assertThat(line.intercept()).isCloseTo(0.5, within(1e-9));
    assertThat(line.slope()).isCloseTo(0.8, within(1e-9));
    assertThat(line.slopeInterval(0.05).low()).isLessThan(0.8);
  }

  /// Equal weights of 3 change no line, and with Kish's rows no error either.
  @Test
  void equalWeightsChangeNoLine() {
    double[] scores = {0.1, 0.3, 0.7};
    var plain =
        (CalibrationLine.Fitted)
            CalibrationFit.line(
                CalibrationTable.of(scores, new double[] {2, 5, 6}, new double[] {9, 9, 9}));
    var tripled =
        (CalibrationLine.Fitted)
            CalibrationFit.line(
                CalibrationTable.weighted(
                    scores, new double[] {6, 15, 18}, new double[] {27, 27, 27}, 27));
    assertThat(tripled.slope()).isCloseTo(plain.slope(), within(1e-12));
    assertThat(tripled.slopeVariance()).isCloseTo(plain.slopeVariance(), within(1e-12));
    assertThat(tripled.covariance()).isCloseTo(plain.covariance(), within(1e-12));
  }

  /// Right predictions: ten bins of 50 rows at their true rates, so the plain error is chance
  /// alone: sqrt(2 / pi) sqrt(p (1 - p) / 50), .0450 on average over the bins. Of it 2 - sqrt 2 =
  /// .586 is left when the bias is taken off (see there); the squared error is 0 on average. 2,000
  /// tables.
  @Test
  void theBiasOfTheErrorIsWhatChanceAdds() {
    var random = new java.util.Random(9);
    double plain = 0;
    double debiased = 0;
    double squared = 0;
    for (int run = 0; run < 2_000; run++) {
      CalibrationError error = CalibrationError.of(rightTable(random), DECILES);
      plain += error.expected() / 2_000;
      debiased += error.debiased() / 2_000;
      squared += error.squared() / 2_000;
    }
    assertThat(plain).isCloseTo(0.045, within(0.001));
    assertThat(debiased / plain).isCloseTo(2 - Math.sqrt(2), within(0.02));
    assertThat(squared).isCloseTo(0, within(5 * 0.0018 / Math.sqrt(2_000)));
  }

  private static final Binning DECILES = Binning.uniform(10, Binning.OnEdge.LOWER);

  private static CalibrationTable rightTable(java.util.Random random) {
    double[] scores = new double[10];
    double[] events = new double[10];
    double[] rows = new double[10];
    for (int i = 0; i < 10; i++) {
      scores[i] = 0.05 + i / 10.0;
      rows[i] = 50;
      for (int row = 0; row < 50; row++) {
        events[i] += random.nextDouble() < scores[i] ? 1 : 0;
      }
    }
    return CalibrationTable.of(scores, events, rows);
  }

  @Test
  void theIntervalOfTheErrorHoldsItAndIsTheSameForTheSameSeed() {
    CalibrationError error = CalibrationError.of(table("all"), DECILES);
    CountBootstrap bootstrap = new CountBootstrap(3, 4_000);
    Bounds bounds = (Bounds) error.interval(0.05, bootstrap, "all");
    assertThat(bounds.low()).isLessThan(error.debiased());
    assertThat(bounds.high()).isGreaterThan(error.debiased());
    assertThat(error.interval(0.05, bootstrap, "all")).isEqualTo(bounds);
    assertThat(error.rateInterval(0, 0.05).low()).isLessThanOrEqualTo(error.bins().get(0).rate());
  }

  @Test
  void whatIsNoTableIsRefused() {
    assertThatThrownBy(
            () -> CalibrationTable.of(new double[] {1.2}, new double[] {0}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> CalibrationTable.of(new double[] {0.2}, new double[] {2}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CalibrationTable.of(new double[0], new double[0], new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static CalibrationTable table(String group) {
    ByScore by = Recorded.byScore(Recorded.group(group));
    return CalibrationTable.of(by.scores, by.positives, by.rows);
  }

  private static CalibrationTable weightedTable(String group) {
    ByScore by = Recorded.byScore(Recorded.group(group));
    return CalibrationTable.weighted(by.scores, by.positiveWeights, by.weights, by.effective);
  }

  private static void groups(BiConsumer<String, JsonNode> check) {
    for (JsonNode set : Recorded.SKLEARN.get("groups")) {
      set.properties().forEach(group -> check.accept(group.getKey(), group.getValue()));
    }
  }
}
