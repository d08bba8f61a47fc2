package org.primum.document;

import org.primum.explain.FeaturePairs;
import org.primum.explain.InteractionSummary;
import org.primum.explain.InteractionSums;

/// What a shard of `shap-batch` says of interactions.
///
/// @param asked the option's own words, `full`, `top:N` or `pairs:a*b,…` in the model's order
/// @param pairs those that are summed up
public record ShapleyInteractions(String asked, FeaturePairs pairs, InteractionSums sums) {

  /// The pairs that the summary lists.
  public static final int LISTED = 50;

  /// The strongest pairs of each output, and each feature's strongest partner.
  public InteractionSummary summary() {
    return InteractionSummary.of(pairs, sums, LISTED);
  }

  /// Whether the same pairs were asked for in the same way.
  public boolean isSameAsk(ShapleyInteractions other) {
    return asked.equals(other.asked) && pairs.all().equals(other.pairs.all());
  }
}
