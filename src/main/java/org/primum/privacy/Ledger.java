package org.primum.privacy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.primum.data.Digest;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.privacy.LedgerEntry.Committed;
import org.primum.privacy.LedgerEntry.Event;
import org.primum.privacy.LedgerEntry.Header;
import org.primum.privacy.LedgerEntry.Opened;
import org.primum.privacy.LedgerEntry.Reserved;

/// A dataset's budget and everything that was ever spent of it: a hash chain that only grows.
///
/// What counts as spent is every reservation, whether or not its run came to publish anything.
public final class Ledger {

  /// An entry with the hash that was written beside it.
  public record Sealed(LedgerEntry entry, Digest hash) {}

  /// How a wish to spend came out.
  public sealed interface Wish {
    /// The entry to append.
    record Granted(Reserved entry) implements Wish {}

    /// The same run has reserved before; it costs nothing again.
    record Known(Reserved entry) implements Wish {}

    /// It does not fit.
    record Exhausted(BigDecimal asked, BigDecimal left) implements Wish {}
  }

  private final String dataset;
  private final List<LedgerEntry> entries;

  private Ledger(String dataset, List<LedgerEntry> entries) {
    this.dataset = dataset;
    this.entries = List.copyOf(entries);
  }

  public static Ledger empty(String dataset) {
    return new Ledger(dataset, List.of());
  }

  /// The ledger with one more entry.
  ///
  /// @throws ProvenanceInvalidException where the entry does not continue the chain: a gap, a fork,
  ///   a changed byte, an entry of another dataset, more spent than the budget
  public Ledger append(Sealed next) {
    LedgerEntry entry = next.entry();
    Header header = entry.header();
    require(header.sequence() == entries.size(), "is not number " + entries.size());
    require(header.dataset().equals(dataset), "belongs to dataset " + header.dataset());
    require(next.hash().equals(entry.hash()), "was changed after it was written");
    require(header.previous().equals(head()), "does not follow the entry before it");
    checkMeaning(entry);
    List<LedgerEntry> longer = new ArrayList<>(entries);
    longer.add(entry);
    return new Ledger(dataset, longer);
  }

  private void checkMeaning(LedgerEntry entry) {
    switch (entry) {
      case Opened(_, PrivacyBudget budget) -> {
        require(entries.isEmpty(), "opens a ledger that is open");
        require(budget.dataset().equals(dataset), "opens another dataset");
      }
      case Reserved reserved -> {
        require(!entries.isEmpty(), "spends before there is a budget");
        require(find(reserved.key()).isEmpty(), "reserves a second time for one run");
        require(
            reserved.events().stream()
                .allMatch(e -> e.loss().definition() == budget().total().definition()),
            "spends under another definition of privacy than the budget's");
        require(reserved.amount().compareTo(remaining()) <= 0, "spends more than was left");
      }
      case Committed(_, Digest key, _) -> {
        require(find(key).isPresent(), "publishes what nobody reserved");
        require(findCommitted(key).isEmpty(), "publishes a second draw of one reservation");
      }
    }
  }

  private void require(boolean holds, String fault) {
    if (!holds) {
      throw new ProvenanceInvalidException(
          "LEDGER_TAMPERED: ledger of "
              + dataset
              + ": entry "
              + entries.size()
              + " "
              + fault
              + "; nothing is released until an operator has found out who changed the store");
    }
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  public int size() {
    return entries.size();
  }

  /// The hash the next entry has to name.
  public Digest head() {
    return entries.isEmpty() ? LedgerEntry.NOTHING : entries.getLast().hash();
  }

  /// @throws IllegalStateException where the ledger is empty
  public PrivacyBudget budget() {
    if (!entries.isEmpty() && entries.getFirst() instanceof Opened(_, PrivacyBudget budget)) {
      return budget;
    }
    throw new IllegalStateException("the ledger of " + dataset + " is not open");
  }

  /// @throws ConfigInvalidException where the ledger was opened with another budget
  public void requireBudget(PrivacyBudget asked) {
    if (!budget().canonical().equals(asked.canonical())) {
      throw new ConfigInvalidException(
          "the ledger of "
              + dataset
              + " was opened with another budget ("
              + described(budget())
              + ") than the one given ("
              + described(asked)
              + "); a budget cannot be changed after the first release. Give the first budget file"
              + " again, or a dataset of other patients another name");
    }
  }

  private static String described(PrivacyBudget budget) {
    return budget.total().definition().unit()
        + " "
        + budget.total().amount().toPlainString()
        + budget.delta().map(d -> " at delta " + d.toPlainString()).orElse("")
        + ", at most "
        + budget.maxRows()
        + " rows of each "
        + budget.unitColumn()
        + ", "
        + budget.relation().id();
  }

  /// Everything that was reserved, used or not.
  public BigDecimal spent() {
    return sum(reservations().stream());
  }

  public BigDecimal remaining() {
    return PrivacyLoss.plain(budget().total().amount().subtract(spent()));
  }

  /// What was spent up to and including the reservation.
  public BigDecimal spentUpTo(Reserved last) {
    return sum(
        reservations().stream().filter(r -> r.header().sequence() <= last.header().sequence()));
  }

  private static BigDecimal sum(Stream<Reserved> reservations) {
    return PrivacyLoss.plain(
        reservations.map(Reserved::amount).reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  private List<Reserved> reservations() {
    return entries.stream().filter(Reserved.class::isInstance).map(Reserved.class::cast).toList();
  }

  public Optional<Reserved> find(Digest key) {
    return reservations().stream().filter(r -> r.key().equals(key)).findFirst();
  }

  public Optional<Committed> findCommitted(Digest key) {
    return entries.stream()
        .filter(Committed.class::isInstance)
        .map(Committed.class::cast)
        .filter(c -> c.key().equals(key))
        .findFirst();
  }

  /// @throws ProvenanceInvalidException where something was published that no reservation paid for:
  ///   the end of the ledger was cut off
  public void requireReserved(List<Digest> published) {
    Set<Digest> unpaid = new HashSet<>(published);
    reservations().forEach(r -> unpaid.remove(r.key()));
    if (!unpaid.isEmpty()) {
      throw new ProvenanceInvalidException(
          "LEDGER_TAMPERED: ledger of "
              + dataset
              + ": "
              + unpaid.size()
              + " published results have no reservation; entries at its end are gone. Restore them"
              + " from the store's versions or a backup");
    }
  }

  public Opened open(PrivacyBudget budget, Instant time, String actor) {
    return new Opened(header(time, actor), budget);
  }

  /// Whether these events still fit, and the entry that pays for them.
  public Wish reserve(Digest key, Digest release, List<Event> events, Instant time, String actor) {
    Optional<Reserved> known = find(key);
    if (known.isPresent()) {
      return new Wish.Known(known.get());
    }
    Reserved entry = new Reserved(header(time, actor), key, release, events);
    return entry.amount().compareTo(remaining()) <= 0
        ? new Wish.Granted(entry)
        : new Wish.Exhausted(entry.amount(), remaining());
  }

  public Committed commit(Digest key, Digest result, Instant time, String actor) {
    return new Committed(header(time, actor), key, result);
  }

  private Header header(Instant time, String actor) {
    return new Header(dataset, entries.size(), head(), time, actor);
  }
}
