package org.primum.model;

import java.util.List;

/// A binary classifier that scores rows.
public interface Scorer {

  /// What it reads, in the column order of the matrices it takes.
  List<Feature> features();

  /// The probability of the positive class for each row, in [0, 1].
  double[] score(FeatureMatrix rows);
}
