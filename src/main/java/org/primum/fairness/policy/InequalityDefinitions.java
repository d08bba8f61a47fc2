package org.primum.fairness.policy;

import org.primum.fairness.policy.Definition.Formula;
import org.primum.fairness.policy.Definition.Scale;
import org.primum.fairness.policy.Metric.Better;
import org.primum.fairness.policy.Metric.Family;
import org.primum.fairness.policy.Metric.Method;

/// The metrics of inequality between people and between groups.
final class InequalityDefinitions {

  static final Definition GEI =
      new Definition(
          Family.INEQUALITY,
          "gei",
          "generalized entropy of the benefit 1 + prediction - label; gei@1 weighs otherwise, 2 if nothing"
              + " is said",
          new Formula(
              "mean((b / mean(b))^a - 1) / (a (a - 1))",
              "rows with label and prediction",
              "no rows with label and prediction, or all were missed"),
          Scale.fromZero(Better.ZERO),
          Method.BOOTSTRAP,
          "Speicher et al. 2018",
          "generalized_entropy_index");

  static final Definition THEIL =
      new Definition(
          Family.INEQUALITY,
          "theil",
          "Theil's index of the benefit 1 + prediction - label",
          new Formula(
              "mean(b / mean(b) ln(b / mean(b)))",
              "rows with label and prediction",
              "no rows with label and prediction, or all were missed"),
          Scale.fromZero(Better.ZERO),
          Method.BOOTSTRAP,
          "Speicher et al. 2018",
          "theil_index");

  static final Definition COEFFICIENT_OF_VARIATION =
      new Definition(
          Family.INEQUALITY,
          "coefficient_of_variation",
          "spread of the benefit 1 + prediction - label over its mean",
          new Formula(
              "sqrt(2 gei@2)",
              "rows with label and prediction",
              "no rows with label and prediction, or all were missed"),
          Scale.fromZero(Better.ZERO),
          Method.BOOTSTRAP,
          "Speicher et al. 2018");

  static final Definition BETWEEN_GROUP_GEI =
      new Definition(
          Family.INEQUALITY,
          "between_group_gei",
          "the part of gei that lies between groups: everyone has the mean benefit of their group",
          new Formula(
              "gei of the groups' mean benefits",
              "rows with label and prediction",
              "fewer than two groups with label and prediction"),
          Scale.fromZero(Better.ZERO),
          Method.TESTED_BOOTSTRAP,
          "Speicher et al. 2018");

  static final Definition BETWEEN_GROUP_THEIL =
      new Definition(
          Family.INEQUALITY,
          "between_group_theil",
          "the part of Theil's index that lies between groups",
          new Formula(
              "theil of the groups' mean benefits",
              "rows with label and prediction",
              "fewer than two groups with label and prediction"),
          Scale.fromZero(Better.ZERO),
          Method.TESTED_BOOTSTRAP,
          "Speicher et al. 2018");

  static final Definition EDF =
      new Definition(
          Family.INEQUALITY,
          "edf",
          "differential fairness: the largest ratio of two groups' chances to be selected, or not",
          new Formula(
              "max |ln(p / q)|, p = (selected + 1/2) / (n + 1)",
              "rows with a prediction",
              "fewer than two groups with a prediction"),
          Scale.fromZero(Better.ZERO),
          Method.PAIRS,
          "Foulds et al. 2020");

  static final Definition EDF_AMPLIFICATION =
      new Definition(
          Family.INEQUALITY,
          "edf_amplification",
          "differential fairness of the predictions minus that of the labels",
          new Formula(
              "edf - edf of the labels",
              "rows with label and prediction",
              "fewer than two groups with label and prediction"),
          Scale.anything(Better.LOWER),
          Method.PARTS,
          "Foulds et al. 2020");

  static final Definition CDD =
      new Definition(
          Family.INEQUALITY,
          "cdd",
          "conditional demographic disparity: the group's share of the rejected minus its share of the"
              + " selected, averaged over the strata of the condition",
          new Formula(
              "sum n_s (rejected_g / rejected - selected_g / selected)_s / sum n_s",
              "rows with a prediction, by stratum",
              "a stratum in which nobody, or everybody, is selected"),
          new Scale(Better.ZERO, -1, 1),
          Method.MOVER,
          "Wachter, Mittelstadt, Russell 2021");

  private InequalityDefinitions() {}
}
