package org.primum.document;

import java.util.Optional;
import org.primum.explain.summary.InteractionSummary;
import org.primum.explain.summary.InteractionSums;
import org.primum.explain.summary.MainEffects;
import org.primum.explain.value.FeaturePairs;

/// What a shard of `shap-batch` says of interactions.
///
/// @param asked the option's own words, `full`, `top:N` or `pairs:a*b,…` in the model's order
/// @param pairs those that are summed up
/// @param alone what each feature does without them; empty where only some pairs were asked for
public record ShapleyInteractions(
    String asked, FeaturePairs pairs, InteractionSums sums, Optional<MainEffects> alone) {

  /// The pairs that the summary lists.
  public static final int LISTED = 50;

  /// The strongest pairs of each output, and each feature's strongest partner.
  public InteractionSummary summary() {
    return InteractionSummary.of(pairs, sums, LISTED);
  }

  /// Mean magnitude of the cell of two features, by their places; 0 where they are no pair.
  public double meanAbs(int output, int one, int other) {
    int pair = pairs.place(one, other);
    return pair < 0 || sums.rows() == 0 ? 0 : sums.meanAbs(output, pair);
  }

  /// Whether the same pairs were asked for in the same way.
  public boolean isSameAsk(ShapleyInteractions other) {
    return asked.equals(other.asked) && pairs.all().equals(other.pairs.all());
  }
}
