package org.primum.step.explanation;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.primum.data.Digest;
import org.primum.document.FeatureGroupsDocument;
import org.primum.document.Source;
import org.primum.explain.value.FeatureGroups;
import org.primum.gate.ConfigInvalidException;
import org.primum.model.Feature;
import org.primum.model.Scorer;
import org.primum.step.StepContext;
import org.primum.store.Location;

/// Which features are explained as one.
///
/// @param digest of the document that says so; empty where each stands for itself
record ShapGroups(FeatureGroups groups, Optional<Digest> digest) {

  /// @throws ConfigInvalidException where the document does not fit the model; the message names
  ///   the file, the group and the feature
  static ShapGroups of(Optional<Location> document, Scorer model, StepContext context)
      throws IOException {
    List<String> features = model.features().stream().map(Feature::name).toList();
    if (document.isEmpty()) {
      return new ShapGroups(FeatureGroups.single(features), Optional.empty());
    }
    StepContext.Input input = context.fetchDocument("groups", document.get());
    FeatureGroups groups =
        FeatureGroupsDocument.read(Source.of(input.path(), input.name()), features);
    return new ShapGroups(groups, Optional.of(input.digest()));
  }

  /// How the columns of the result are called.
  List<String> names() {
    return groups.names();
  }
}
