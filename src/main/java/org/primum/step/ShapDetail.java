package org.primum.step;

import java.util.Optional;
import org.primum.store.Location;

/// What else `shap-batch` is asked of features: how pairs of them interact, and which stand
/// together.
///
/// @param groups a `FeatureGroups` document; without one every feature stands for itself
public record ShapDetail(InteractionChoice interactions, Optional<Location> groups) {}
