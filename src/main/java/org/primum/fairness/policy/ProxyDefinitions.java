package org.primum.fairness.policy;

import org.primum.fairness.policy.Definition.Formula;
import org.primum.fairness.policy.Definition.Scale;
import org.primum.fairness.policy.Metric.Better;
import org.primum.fairness.policy.Metric.Family;
import org.primum.fairness.policy.Metric.Method;

/// The metrics of what tells the group.
final class ProxyDefinitions {

  static final Definition CRAMERS_V =
      new Definition(
          Family.PROXY,
          "cramers_v",
          "how strongly a column goes with an attribute",
          new Formula(
              "sqrt(chi-square / (n min(rows - 1, columns - 1)))", "all rows", "one value only"),
          Scale.share(Better.ZERO),
          Method.NONCENTRALITY,
          "Cramér 1946");

  static final Definition MUTUAL_INFORMATION =
      new Definition(
          Family.PROXY,
          "mutual_information",
          "what a column tells of an attribute, in nats",
          new Formula("sum p(x, a) ln(p(x, a) / (p(x) p(a)))", "all rows", "no rows"),
          Scale.fromZero(Better.ZERO),
          Method.NONCENTRALITY,
          "Shannon 1948");

  static final Definition AUC_SENSITIVE_FROM_FEATURE =
      new Definition(
          Family.PROXY,
          "auc_sensitive_from_feature",
          "how well a column's values tell the group from everyone else",
          new Formula(
              "area under the curve of the group's share at each value",
              "the group, and everyone else",
              "nobody else"),
          new Scale(Better.LOWER, 0.5, 1),
          Method.HELD_OUT,
          "Hanley, McNeil 1982");

  static final Definition AUC_SENSITIVE_FROM_ALL =
      new Definition(
          Family.PROXY,
          "auc_sensitive_from_all",
          "how well all columns of proxies together tell the group from everyone else; 0.5 is not at"
              + " all",
          new Formula(
              "P(log-odds of the group > of another, same fold) + P(equal) / 2, each row scored by"
                  + " a logistic regression of the other four folds",
              "the group, and everyone else; at most 20,000 kinds of row",
              "too few of the group, or of everyone else, or no column besides the attribute's own"),
          Scale.share(Better.LOWER),
          Method.FOLDS,
          "LeDell, Petersen, van der Laan 2015");

  static final Definition AUC_SENSITIVE_FROM_ALL_WITH_SCORE =
      new Definition(
          Family.PROXY,
          "auc_sensitive_from_all_with_score",
          "how well they do together with the score, in 20 bins",
          new Formula(
              "as auc_sensitive_from_all",
              "as auc_sensitive_from_all",
              "too few of the group, or of everyone else"),
          Scale.share(Better.LOWER),
          Method.FOLDS,
          "LeDell, Petersen, van der Laan 2015");

  static final Definition AUC_SENSITIVE_FROM_SCORE =
      new Definition(
          Family.PROXY,
          "auc_sensitive_from_score",
          "how well the score tells the group from everyone else; 0.5 is not at all",
          new Formula(
              "P(score of the group > score of another) + P(equal) / 2",
              "the group, and everyone else, with a score",
              "no scores of the group, or of everyone else"),
          Scale.share(Better.NEITHER),
          Method.DELONG,
          "Hanley, McNeil 1982");

  static final Definition SCORE_RESIDUAL_DEPENDENCE =
      new Definition(
          Family.PROXY,
          "score_residual_dependence",
          "how far the score tells the group among those with the same label",
          new Formula(
              "|auc of group by score - 1/2| within the label, the larger of the two labels",
              "the group, and everyone else, with score and label",
              "a label that the group, or everyone else, does not have"),
          new Scale(Better.ZERO, 0, 0.5),
          Method.PARTS,
          "Hardt, Price, Srebro 2016");

  static final Definition SCORE_RESIDUAL_P =
      new Definition(
          Family.PROXY,
          "score_residual_p",
          "p-value that the score says nothing of the group among those with the same label",
          new Formula(
              "the smaller Kolmogorov-Smirnov p-value of the two labels, times 2",
              "the group, and everyone else, with score and label",
              "a label that the group, or everyone else, does not have"),
          Scale.share(Better.NEITHER),
          Method.P_VALUE,
          "Smirnov 1948");

  private ProxyDefinitions() {}
}
