package org.primum.promotion;

import java.time.Instant;
import org.primum.data.Digest;
import org.primum.gate.ProvenanceInvalidException;

/// Which model is current under a name, which was before, and where a rollback would go.
///
/// @param name the registry's name of the model, e.g. `readmission`
/// @param sequence 1 for the first promotion, one more with each move
/// @param model the current model
/// @param previous the model that was current before this move
/// @param lastKnownGood where a rollback would go: the newest model that passed its gate, was
///   current until a newer one was promoted, and was not rolled back since
/// @param decision the digest of the decision that moved the pointer here
/// @param nonce drawn for this move alone
public record Pointer(
    String name,
    long sequence,
    Digest model,
    Slot previous,
    Slot lastKnownGood,
    Digest decision,
    String nonce,
    Instant time) {

  public Pointer {
    if (sequence < 1) {
      throw new ProvenanceInvalidException("a pointer's sequence starts at 1, got " + sequence);
    }
    if (previous.holds(model) || lastKnownGood.holds(model)) {
      throw new ProvenanceInvalidException(
          "the pointer of '%s' leads from or back to its own model %s".formatted(name, model));
    }
  }

  /// The first model under a name; there is nothing to roll back to.
  public static Pointer first(String name, Digest model, Move move) {
    return new Pointer(
        name,
        1,
        model,
        new Slot.Empty(),
        new Slot.Empty(),
        move.decision(),
        move.nonce(),
        move.time());
  }

  /// The candidate becomes current; the model that served until now becomes last known good, for it
  /// passed its gate and nobody rolled it back.
  ///
  /// @param candidate another model than the current one
  public Pointer promote(Digest candidate, Move move) {
    return next(candidate, Slot.of(model), move);
  }

  /// The next pointer after a move to `target`.
  Pointer next(Digest target, Slot good, Move move) {
    return new Pointer(
        name,
        sequence + 1,
        target,
        Slot.of(model),
        good,
        move.decision(),
        move.nonce(),
        move.time());
  }
}
