package org.primum.model;

import java.util.List;

/// Linear models that share their features, one margin a class.
///
/// @param classes at least two, each of the margin of its class
/// @param link what becomes of the margins: SOFTMAX, ONE_VS_REST, or IDENTITY, where the largest
///   margin names the class and nothing is a probability
public record LinearClasses(List<LinearModel> classes, Link link) implements Scorer {

  public LinearClasses {
    classes = List.copyOf(classes);
    if (classes.size() < 2) {
      throw new ModelInvalidException(
          "linear models of classes are at least two, got " + classes.size());
    }
    List<Feature> features = classes.getFirst().features();
    for (LinearModel one : classes) {
      if (!one.features().equals(features) || one.link() != Link.IDENTITY) {
        throw new ModelInvalidException("the linear models of the classes differ in features");
      }
    }
    if (link != Link.SOFTMAX && link != Link.ONE_VS_REST && link != Link.IDENTITY) {
      throw new ModelInvalidException("linear margins of classes have no link " + link);
    }
  }

  @Override
  public List<Feature> features() {
    return classes.getFirst().features();
  }

  public int outputs() {
    return classes.size();
  }

  /// `rows * outputs` long, row after row.
  public double[] margins(FeatureMatrix rows) {
    double[] margins = new double[Math.multiplyExact(rows.rows(), outputs())];
    for (int output = 0; output < outputs(); output++) {
      double[] own = classes.get(output).margins(rows);
      for (int row = 0; row < own.length; row++) {
        margins[row * outputs() + output] = own[row];
      }
    }
    return margins;
  }

  /// @throws ModelInvalidException always: no class of several is the positive one
  @Override
  public double[] score(FeatureMatrix rows) {
    throw new ModelInvalidException(
        "the model has "
            + outputs()
            + " classes; a score needs the probability of one positive class");
  }
}
