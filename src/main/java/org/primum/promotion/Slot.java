package org.primum.promotion;

import java.util.Optional;
import org.primum.data.Digest;

/// A place for one model that may be empty: there is no previous model before the first promotion.
public sealed interface Slot {

  record Empty() implements Slot {}

  record Holding(Digest model) implements Slot {}

  static Slot of(Digest model) {
    return new Holding(model);
  }

  default Optional<Digest> find() {
    return switch (this) {
      case Empty() -> Optional.empty();
      case Holding(Digest model) -> Optional.of(model);
    };
  }

  default boolean holds(Digest model) {
    return equals(of(model));
  }
}
