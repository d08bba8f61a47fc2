package org.primum.store;

import java.io.IOException;
import java.time.Duration;

/// How long a request is tried again while the fault may pass: with pauses that double and are
/// drawn at random below their bound, so that many workers do not come back together.
///
/// @param total time spent waiting, from the first attempt to giving up
/// @param first the bound of the first pause
/// @param longest the bound of any pause
record Retries(Duration total, Duration first, Duration longest) {

  static final Retries TWO_MINUTES =
      new Retries(Duration.ofMinutes(2), Duration.ofMillis(100), Duration.ofSeconds(10));

  /// One try of a request.
  @FunctionalInterface
  interface Attempt<T> {
    /// @param left time in which it must have ended
    T run(Duration left) throws IOException;
  }

  /// @param what names the request in messages
  /// @throws TransientStoreException where the fault did not pass
  <T> T call(String what, Attempt<T> attempt) throws IOException {
    Patience patience = new Patience(this, what);
    while (true) {
      long start = System.nanoTime();
      try {
        return attempt.run(patience.left());
      } catch (IOException e) {
        patience.spend(System.nanoTime() - start);
        patience.pauseAfter(e);
      }
    }
  }
}
