package org.primum.step.explanation;

import java.util.Optional;
import org.primum.explain.value.ShapleyEmission;
import org.primum.step.UsageException;
import org.primum.store.Location;

/// What else `shap-batch` is asked of features: how pairs of them interact, and which stand
/// together.
///
/// @param groups a `FeatureGroups` document; without one every feature stands for itself
public record ShapDetail(InteractionChoice interactions, Optional<Location> groups) {

  /// @throws UsageException where what is withheld of single features could be told from the rest
  void requireFit(ShapleyEmission emission) {
    if (emission.isLossy() && !(interactions instanceof InteractionChoice.None)) {
      throw new UsageException(
          "--interactions tells of a row what fewer or coarser values are to withhold; leave one of"
              + " them out");
    }
    if (emission.values() != ShapleyEmission.Values.NONE && groups.isPresent()) {
      throw new UsageException(
          "--groups: a group has no value of its own to write beside it; leave out the features'"
              + " values");
    }
  }
}
