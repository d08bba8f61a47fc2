package org.primum.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.model.FeatureMatrix;
import org.primum.model.TreeEnsemble;

/// 2,000 seeded rows of 8 features with one value in ten missing. XGBoost 3.0.4 trains on them in
/// the test and predicts; the same model read from its saved bytes must predict the same.
final class XgboostPredictionTest {

  private static final int ROWS = 2000;
  private static final int COLUMNS = 8;

  /// The probability takes `expf` of the C library, which is not always correctly rounded; half a
  /// unit in the last place of `1 + exp` is at most 6e-8 of the probability.
  @ParameterizedTest
  @ValueSource(strings = {"json", "ubj"})
  void marginsAreXgboostsToTheBitAndProbabilitiesToTheLastPlace(String format) throws Exception {
    float[] data = data(1);
    DMatrix matrix = matrix(data, binaryLabels(data));
    Booster booster = train(matrix, Map.of("objective", "binary:logistic", "max_depth", 6), 60);
    TreeEnsemble model = reread(booster, format);

    assertThat(model.margins32(wide(data))).containsExactly(flat(booster.predict(matrix, true)));
    assertThat(model.score(wide(data)))
        .containsExactly(doubles(flat(booster.predict(matrix))), within(6e-8));
  }

  @Test
  void multiClassMarginsAreXgboostsToTheBit() throws Exception {
    float[] data = data(2);
    float[] labels = binaryLabels(data);
    for (int row = 0; row < ROWS; row += 3) {
      labels[row] = 2;
    }
    DMatrix matrix = matrix(data, labels);
    var parameters = Map.<String, Object>of("objective", "multi:softprob", "num_class", 3);
    Booster booster = train(matrix, parameters, 15);

    assertThat(reread(booster, "ubj").margins32(wide(data)))
        .containsExactly(flat(booster.predict(matrix, true)));
  }

  /// XGBoost adds a dropped tree as `(tree + base - base) * weight`, which rounds once more than
  /// `tree * weight`: not to the bit, but to the last digits of float32.
  @Test
  void dartMarginsAreXgboostsToFloat32Rounding() throws Exception {
    float[] data = data(3);
    DMatrix matrix = matrix(data, binaryLabels(data));
    var parameters =
        Map.<String, Object>of(
            "objective", "binary:logistic", "booster", "dart", "rate_drop", 0.4, "seed", 5);
    Booster booster = train(matrix, parameters, 25);

    assertThat(doubles(reread(booster, "json").margins32(wide(data))))
        .containsExactly(doubles(flat(booster.predict(matrix, true))), within(2e-6));
  }

  private static Booster train(DMatrix matrix, Map<String, Object> parameters, int rounds)
      throws XGBoostError {
    var all = new HashMap<String, Object>(parameters);
    all.put("nthread", 1);
    all.put("tree_method", "hist");
    return XGBoost.train(matrix, all, rounds, Map.of(), null, null);
  }

  private static TreeEnsemble reread(Booster booster, String format) throws XGBoostError {
    byte[] bytes = booster.toByteArray(format);
    return format.equals("json")
        ? XgboostReader.readJson(bytes, "model", Optional.empty())
        : XgboostReader.readUbj(bytes, "model", Optional.empty());
  }

  private static DMatrix matrix(float[] data, float[] labels) throws XGBoostError {
    var matrix = new DMatrix(data, ROWS, COLUMNS, Float.NaN);
    matrix.setLabel(labels);
    return matrix;
  }

  private static float[] data(long seed) {
    var random = new Random(seed);
    var data = new float[ROWS * COLUMNS];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextInt(10) == 0 ? Float.NaN : (float) random.nextGaussian();
    }
    return data;
  }

  private static float[] binaryLabels(float[] data) {
    var labels = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      float first = data[row * COLUMNS];
      float second = data[row * COLUMNS + 1];
      labels[row] = first * second > 0.2 || data[row * COLUMNS + 2] > 1 ? 1 : 0;
    }
    return labels;
  }

  private static FeatureMatrix wide(float[] data) {
    return new FeatureMatrix(doubles(data), ROWS, COLUMNS);
  }

  private static double[] doubles(float[] values) {
    var wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static float[] flat(float[][] rows) {
    var flat = new float[rows.length * rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, flat, row * rows[0].length, rows[0].length);
    }
    return flat;
  }
}
