package org.primum.fairness.policy;

import org.primum.fairness.policy.Definition.Formula;
import org.primum.fairness.policy.Definition.Scale;
import org.primum.fairness.policy.Metric.Better;
import org.primum.fairness.policy.Metric.Family;
import org.primum.fairness.policy.Metric.Method;

/// The metrics of all groups at once.
final class OmnibusDefinitions {

  static final Definition HOMOGENEITY =
      new Definition(
          Family.OMNIBUS,
          "homogeneity",
          "p-value that a rate is the same in all groups, as in homogeneity[tpr]",
          new Formula(
              "chi-square of rate by group; where an expected count is below 5 Fisher's exact test of two groups, permutation of more",
              "as the rate",
              "fewer than two groups with the rate"),
          Scale.share(Better.NEITHER),
          Method.P_VALUE,
          "Pearson 1900");

  static final Definition MAX_T =
      new Definition(
          Family.OMNIBUS,
          "max_t",
          "p-value that no group's rate differs from the reference, as in max_t[tpr]",
          new Formula(
              "the largest standardized difference, Dunnett's distribution",
              "as the rate",
              "no group to hold against the reference"),
          Scale.share(Better.NEITHER),
          Method.P_VALUE,
          "Dunnett 1955");

  private OmnibusDefinitions() {}
}
