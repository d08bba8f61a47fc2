package org.primum.document;

import java.util.List;
import java.util.Optional;
import org.primum.data.Digest;
import org.primum.explain.summary.FeatureProfile;

/// What an earlier `summary.json` says, for a later run to be compared with.
///
/// @param background the rows explained against; empty where the model's own training stood for
///   them
/// @param outputs of each margin the features in the model's order
public record ShapleyBaseline(
    Digest model,
    Digest dataset,
    String mode,
    Optional<BackgroundRows> background,
    long rows,
    List<List<FeatureProfile>> outputs) {

  public ShapleyBaseline {
    outputs = outputs.stream().map(List::copyOf).toList();
  }

  /// The names of the features in the model's order.
  public List<String> features() {
    return outputs.getFirst().stream().map(FeatureProfile::feature).toList();
  }
}
