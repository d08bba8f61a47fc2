package org.primum.model.tribuo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;
import org.primum.model.LinearModel.Transform;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.simple.FeatureNames;
import org.primum.model.wire.Wire;

/// Sparse linear regression (elastic net, lasso, least angles) of one number: standardized features
/// in, a standardized number out. An absent value is the mean, as these models have it, though 0
/// when they were trained.
final class TribuoSparse {

  static final String MODEL = "org.tribuo.regression.slm.SparseLinearModel";

  private final Wire.Numbers center = new Wire.Numbers();
  private final Wire.Numbers scale = new Wire.Numbers();
  private final List<TribuoPart> weights = new ArrayList<>();
  private Wire metadata = new Wire(new byte[0]);
  private TribuoPart means = TribuoPart.none();
  private TribuoPart norms = means;
  private boolean hasIntercept;

  private TribuoSparse() {}

  static LinearModel read(Wire model, Optional<List<String>> features) {
    TribuoSparse sparse = new TribuoSparse();
    sparse.read(model);
    return sparse.model(features);
  }

  private void read(Wire model) {
    while (model.next()) {
      switch (model.field()) {
        case 1 -> metadata = model.message();
        case 3 -> {
          if (!weights.isEmpty()) {
            throw new ModelInvalidException(
                "regressions of one number are read, this one has more");
          }
          weights.add(TribuoPart.of(model.message()));
        }
        case 4 -> means = TribuoPart.of(model.message());
        case 5 -> norms = TribuoPart.of(model.message());
        case 6 -> hasIntercept = model.whole() != 0;
        case 7 -> model.doubles(center);
        case 8 -> model.doubles(scale);
        default -> model.skip();
      }
    }
  }

  private LinearModel model(Optional<List<String>> given) {
    TribuoDomain domain = TribuoDomain.read(metadata);
    int features = domain.features().size();
    int width = features + (hasIntercept ? 1 : 0);
    double[] mean = TribuoTensors.vector(means);
    double[] norm = TribuoTensors.vector(norms);
    if (weights.isEmpty()
        || center.all().length != 1
        || scale.all().length != 1
        || mean.length != width
        || norm.length != width) {
      throw new ModelInvalidException(
          "weights, means and norms must be there, one for each of " + width + " features");
    }
    double factor = scale.all()[0];
    double[] weight = TribuoTensors.filled(weights.getFirst(), width);
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < features; i++) {
      if (weight[i] != 0) {
        double training = (domain.mean(i) - mean[i]) / norm[i];
        Transform transform = new Transform.Standardized(mean[i], norm[i]);
        terms.add(new Term(i, transform, factor * weight[i], training));
      }
    }
    return new LinearModel(
        FeatureNames.features(features, domain.features(), given),
        terms,
        center.all()[0] + factor * intercept(weight, mean, norm, features),
        Link.IDENTITY);
  }

  /// Without any weight Tribuo answers one standardized unit.
  private double intercept(double[] weight, double[] mean, double[] norm, int features) {
    if (java.util.Arrays.stream(weight).allMatch(w -> w == 0)) {
      return 1;
    }
    return hasIntercept ? weight[features] * (1 - mean[features]) / norm[features] : 0;
  }
}
