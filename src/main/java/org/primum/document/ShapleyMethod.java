package org.primum.document;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.explain.summary.SamplingTally;
import org.primum.explain.value.OutputSpace;

/// On which scale values are, and what else they depend on beside model, data and background.
///
/// @param facts by key of `shap.parquet`'s metadata
/// @param sampling how sure the values are; empty where they are exact by construction
public record ShapleyMethod(
    OutputSpace space, SortedMap<String, String> facts, Optional<SamplingTally> sampling) {

  public ShapleyMethod {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }

  public static ShapleyMethod of(
      OutputSpace space, Map<String, String> facts, Optional<SamplingTally> sampling) {
    return new ShapleyMethod(space, new TreeMap<>(facts), sampling);
  }

  /// The same of other rows.
  public ShapleyMethod with(Optional<SamplingTally> other) {
    return new ShapleyMethod(space, facts, other);
  }

  /// Whether values of both may stand in one table.
  public boolean fits(ShapleyMethod other) {
    return space == other.space
        && facts.equals(other.facts)
        && sampling.isPresent() == other.sampling.isPresent();
  }

  /// The same of all rows of both.
  public ShapleyMethod plus(ShapleyMethod other) {
    return with(sampling.flatMap(own -> other.sampling.map(own::plus)));
  }
}
