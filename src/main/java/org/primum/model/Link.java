package org.primum.model;

/// What turns an ensemble's margin (the sum of its leaves) into its prediction.
public enum Link {
  /// The margin is log-odds; the prediction is the probability of the positive class.
  LOGISTIC,
  /// The sum is itself the probability of the positive class (a forest of class frequencies).
  PROBABILITY,
  /// The sum is the prediction, and no probability.
  IDENTITY,
  /// The margin is a logarithm; the prediction is a positive number, and no probability.
  LOG,
  /// One margin a class; the predictions are their softmax.
  SOFTMAX,
  /// One margin a class, each the log-odds of that class against the rest; the predictions are
  /// their probabilities over the sum of all.
  ONE_VS_REST;

  private static final double SUM_ROUNDING = 1e-5;
  private static final float SIGMOID_LIMIT = 88.7f;
  private static final float SIGMOID_EPSILON = 1e-16f;

  /// Whether a single margin gives the probability of a positive class.
  public boolean isBinaryProbability() {
    return this == LOGISTIC || this == PROBABILITY;
  }

  /// The margin of a prediction, in float64.
  ///
  /// @throws ModelInvalidException where the link has no margin for it: outside (0, 1) for
  ///   log-odds, not positive for a logarithm, not finite
  public double margin(double prediction) {
    requireInDomain(prediction);
    return switch (this) {
      case LOGISTIC -> Math.log(prediction / (1 - prediction));
      case LOG -> Math.log(prediction);
      case PROBABILITY, IDENTITY, SOFTMAX, ONE_VS_REST -> prediction;
    };
  }

  /// The margin of a prediction in float32, step by step as XGBoost computes it.
  ///
  /// @throws ModelInvalidException as [#margin(double)]
  public float margin(float prediction) {
    requireInDomain(prediction);
    return switch (this) {
      case LOGISTIC -> (float) -Math.log(1f / prediction - 1f);
      case LOG -> (float) Math.log(prediction);
      case PROBABILITY, IDENTITY, SOFTMAX, ONE_VS_REST -> prediction;
    };
  }

  /// The probability of the positive class at a margin, in float64; in [0, 1] for log-odds.
  public double probability(double margin) {
    return switch (this) {
      case LOGISTIC -> 1 / (1 + Math.exp(-margin));
      case PROBABILITY -> summed(margin);
      case IDENTITY, LOG, SOFTMAX, ONE_VS_REST -> throw noProbability();
    };
  }

  /// The probability of the positive class at a margin in float32, as XGBoost computes it
  /// (`common::Sigmoid`, src/common/math.h).
  public float probability(float margin) {
    return switch (this) {
      case LOGISTIC ->
          1f / ((float) Math.exp(Math.min(-margin, SIGMOID_LIMIT)) + 1f + SIGMOID_EPSILON);
      case PROBABILITY -> (float) summed(margin);
      case IDENTITY, LOG, SOFTMAX, ONE_VS_REST -> throw noProbability();
    };
  }

  /// A sum of leaves may miss 0 and 1 by its rounding.
  private static double summed(double margin) {
    if (!(margin >= -SUM_ROUNDING && margin <= 1 + SUM_ROUNDING)) {
      throw new ModelInvalidException(
          "the model's leaves add up to " + margin + ", which is no probability");
    }
    return Math.clamp(margin, 0.0, 1.0);
  }

  /// The probabilities of all classes of one row, in the place of its margins, in float64.
  ///
  /// @throws ModelInvalidException where the link gives none
  public void probabilities(double[] margins, int first, int count) {
    switch (this) {
      case SOFTMAX -> softmax(margins, first, count);
      case ONE_VS_REST -> {
        for (int i = first; i < first + count; i++) {
          margins[i] = LOGISTIC.probability(margins[i]);
        }
        divide(margins, first, count);
      }
      case LOGISTIC, PROBABILITY, IDENTITY, LOG -> {
        for (int i = first; i < first + count; i++) {
          margins[i] = probability(margins[i]);
        }
      }
    }
  }

  /// Less the largest margin, so that nothing overflows.
  private static void softmax(double[] margins, int first, int count) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = first; i < first + count; i++) {
      largest = Math.max(largest, margins[i]);
    }
    for (int i = first; i < first + count; i++) {
      margins[i] = Math.exp(margins[i] - largest);
    }
    divide(margins, first, count);
  }

  private static void divide(double[] numbers, int first, int count) {
    double sum = 0;
    for (int i = first; i < first + count; i++) {
      sum += numbers[i];
    }
    for (int i = first; i < first + count; i++) {
      numbers[i] /= sum;
    }
  }

  private void requireInDomain(double prediction) {
    boolean known =
        switch (this) {
          case LOGISTIC -> prediction > 0 && prediction < 1;
          case LOG -> prediction > 0 && Double.isFinite(prediction);
          case PROBABILITY, IDENTITY, SOFTMAX, ONE_VS_REST -> Double.isFinite(prediction);
        };
    if (!known) {
      throw new ModelInvalidException(
          "a base score of " + prediction + " has no margin under the link " + this);
    }
  }

  private ModelInvalidException noProbability() {
    return new ModelInvalidException(
        "the model's output (" + this + ") is no probability of a positive class");
  }
}
