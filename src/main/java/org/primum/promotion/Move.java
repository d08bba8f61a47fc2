package org.primum.promotion;

import java.time.Instant;
import org.primum.data.Digest;

/// The circumstances of one move of a pointer.
///
/// @param decision the digest of the decision that allowed it
/// @param nonce drawn for this move alone: whoever finds it in the registry knows that this very
///   move arrived, even where the answer was lost
public record Move(Digest decision, String nonce, Instant time) {

  public Move {
    if (nonce.isBlank()) {
      throw new IllegalArgumentException("a move needs a nonce");
    }
  }
}
