package org.primum.model;

/// A model that is known by its answers alone: nothing of its inside can be read.
public interface AnsweringModel extends Scorer {

  /// How many numbers it answers for each row: its classes, or 1.
  int outputs();

  /// Whether its answers are probabilities, in [0, 1]; else they are any finite numbers, such as
  /// log-odds or the prediction of a regression.
  boolean areProbabilities();

  /// The answers: `rows * outputs` long, row after row. The same row has the same answer, whatever
  /// rows stand beside it. May be asked by several threads at once.
  double[] answers(FeatureMatrix rows);

  /// Asks once more what was asked when the model was opened.
  ///
  /// @throws org.primum.gate.ProvenanceInvalidException where it is no longer the model that was
  ///   opened
  void requireUnchanged();

  @Override
  default double[] score(FeatureMatrix rows) {
    if (outputs() != 1 || !areProbabilities()) {
      throw new ModelInvalidException(
          "the model answers " + outputs() + " number(s) a row; a score needs one probability");
    }
    return answers(rows);
  }
}
