package org.primum.document;

import java.util.List;
import java.util.Optional;
import org.primum.data.Digest;
import org.primum.explain.summary.ShapleyTally;
import org.primum.explain.value.CountedRows;
import org.primum.explain.value.ShapleyEmission;

/// What one shard of `shap-batch` leaves for `shap-merge` beside its rows.
///
/// @param index which shard, from 0
/// @param count how many shards there are
/// @param firstRow position in the table of the shard's first row
/// @param background the rows explained against; empty where the model's own training stands for
///   them
/// @param method on which scale the values are, and what else they depend on
/// @param cover the rows counted for the cover of trees; empty where it is the library's own
/// @param topK how many features the summary lists
/// @param emission how much of each row's values was written
/// @param rows digest of the written rows, where they do not tell what was summed up
/// @param minCohort rows a group has at least for the summary to tell of it
/// @param features names in the model's order, of groups where there are any
/// @param groups digest of the document that put features together; empty where each stands for
///   itself
/// @param interactions empty where none were asked for
public record ShapleyShard(
    int index,
    int count,
    long firstRow,
    Digest model,
    Digest dataset,
    String mode,
    Optional<BackgroundRows> background,
    ShapleyMethod method,
    Optional<CountedRows> cover,
    String id,
    int topK,
    int minCohort,
    ShapleyEmission emission,
    Optional<Digest> rows,
    List<String> features,
    List<Double> baseValues,
    ShapleyTally tally,
    Optional<Digest> groups,
    Optional<ShapleyInteractions> interactions) {

  public ShapleyShard {
    features = List.copyOf(features);
    baseValues = List.copyOf(baseValues);
  }
}
