package org.primum.promotion;

import org.primum.data.Digest;

/// The model a release is about.
public sealed interface Candidate {

  /// The digest of the model directory at hand.
  record Given(Digest model) implements Candidate {}

  /// The one model all evidence speaks of.
  record AsInEvidence() implements Candidate {}
}
