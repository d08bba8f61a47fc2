package org.primum.model;

import java.util.List;

/// A linear model on the margin scale: `margin = intercept + sum of coefficient * t(x)` over its
/// terms, where each term reads one feature.
///
/// Several terms may read the same feature (a value and its missing indicator, the categories of
/// one column); what is said of a feature sums over its terms.
///
/// @param intercept margin where every transformed value is zero
/// @param link LOGISTIC, where the margin is log-odds, or IDENTITY, where it is the prediction
public record LinearModel(List<Feature> features, List<Term> terms, double intercept, Link link)
    implements Scorer {

  /// Logistic regression.
  public LinearModel(List<Feature> features, List<Term> terms, double intercept) {
    this(features, terms, intercept, Link.LOGISTIC);
  }

  /// One addend.
  ///
  /// @param feature index into the model's features
  /// @param coefficient finite, margin per unit of the transformed value
  /// @param backgroundMean mean of the transformed value over the training rows: what "not knowing
  ///   the feature" means to an explanation
  public record Term(int feature, Transform transform, double coefficient, double backgroundMean) {
    public Term {
      requireFinite("coefficient", coefficient);
      requireFinite("background mean", backgroundMean);
    }
  }

  /// How a feature's value becomes the number a coefficient multiplies.
  public sealed interface Transform {

    /// `(x - center) / scale`; a missing value is 0, that is, the center.
    record Standardized(double center, double scale) implements Transform {
      public Standardized {
        requireFinite("center", center);
        if (!(scale > 0 && Double.isFinite(scale))) {
          throw new ModelInvalidException("scale must be positive and finite, got " + scale);
        }
      }
    }

    /// The value itself; a missing one is `missing`.
    record Filled(double missing) implements Transform {
      public Filled {
        requireFinite("the stand-in of a missing value", missing);
      }
    }

    /// 1 where the value is missing, else 0.
    record MissingIndicator() implements Transform {}

    /// 1 where the categorical value has this code, else 0.
    record Category(int code) implements Transform {}

    /// The transformed value of `x`, where NaN stands for missing.
    default double apply(double x) {
      return switch (this) {
        case Standardized(double center, double scale) ->
            Double.isNaN(x) ? 0 : (x - center) / scale;
        case Filled(double missing) -> Double.isNaN(x) ? missing : x;
        case MissingIndicator() -> Double.isNaN(x) ? 1 : 0;
        case Category(int code) -> x == code ? 1 : 0;
      };
    }
  }

  public LinearModel {
    features = List.copyOf(features);
    terms = List.copyOf(terms);
    requireFinite("intercept", intercept);
    if (link != Link.LOGISTIC && link != Link.IDENTITY) {
      throw new ModelInvalidException("a linear model of one margin has no link " + link);
    }
    for (Term term : terms) {
      if (term.feature() < 0 || term.feature() >= features.size()) {
        throw new ModelInvalidException(
            "a term reads feature " + term.feature() + " of " + features.size());
      }
    }
  }

  /// One for each row: the log-odds of the positive class, or the prediction.
  public double[] margins(FeatureMatrix rows) {
    double[] margins = new double[rows.rows()];
    for (int row = 0; row < margins.length; row++) {
      double sum = intercept;
      for (Term term : terms) {
        sum += term.coefficient() * term.transform().apply(rows.value(row, term.feature()));
      }
      margins[row] = sum;
    }
    return margins;
  }

  /// @throws ModelInvalidException where the prediction is no probability
  @Override
  public double[] score(FeatureMatrix rows) {
    if (link != Link.LOGISTIC) {
      throw new ModelInvalidException(
          "the model predicts a number and no probability; a score needs that of a positive class");
    }
    double[] scores = margins(rows);
    for (int row = 0; row < scores.length; row++) {
      scores[row] = 1 / (1 + Math.exp(-scores[row]));
    }
    return scores;
  }

  private static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new ModelInvalidException(name + " must be finite, got " + value);
    }
  }
}
