package org.primum.fairness.policy;

import org.primum.gate.Status;

/// What a rule says of a group it cannot judge.
///
/// @param onUndefined of a metric without a denominator
/// @param onSmall of a group below the minimum
/// @param onMissingGroup of a declared category without a row
public record Defaults(Unjudged onUndefined, Unjudged onSmall, Unjudged onMissingGroup) {

  /// Not known is not a pass, and an audit that lost a population fails.
  public static final Defaults USUAL =
      new Defaults(Unjudged.INCONCLUSIVE, Unjudged.INCONCLUSIVE, Unjudged.FAIL);

  /// The outcome for a group that cannot be judged. There is no `pass`.
  public enum Unjudged {
    FAIL,
    INCONCLUSIVE,
    WARN;

    public Status status() {
      return switch (this) {
        case FAIL -> Status.FAIL;
        case INCONCLUSIVE -> Status.INCONCLUSIVE;
        case WARN -> Status.WARN;
      };
    }
  }
}
