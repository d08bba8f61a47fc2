package org.primum.step.training;

import java.util.List;
import java.util.Optional;
import org.primum.step.UsageException;
import org.primum.store.Location;

/// What `score` is asked. What is empty is taken from the model, where it says.
///
/// @param features names in the model's column order, for a file that holds none
/// @param sensitive columns to carry along
public record ScoreInputs(
    Location model,
    Location data,
    Optional<String> id,
    Optional<List<String>> features,
    Optional<String> label,
    Optional<String> positive,
    Optional<String> weight,
    Optional<List<String>> sensitive,
    Optional<Double> threshold) {

  public ScoreInputs {
    features = features.map(List::copyOf);
    sensitive = sensitive.map(List::copyOf);
    if (threshold.isPresent() && !(threshold.get() >= 0 && threshold.get() <= 1)) {
      throw new UsageException("--threshold must lie in [0, 1], got " + threshold.get());
    }
  }
}
