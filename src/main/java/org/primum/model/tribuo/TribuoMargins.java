package org.primum.model.tribuo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.model.Feature;
import org.primum.model.LinearClasses;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;
import org.primum.model.LinearModel.Transform;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.simple.FeatureNames;

/// Linear sums over features, one a label or one number, made into a model. An absent value is 0.
///
/// @param weights of each output, by Tribuo's number of the label; its last is the intercept
record TribuoMargins(TribuoDomain domain, List<double[]> weights) {

  /// @param one the link where there are two labels, whose sums differ by the margin
  /// @param several the link where there are more
  Scorer model(Link one, Link several, Optional<List<String>> given) {
    List<Feature> features =
        FeatureNames.features(domain.features().size(), domain.features(), given);
    List<Integer> numbers = List.copyOf(domain.labels().values());
    if (numbers.size() == 1 || weights.size() != Math.max(1, numbers.size())) {
      throw new ModelInvalidException(
          "weights of " + weights.size() + " outputs for " + numbers.size() + " labels");
    }
    return switch (numbers.size()) {
      case 0 -> model(features, weights.getFirst(), Link.IDENTITY);
      case 2 -> model(features, difference(numbers.getLast(), numbers.getFirst()), one);
      default ->
          new LinearClasses(
              numbers.stream()
                  .map(label -> model(features, weights.get(label), Link.IDENTITY))
                  .toList(),
              several);
    };
  }

  private double[] difference(int positive, int negative) {
    double[] difference = weights.get(positive).clone();
    double[] less = weights.get(negative);
    for (int i = 0; i < difference.length && i < less.length; i++) {
      difference[i] -= less[i];
    }
    return difference;
  }

  private LinearModel model(List<Feature> features, double[] weights, Link link) {
    if (weights.length != features.size() + 1) {
      throw new ModelInvalidException(
          weights.length + " weights for " + features.size() + " features and an intercept");
    }
    List<Term> terms = new ArrayList<>();
    for (int feature = 0; feature < features.size(); feature++) {
      terms.add(new Term(feature, new Transform.Filled(0), weights[feature], domain.mean(feature)));
    }
    return new LinearModel(features, terms, weights[features.size()], link);
  }
}
