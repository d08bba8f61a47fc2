package org.primum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;
import org.primum.model.LinearModel;

/// 4,000 rows: x standard normal, one in five missing; site N, S or W. The log-odds of the label
/// are -1 + 1.5 x (0 where x is missing) + 1 in S.
final class TrainingTest {

  private static final List<Feature> FEATURES =
      List.of(Feature.numeric("x"), Feature.categorical("site", List.of("N", "S", "W")));

  private static TrainingSet rows(int count, double weightOfPositives) {
    var random = new SplittableRandom(5);
    double[] values = new double[2 * count];
    boolean[] labels = new boolean[count];
    double[] weights = new double[count];
    for (int row = 0; row < count; row++) {
      double x = random.nextInt(5) == 0 ? Double.NaN : random.nextGaussian();
      int site = random.nextInt(3);
      double logit = -1 + (Double.isNaN(x) ? 0 : 1.5 * x) + (site == 1 ? 1 : 0);
      values[2 * row] = x;
      values[2 * row + 1] = site;
      labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-logit));
      weights[row] = labels[row] ? weightOfPositives : 1;
    }
    return new TrainingSet(new FeatureMatrix(values, count, 2), labels, weights);
  }

  private static LinearModel linear(Learner learner, TrainingSet set) {
    var fitted = Training.fit(set, FEATURES, Hyperparameters.of(learner, Map.of()), 1);
    return ((FittedModel.Linear) fitted).model();
  }

  private static byte[] booster(TrainingSet set, Map<String, String> parameters) {
    var hyperparameters = Hyperparameters.of(Learner.XGBOOST, parameters);
    return ((FittedModel.Booster) Training.fit(set, FEATURES, hyperparameters, 1)).json();
  }

  /// Standard errors with 4,000 rows are about 0.06; 0.3 is five of them.
  @Test
  void logisticRegressionFindsWhatMadeTheData() {
    double[] margins = linear(Learner.LOGISTIC_REGRESSION, rows(4000, 1)).margins(probe());
    assertThat(margins[1] - margins[0]).isCloseTo(1.5, within(0.3));
    assertThat(margins[2] - margins[0]).isCloseTo(1.0, within(0.3));
    assertThat(margins[0]).isCloseTo(-1, within(0.3));
  }

  @Test
  void stochasticGradientDescentFindsItToo() {
    double[] margins = linear(Learner.LINEAR_SGD, rows(4000, 1)).margins(probe());
    assertThat(margins[1] - margins[0]).isCloseTo(1.5, within(0.3));
    assertThat(margins[2] - margins[0]).isCloseTo(1.0, within(0.3));
  }

  /// x = 0 in N, x = 1 in N, x = 0 in S.
  private static FeatureMatrix probe() {
    return new FeatureMatrix(new double[] {0, 0, 1, 0, 0, 1}, 3, 2);
  }

  /// Positives that count e times as much raise the log-odds by 1.
  @Test
  void weightsOfPositivesRaiseTheIntercept() {
    double plain = linear(Learner.LOGISTIC_REGRESSION, rows(4000, 1)).margins(probe())[0];
    double weighted = linear(Learner.LOGISTIC_REGRESSION, rows(4000, Math.E)).margins(probe())[0];
    assertThat(weighted - plain).isCloseTo(1, within(0.25));
  }

  @Test
  void sameSeedGivesTheSameLinearModel() {
    var set = rows(1000, 1);
    assertThat(linear(Learner.LOGISTIC_REGRESSION, set))
        .isEqualTo(linear(Learner.LOGISTIC_REGRESSION, set));
    assertThat(linear(Learner.LINEAR_SGD, set)).isEqualTo(linear(Learner.LINEAR_SGD, set));
  }

  @Test
  void sameSeedGivesTheSameBoosterBytes() {
    var set = rows(4000, 1);
    var parameters = Map.of("subsample", "0.5", "colsample_bytree", "0.5", "rounds", "20");
    assertThat(booster(set, parameters)).isEqualTo(booster(set, parameters));
  }

  @Test
  void boosterBytesDoNotDependOnTheThreadThatTrains() throws Exception {
    var set = rows(4000, 1);
    byte[] alone = booster(set, Map.of("rounds", "20"));
    try (var pool = Executors.newFixedThreadPool(3)) {
      Callable<byte[]> training = () -> booster(set, Map.of("rounds", "20"));
      List<Future<byte[]>> trained =
          new ArrayList<>(pool.invokeAll(List.of(training, training, training)));
      for (Future<byte[]> bytes : trained) {
        assertThat(bytes.get()).isEqualTo(alone);
      }
    }
  }

  @Test
  void rejectsAParameterTheLearnerDoesNotTake() {
    assertThatThrownBy(() -> Hyperparameters.of(Learner.XGBOOST, Map.of("nthread", "8")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'nthread' is not one of xgboost")
        .hasMessageContaining("max_depth");
  }

  @Test
  void rejectsAParameterOutsideItsRange() {
    for (String bad : List.of("0", "3.5", "many", "NaN", "1e9")) {
      assertThatThrownBy(() -> Hyperparameters.of(Learner.XGBOOST, Map.of("max_depth", bad)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("param max_depth: a whole number from 1 to 16");
    }
  }
}
