package org.primum.train;

import org.primum.model.LinearModel;

/// What a learner found.
public sealed interface FittedModel {

  /// A boosted ensemble in XGBoost's own JSON.
  final class Booster implements FittedModel {

    private final byte[] json;

    Booster(byte[] json) {
      this.json = json.clone();
    }

    /// The bytes of the model file.
    public byte[] json() {
      return json.clone();
    }
  }

  record Linear(LinearModel model) implements FittedModel {}
}
