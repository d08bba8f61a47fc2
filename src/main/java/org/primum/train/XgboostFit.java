package org.primum.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;

/// Boosted trees by XGBoost's histogram method with the logistic loss.
///
/// It runs on one thread: with more, XGBoost adds up its histograms in as many parts as there are
/// threads, the last bits differ, and a model would have other bytes on another machine.
final class XgboostFit {

  private XgboostFit() {}

  static FittedModel.Booster fit(
      TrainingSet set, List<Feature> features, Hyperparameters hyperparameters, long seed) {
    try {
      DMatrix matrix = matrix(set, features);
      try {
        return train(matrix, hyperparameters, seed);
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost could not fit the model: " + e.getMessage(), e);
    }
  }

  private static FittedModel.Booster train(
      DMatrix matrix, Hyperparameters hyperparameters, long seed) throws XGBoostError {
    Map<String, Object> parameters = new HashMap<>(hyperparameters.values());
    parameters.remove("rounds");
    parameters.put("objective", "binary:logistic");
    parameters.put("tree_method", "hist");
    parameters.put("nthread", 1);
    parameters.put("seed", (int) (seed ^ (seed >>> 32)) & Integer.MAX_VALUE);
    parameters.put("verbosity", 0);
    int rounds = hyperparameters.whole("rounds");
    Booster booster = XGBoost.train(matrix, parameters, rounds, Map.of(), null, null);
    try {
      return new FittedModel.Booster(booster.toByteArray("json"));
    } finally {
      booster.dispose();
    }
  }

  private static DMatrix matrix(TrainingSet set, List<Feature> features) throws XGBoostError {
    FeatureMatrix values = set.features();
    DMatrix matrix = new DMatrix(floats(values), values.rows(), values.columns(), Float.NaN);
    matrix.setFeatureNames(features.stream().map(Feature::name).toArray(String[]::new));
    matrix.setFeatureTypes(features.stream().map(XgboostFit::type).toArray(String[]::new));
    float[] labels = new float[set.rows()];
    float[] weights = new float[set.rows()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = set.label(row) ? 1 : 0;
      weights[row] = (float) set.weight(row);
    }
    matrix.setLabel(labels);
    matrix.setWeight(weights);
    return matrix;
  }

  private static float[] floats(FeatureMatrix matrix) {
    double[] values = matrix.values();
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static String type(Feature feature) {
    return switch (feature.kind()) {
      case NUMERIC -> "float";
      case CATEGORICAL -> "c";
    };
  }
}
