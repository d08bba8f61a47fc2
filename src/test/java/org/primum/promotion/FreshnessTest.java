package org.primum.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything here was created at noon of 31 January 2026, UTC. Days are 24 hours; February 2026
/// has 28 days.
final class FreshnessTest {

  private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "P30D,  2026-03-02T12:00:00Z",
    "PT12H, 2026-02-01T00:00:00Z",
    "P2W,   2026-02-14T12:00:00Z",
    "P1M,   2026-02-28T12:00:00Z",
    "P1Y,   2027-01-31T12:00:00Z",
    "P1DT1H, 2026-02-01T13:00:00Z"
  })
  void coversUpToAndIncludingItsLastInstant(String age, Instant last) {
    Freshness freshness = Freshness.parse(age);
    assertThat(freshness.covers(CREATED, last)).isTrue();
    assertThat(freshness.covers(CREATED, last.plusMillis(1))).isFalse();
  }

  @Test
  void unlimitedCoversAnyAge() {
    assertThat(new Freshness.Unlimited().covers(CREATED, Instant.parse("2999-01-01T00:00:00Z")))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "30", "30d", "P", "PT0S", "P0D", "-P1D", "P-1D", "P1X", "P99999999999Y"})
  void rejectsWhatIsNoPositiveDuration(String text) {
    assertThatThrownBy(() -> Freshness.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
