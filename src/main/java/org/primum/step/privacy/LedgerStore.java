package org.primum.step.privacy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.primum.data.Digest;
import org.primum.document.LedgerEntryDocument;
import org.primum.document.ReleaseResultDocument;
import org.primum.document.Source;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.privacy.Ledger;
import org.primum.privacy.Ledger.Wish;
import org.primum.privacy.LedgerEntry;
import org.primum.privacy.LedgerEntry.Event;
import org.primum.privacy.PrivacyBudget;
import org.primum.store.ObjectStore;
import org.primum.store.ObjectStore.Content;
import org.primum.store.ObjectStore.WriteResult;
import org.primum.store.TransientStoreException;

/// A [Ledger] in a store: entries under `ledger/<dataset>/<sequence>.json` and published draws
/// under `ledger/<dataset>/results/<run>.json`, each written once and never again.
///
/// The order of writes is what keeps the promise: the reservation before the data is read, the draw
/// under the name of its run only where there is none, the commit last. Wherever a run is killed,
/// what is spent covers what is published, and the same run tried again publishes the same draw.
public final class LedgerStore {

  private static final int ENTRY_LIMIT = 1 << 24;

  /// Each lost race means that somebody else won one, so this many are never lost in a row.
  private static final int ATTEMPTS = 1000;

  private static final Pattern ENTRY = Pattern.compile("\\d{12}\\.json");
  private static final Pattern RESULT = Pattern.compile("results/([0-9a-f]{64})\\.json");

  private final ObjectStore store;
  private final String prefix;
  private final Instant now;
  private final String actor;
  private Ledger ledger;

  /// @param actor who writes, as the engine calls the run
  public LedgerStore(ObjectStore store, String dataset, Instant now, String actor) {
    this.store = store;
    this.prefix = "ledger/" + dataset + "/";
    this.now = now;
    this.actor = actor;
    this.ledger = Ledger.empty(dataset);
  }

  /// Reads and verifies the whole chain, and opens it with the budget where there is none.
  ///
  /// @throws ProvenanceInvalidException where the chain was tampered with
  /// @throws org.primum.gate.ConfigInvalidException where it was opened with another budget
  public void open(PrivacyBudget budget) throws IOException {
    store.probeConditionalWrites();
    Inventory inventory = inventory();
    readFrom(inventory.entries());
    ledger.requireReserved(inventory.results());
    for (int attempt = 0; ledger.isEmpty(); attempt++) {
      append(ledger.open(budget, now, actor), attempt);
    }
    ledger.requireBudget(budget);
  }

  /// What the store holds: the number of entries up to the last one, and whose draws.
  private record Inventory(long entries, List<Digest> results) {}

  private Inventory inventory() throws IOException {
    List<Digest> results = new ArrayList<>();
    long entries = 0;
    for (ObjectStore.Stat object : store.list(prefix)) {
      String name = object.key().substring(prefix.length());
      Matcher result = RESULT.matcher(name);
      if (result.matches()) {
        results.add(new Digest("sha256:" + result.group(1)));
      } else if (ENTRY.matcher(name).matches()) {
        entries = Math.max(entries, Long.parseLong(name.substring(0, 12)) + 1);
      } else {
        throw tampered("an object '" + name + "' that no release writes");
      }
    }
    return new Inventory(entries, results);
  }

  public Ledger ledger() {
    return ledger;
  }

  /// Spends, unless the same run has spent before or it does not fit.
  Wish reserve(Digest key, Digest release, List<Event> events) throws IOException {
    for (int attempt = 0; ; attempt++) {
      Wish wish = ledger.reserve(key, release, events, now, actor);
      boolean settled =
          switch (wish) {
            case Wish.Granted(LedgerEntry.Reserved entry) -> append(entry, attempt);
            case Wish.Known _, Wish.Exhausted _ -> true;
          };
      if (settled) {
        return wish;
      }
    }
  }

  /// The published draw of the run, if there is one.
  ///
  /// @throws ProvenanceInvalidException where it is not the draw that was committed
  Optional<byte[]> result(Digest key) throws IOException {
    Optional<byte[]> result =
        store.read(resultKey(key), ReleaseResultDocument.LIMIT).map(ObjectStore.Read::bytes);
    Optional<Digest> committed = ledger.findCommitted(key).map(LedgerEntry.Committed::result);
    if (committed.isPresent() && !committed.equals(result.map(Digest::of))) {
      throw tampered("a published result is gone or was changed; it is never drawn again");
    }
    return result;
  }

  /// Publishes the draw, unless the run was quicker somewhere else; then that draw is the one.
  byte[] publish(Digest key, byte[] draw) throws IOException {
    return switch (store.create(resultKey(key), Content.of(draw))) {
      case WriteResult.Written _ -> draw;
      case WriteResult.Conflict() ->
          result(key)
              .orElseThrow(() ->
                  new TransientStoreException(
                      store.name() + ": a result was there and is not any more; try again",
                      new IOException("no such object " + resultKey(key))));
    };
  }

  /// Notes that the draw is published.
  void commit(Digest key, byte[] published) throws IOException {
    Digest artifact = Digest.of(published);
    for (int attempt = 0; ledger.findCommitted(key).isEmpty(); attempt++) {
      append(ledger.commit(key, artifact, now, actor), attempt);
    }
    if (!ledger
        .findCommitted(key)
        .map(LedgerEntry.Committed::result)
        .equals(Optional.of(artifact))) {
      throw tampered("another draw was committed for this run");
    }
  }

  private String resultKey(Digest key) {
    return prefix + "results/" + key.hex() + ".json";
  }

  /// Writes the next entry; where somebody else was quicker, reads on and says false. A lost answer
  /// to our own write looks the same, and is found again by the run's key.
  private boolean append(LedgerEntry entry, int attempt) throws IOException {
    byte[] bytes = LedgerEntryDocument.write(entry);
    String key = entryKey(entry.header().sequence());
    return switch (store.create(key, Content.of(bytes))) {
      case WriteResult.Written _ -> {
        ledger = ledger.append(new Ledger.Sealed(entry, entry.hash()));
        yield true;
      }
      case WriteResult.Conflict() -> {
        readFrom(ledger.size() + 1L);
        pause(attempt);
        yield false;
      }
    };
  }

  /// Reads on from where we are, at least up to the given number of entries.
  private void readFrom(long atLeast) throws IOException {
    while (true) {
      String key = entryKey(ledger.size());
      Optional<ObjectStore.Read> read = store.read(key, ENTRY_LIMIT);
      if (read.isPresent()) {
        ledger = ledger.append(LedgerEntryDocument.read(new Source(key, read.get().bytes())));
      } else if (ledger.size() < atLeast) {
        throw tampered("a gap: entry " + ledger.size() + " is missing");
      } else {
        return;
      }
    }
  }

  private String entryKey(long sequence) {
    return String.format(Locale.ROOT, "%s%012d.json", prefix, sequence);
  }

  private void pause(int attempt) throws IOException {
    if (attempt >= ATTEMPTS) {
      throw new TransientStoreException(
          "LEDGER_CONFLICT: "
              + store.name()
              + ": others write to the ledger without pause; try again",
          new IOException("lost " + attempt + " races"));
    }
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(1, 10L + Math.min(attempt, 20) * 5L));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the ledger", e);
    }
  }

  private ProvenanceInvalidException tampered(String fault) {
    return new ProvenanceInvalidException(
        "LEDGER_TAMPERED: "
            + store.name()
            + ": "
            + prefix
            + ": "
            + fault
            + "; nothing is released until an operator has found out who changed the store");
  }
}
