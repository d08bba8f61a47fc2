package org.primum.model.tribuo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;
import org.primum.model.LinearModel.Transform;
import org.primum.model.ModelInvalidException;
import org.primum.model.simple.FeatureNames;
import org.primum.model.wire.Wire;

/// Logistic regression by stochastic gradient descent. Of two labels under a softmax the log-odds
/// of the second by name are the difference of their two sums.
final class TribuoLinear {

  static final String MODEL = "org.tribuo.classification.sgd.linear.LinearSGDModel";
  private static final String SOFTMAX = "org.tribuo.math.util.ExpNormalizer";
  private static final int MAX_WEIGHTS = 1 << 22;

  private TribuoLinear() {}

  static LinearModel read(Wire model, Optional<List<String>> features) {
    Wire metadata = new Wire(new byte[0]);
    TribuoPart parameters = TribuoPart.none();
    TribuoPart normalizer = parameters;
    while (model.next()) {
      switch (model.field()) {
        case 1 -> metadata = model.message();
        case 2 -> parameters = TribuoPart.of(model.message());
        case 3 -> normalizer = TribuoPart.of(model.message());
        default -> model.skip();
      }
    }
    normalizer.of(SOFTMAX);
    TribuoDomain domain = TribuoDomain.read(metadata);
    if (domain.labels().size() != 2) {
      throw new ModelInvalidException(
          "logistic regression of two labels is read, this one has " + domain.labels().size());
    }
    return model(domain, weights(parameters), features);
  }

  /// One row a label, the last column the intercept.
  private static LinearModel model(
      TribuoDomain domain, double[] weights, Optional<List<String>> features) {
    int width = domain.features().size() + 1;
    if (weights.length != 2 * width) {
      throw new ModelInvalidException(
          weights.length + " weights for two labels and " + (width - 1) + " features");
    }
    int positive = List.copyOf(domain.labels().values()).getLast() * width;
    int negative = width - positive;
    List<Term> terms = new ArrayList<>();
    for (int feature = 0; feature + 1 < width; feature++) {
      double mean = domain.rows() > 0 ? domain.sums().get(feature) / domain.rows() : 0;
      double coefficient = weights[positive + feature] - weights[negative + feature];
      terms.add(new Term(feature, new Transform.Filled(0), coefficient, mean));
    }
    return new LinearModel(
        FeatureNames.features(width - 1, domain.features(), features),
        terms,
        weights[positive + width - 1] - weights[negative + width - 1]);
  }

  private static double[] weights(TribuoPart parameters) {
    Wire linear = parameters.of("org.tribuo.math.LinearParameters");
    Wire.Numbers weights = new Wire.Numbers();
    while (linear.next()) {
      switch (linear.field()) {
        case 1 ->
            dense(TribuoPart.of(linear.message()).of("org.tribuo.math.la.DenseMatrix"), weights);
        default -> linear.skip();
      }
    }
    return weights.all();
  }

  private static void dense(Wire matrix, Wire.Numbers weights) {
    while (matrix.next()) {
      switch (matrix.field()) {
        case 2 -> matrix.doubles(weights);
        default -> matrix.skip();
      }
    }
    if (weights.all().length > MAX_WEIGHTS) {
      throw new ModelInvalidException("more than " + MAX_WEIGHTS + " weights are not read");
    }
  }
}
