package org.primum.fairness;

import java.util.Optional;
import org.primum.fairness.metric.Support;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;

/// Whether a number stands on enough rows for a policy to judge it.
record Enough(FairnessPolicy policy) {

  /// The part that has too few; empty where all have enough.
  Optional<Support.Part> lacking(Support support) {
    return support.parts().stream().filter(this::tooSmall).findFirst();
  }

  private double required(Support.Part part) {
    return Math.max(part.kind().required(policy.minimum()), policy.suppressBelow());
  }

  private boolean tooSmall(Support.Part part) {
    return !(part.effective() >= required(part)) || part.rows() < policy.suppressBelow();
  }

  /// What a part lacks.
  String words(Support.Part part) {
    boolean untold = part.rows() < policy.suppressBelow();
    String have =
        untold
            ? "fewer than " + policy.suppressBelow()
            : Long.toString((long) Math.floor(part.effective()));
    String effective = part.effective() < (double) part.rows() ? " (" + effectiveAfter() + ")" : "";
    return "insufficient: "
        + have
        + " "
        + part.kind().words()
        + effective
        + (untold ? ", or suppressed to protect a small number; " : ", ")
        + (long) Math.ceil(required(part))
        + " are needed";
  }

  private String effectiveAfter() {
    return policy.data().cluster() instanceof AuditData.Cluster.None
        ? "effective, after weighting"
        : "effective, after weighting and repeated rows";
  }
}
