package org.primum.store;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.primum.gate.ConfigInvalidException;

/// How long a request is tried again while the fault may pass: with pauses that double and are
/// drawn at random below their bound, so that many workers do not come back together.
///
/// @param total time spent waiting, from the first attempt to giving up
/// @param first the bound of the first pause
/// @param longest the bound of any pause
public record Retries(Duration total, Duration first, Duration longest) {

  static final Retries TWO_MINUTES = within(Duration.ofMinutes(2));

  private static final String PATIENCE = "PRIMUM_S3_PATIENCE";
  private static final Duration SHORTEST = Duration.ofMillis(100);

  /// As the environment says, and two minutes where it says nothing.
  ///
  /// @throws ConfigInvalidException where the variable is no duration, or out of bounds
  static Retries of(Map<String, String> environment) {
    return of(environment, PATIENCE);
  }

  /// As a variable says, and two minutes where it says nothing.
  ///
  /// @throws ConfigInvalidException where the variable is no duration, or out of bounds
  public static Retries of(Map<String, String> environment, String variable) {
    String text = environment.getOrDefault(variable, "").strip();
    if (text.isEmpty()) {
      return TWO_MINUTES;
    }
    try {
      Duration total = Duration.parse(text);
      if (total.compareTo(SHORTEST) >= 0 && total.compareTo(TWO_MINUTES.total()) <= 0) {
        return within(total);
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    throw new ConfigInvalidException(
        variable + " is a duration from PT0.1S to PT2M, as PT30S, got '" + text + "'");
  }

  private static Retries within(Duration total) {
    return new Retries(total, Duration.ofMillis(100), Duration.ofSeconds(10));
  }

  /// The total as a person reads it.
  String seconds() {
    return BigDecimal.valueOf(total.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }

  /// One try of a request.
  @FunctionalInterface
  public interface Attempt<T> {
    /// @param left time in which it must have ended
    T run(Duration left) throws IOException;
  }

  /// @param what names the request in messages
  /// @throws TransientStoreException where the fault did not pass
  public <T> T call(String what, Attempt<T> attempt) throws IOException {
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
