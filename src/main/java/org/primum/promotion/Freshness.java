package org.primum.promotion;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAmount;

/// How old evidence may be when a release is decided.
public sealed interface Freshness {

  /// Any age.
  record Unlimited() implements Freshness {}

  /// @param amount a positive [Duration] or [Period]; months and years are those of the calendar,
  ///   UTC
  record AtMost(TemporalAmount amount) implements Freshness {

    private static final Instant EPOCH = Instant.EPOCH;

    public AtMost {
      if (!end(EPOCH, amount).isAfter(EPOCH)) {
        throw new IllegalArgumentException("an age is longer than nothing, got " + amount);
      }
    }
  }

  /// Reads an ISO 8601 duration: `P30D`, `PT12H`, `P2W`, `P6M`.
  ///
  /// @throws IllegalArgumentException where the text is none, or it is not longer than nothing
  static Freshness parse(String text) {
    try {
      return new AtMost(Duration.parse(text));
    } catch (DateTimeParseException notInDaysAndHours) {
      return inWeeksOrMonths(text);
    } catch (ArithmeticException | DateTimeException e) {
      throw new IllegalArgumentException("an age no calendar reaches: '" + text + "'", e);
    }
  }

  /// Whether what was created then still counts now. The last instant counts.
  default boolean covers(Instant created, Instant now) {
    return switch (this) {
      case Unlimited() -> true;
      case AtMost(TemporalAmount amount) -> !now.isAfter(end(created, amount));
    };
  }

  private static Freshness inWeeksOrMonths(String text) {
    try {
      return new AtMost(Period.parse(text));
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "an age is an ISO 8601 duration such as P30D or PT12H, got '" + text + "'", e);
    }
  }

  private static Instant end(Instant created, TemporalAmount amount) {
    return created.atOffset(ZoneOffset.UTC).plus(amount).toInstant();
  }
}
