package org.primum.model.tribuo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.wire.Wire;

/// Linear models by stochastic gradient descent, of labels and of one number. Of two labels the
/// margin is by how much the sum of the second by name is above that of the first: under a softmax
/// the log-odds. Without one (hinge loss) sums are no probabilities.
final class TribuoLinear {

  static final String CLASSIFICATION = "org.tribuo.classification.sgd.linear.LinearSGDModel";
  static final String REGRESSION = "org.tribuo.regression.sgd.linear.LinearSGDModel";
  private static final String SOFTMAX = "org.tribuo.math.util.ExpNormalizer";
  private static final String NONE = "org.tribuo.math.util.NoopNormalizer";

  private TribuoLinear() {}

  static Scorer read(Wire model, boolean isClassification, Optional<List<String>> features) {
    Wire metadata = new Wire(new byte[0]);
    TribuoPart parameters = TribuoPart.none();
    TribuoPart normalizer = parameters;
    while (model.next()) {
      switch (model.field()) {
        case 1 -> metadata = model.message();
        case 2 -> parameters = TribuoPart.of(model.message());
        case 3 -> {
          if (isClassification) {
            normalizer = TribuoPart.of(model.message());
          } else {
            model.skip();
          }
        }
        default -> model.skip();
      }
    }
    boolean isSoftmax = false;
    if (isClassification) {
      normalizer.of(SOFTMAX, NONE);
      isSoftmax = normalizer.name().equals(SOFTMAX);
    }
    TribuoDomain domain = TribuoDomain.read(metadata);
    return new TribuoMargins(domain, rows(TribuoTensors.weights(parameters), domain))
        .model(
            isSoftmax ? Link.LOGISTIC : Link.IDENTITY,
            isSoftmax ? Link.SOFTMAX : Link.IDENTITY,
            features);
  }

  /// Cut into one row an output.
  private static List<double[]> rows(double[] weights, TribuoDomain domain) {
    int width = domain.features().size() + 1;
    if (weights.length == 0 || weights.length % width != 0) {
      throw new ModelInvalidException(
          weights.length + " weights for " + (width - 1) + " features and an intercept");
    }
    if (domain.labels().isEmpty() && weights.length != width) {
      throw new ModelInvalidException(
          "regressions of one number are read, this one has " + weights.length / width);
    }
    List<double[]> rows = new ArrayList<>();
    for (int from = 0; from < weights.length; from += width) {
      rows.add(Arrays.copyOfRange(weights, from, from + width));
    }
    return rows;
  }
}
