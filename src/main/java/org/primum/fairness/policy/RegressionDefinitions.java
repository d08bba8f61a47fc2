package org.primum.fairness.policy;

import org.primum.fairness.policy.Definition.Formula;
import org.primum.fairness.policy.Definition.Scale;
import org.primum.fairness.policy.Metric.Better;
import org.primum.fairness.policy.Metric.Family;
import org.primum.fairness.policy.Metric.Method;

/// The metrics of a number as outcome.
final class RegressionDefinitions {

  static final Definition MAE =
      new Definition(
          Family.REGRESSION,
          "mae",
          "mean absolute error, in the unit of the label",
          new Formula(
              "sum |p - y| / n",
              "rows with label and prediction",
              "no rows with label and prediction"),
          Scale.fromZero(Better.LOWER),
          Method.T,
          "Agarwal, Dudik, Wu 2019");

  static final Definition RMSE =
      new Definition(
          Family.REGRESSION,
          "rmse",
          "root mean squared error, in the unit of the label",
          new Formula(
              "sqrt(sum (p - y)^2 / n)",
              "rows with label and prediction",
              "no rows with label and prediction"),
          Scale.fromZero(Better.LOWER),
          Method.DELTA,
          "Agarwal, Dudik, Wu 2019");

  static final Definition BIAS =
      new Definition(
          Family.REGRESSION,
          "bias",
          "mean error: above 0 too high",
          new Formula(
              "sum (p - y) / n",
              "rows with label and prediction",
              "no rows with label and prediction"),
          Scale.anything(Better.ZERO),
          Method.T,
          "Calders et al. 2013",
          "mean_residual");

  static final Definition R2 =
      new Definition(
          Family.REGRESSION,
          "r2",
          "share of the label's variance that is explained",
          new Formula(
              "1 - sum (p - y)^2 / sum (y - mean y)^2",
              "rows with label and prediction",
              "fewer than two labels, or all the same"),
          new Scale(Better.HIGHER, Double.NEGATIVE_INFINITY, 1),
          Method.DELTA,
          "Wright 1921");

  static final Definition MEAN_PREDICTION =
      new Definition(
          Family.REGRESSION,
          "mean_prediction",
          "mean of the predictions, in the unit of the label",
          new Formula("sum p / n", "rows with a prediction", "no predictions"),
          Scale.anything(Better.NEITHER),
          Method.T,
          "Calders et al. 2013");

  private RegressionDefinitions() {}
}
