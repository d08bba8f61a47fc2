package org.primum.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.primum.data.Digest;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.privacy.Ledger.Sealed;
import org.primum.privacy.Ledger.Wish;
import org.primum.privacy.LedgerEntry.Committed;
import org.primum.privacy.LedgerEntry.Event;
import org.primum.privacy.LedgerEntry.Header;
import org.primum.privacy.LedgerEntry.Reserved;

/// A budget of epsilon 1.
final class LedgerTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Digest RELEASE = Digest.of("release");

  private static PrivacyBudget budget(String epsilon) {
    return new PrivacyBudget(
        "d",
        "patient_id",
        1,
        Relation.ADD_REMOVE,
        new PrivacyLoss.Pure(new BigDecimal(epsilon)),
        Optional.empty());
  }

  private static Sealed sealed(LedgerEntry entry) {
    return new Sealed(entry, entry.hash());
  }

  private static Ledger open() {
    Ledger empty = Ledger.empty("d");
    return empty.append(sealed(empty.open(budget("1"), NOW, "me")));
  }

  private static List<Event> events(BigDecimal amount) {
    return List.of(new Event("q", "count", "m", "scale 1", new PrivacyLoss.Pure(amount)));
  }

  private static Wish wish(Ledger ledger, String run, String amount) {
    return ledger.reserve(Digest.of(run), RELEASE, events(new BigDecimal(amount)), NOW, "me");
  }

  private static Ledger spend(Ledger ledger, String run, String amount) {
    return ledger.append(sealed(((Wish.Granted) wish(ledger, run, amount)).entry()));
  }

  /// 0.1 + 0.2 is 0.30000000000000004 in doubles.
  @Test
  void amountsAddUpExactly() {
    Ledger ledger = spend(spend(spend(open(), "a", "0.1"), "b", "0.2"), "c", "0.7");
    assertThat(ledger.spent()).isEqualTo("1");
    assertThat(ledger.remaining()).isEqualTo("0");
    assertThat(wish(ledger, "d", "0.000001"))
        .isEqualTo(new Wish.Exhausted(new BigDecimal("0.000001"), BigDecimal.ZERO));
  }

  @Test
  void aRunThatReservedBeforeIsKnownAndCostsNothing() {
    Ledger ledger = spend(open(), "a", "0.9");
    assertThat(wish(ledger, "a", "0.9")).isInstanceOf(Wish.Known.class);
    assertThat(wish(ledger, "b", "0.2")).isInstanceOf(Wish.Exhausted.class);
  }

  @Property
  void whateverIsAskedSpentNeverPassesTheBudget(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 999_999) Integer> asked) {
    Ledger ledger = open();
    for (int i = 0; i < asked.size(); i++) {
      Wish wish = wish(ledger, "run " + i, BigDecimal.valueOf(asked.get(i), 6).toString());
      if (wish instanceof Wish.Granted(Reserved entry)) {
        ledger = ledger.append(sealed(entry));
      }
      assertThat(ledger.spent()).isLessThanOrEqualTo(BigDecimal.ONE);
    }
  }

  @Test
  void everyFieldIsBoundByTheHash() {
    Header header = new Header("d", 1, LedgerEntry.NOTHING, NOW, "me");
    Digest key = Digest.of("a");
    LedgerEntry entry = new Reserved(header, key, RELEASE, events(BigDecimal.ONE));
    List<LedgerEntry> others =
        List.of(
            new Reserved(
                new Header("e", 1, LedgerEntry.NOTHING, NOW, "me"), key, RELEASE, entryEvents()),
            new Reserved(
                new Header("d", 2, LedgerEntry.NOTHING, NOW, "me"), key, RELEASE, entryEvents()),
            new Reserved(new Header("d", 1, key, NOW, "me"), key, RELEASE, entryEvents()),
            new Reserved(
                new Header("d", 1, LedgerEntry.NOTHING, NOW.plusNanos(1), "me"),
                key,
                RELEASE,
                entryEvents()),
            new Reserved(
                new Header("d", 1, LedgerEntry.NOTHING, NOW, "you"), key, RELEASE, entryEvents()),
            new Reserved(header, RELEASE, RELEASE, entryEvents()),
            new Reserved(header, key, key, entryEvents()),
            new Reserved(header, key, RELEASE, events(new BigDecimal("0.5"))),
            new Committed(header, key, RELEASE));
    assertThat(others).allSatisfy(other -> assertThat(other.hash()).isNotEqualTo(entry.hash()));
  }

  private static List<Event> entryEvents() {
    return events(BigDecimal.ONE);
  }

  @Test
  void aChainThatDoesNotContinueIsTampered() {
    Ledger ledger = spend(open(), "a", "0.5");
    Header right = new Header("d", 2, ledger.head(), NOW, "me");
    Digest key = Digest.of("a");
    tampered(ledger, new Header("d", 3, ledger.head(), NOW, "me"), "is not number 2");
    tampered(ledger, new Header("e", 2, ledger.head(), NOW, "me"), "belongs to dataset e");
    tampered(ledger, new Header("d", 2, RELEASE, NOW, "me"), "does not follow");
    rejects(ledger, new LedgerEntry.Opened(right, budget("1")), "opens a ledger that is open");
    rejects(ledger, new Reserved(right, key, RELEASE, entryEvents()), "a second time");
    rejects(
        ledger,
        new Reserved(right, Digest.of("b"), RELEASE, events(new BigDecimal("0.6"))),
        "more than was left");
    rejects(ledger, new Committed(right, Digest.of("b"), RELEASE), "nobody reserved");
    Ledger committed = ledger.append(sealed(ledger.commit(key, RELEASE, NOW, "me")));
    rejects(committed, committed.commit(key, RELEASE, NOW, "me"), "a second draw");
    LedgerEntry entry = ledger.commit(key, RELEASE, NOW, "me");
    assertThatThrownBy(() -> ledger.append(new Sealed(entry, RELEASE)))
        .isInstanceOf(ProvenanceInvalidException.class)
        .hasMessageContaining("was changed");
  }

  private static void tampered(Ledger ledger, Header header, String fault) {
    rejects(ledger, new Committed(header, Digest.of("a"), RELEASE), fault);
  }

  private static void rejects(Ledger ledger, LedgerEntry entry, String fault) {
    assertThatThrownBy(() -> ledger.append(sealed(entry)))
        .isInstanceOf(ProvenanceInvalidException.class)
        .hasMessageContaining("LEDGER_TAMPERED")
        .hasMessageContaining(fault);
  }

  @Test
  void theFirstBudgetIsTheBudget() {
    assertThatThrownBy(() -> open().requireBudget(budget("2")))
        .isInstanceOf(ConfigInvalidException.class);
    open().requireBudget(budget("1.000"));
  }

  @Test
  void publishingWithoutAReservationShowsThatTheEndWasCutOff() {
    open().requireReserved(List.of());
    assertThatThrownBy(() -> open().requireReserved(List.of(RELEASE)))
        .isInstanceOf(ProvenanceInvalidException.class)
        .hasMessageContaining("no reservation");
  }
}
