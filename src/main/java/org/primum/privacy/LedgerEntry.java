package org.primum.privacy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.primum.data.Digest;

/// One link of the chain that a dataset's budget is kept in.
public sealed interface LedgerEntry {

  /// @param sequence from 0, without gaps
  /// @param previous the hash of the entry before; [#NOTHING] for the first
  /// @param actor who wrote it: what the engine calls the run
  record Header(String dataset, long sequence, Digest previous, Instant time, String actor) {}

  /// What the first entry follows.
  Digest NOTHING = new Digest("sha256:" + "0".repeat(64));

  Header header();

  /// The first entry: fixes the budget.
  record Opened(Header header, PrivacyBudget budget) implements LedgerEntry {}

  /// Budget is spent, before the data is read and whatever becomes of the run.
  ///
  /// @param key the run, the same when it is tried again
  /// @param release digest of the release file
  record Reserved(Header header, Digest key, Digest release, List<Event> events)
      implements LedgerEntry {
    public Reserved {
      events = List.copyOf(events);
      if (events.isEmpty()) {
        throw new IllegalArgumentException("a reservation names what it pays for");
      }
    }

    public BigDecimal amount() {
      return PrivacyLoss.plain(
          events.stream().map(e -> e.loss().amount()).reduce(BigDecimal.ZERO, BigDecimal::add));
    }
  }

  /// The one draw of a reservation is published.
  ///
  /// @param result digest of the published bytes
  record Committed(Header header, Digest key, Digest result) implements LedgerEntry {}

  /// One use of a mechanism, in terms that an auditor can account for anew.
  ///
  /// @param noise the exact parameter, `scale 2/3` or `sigma2 50`
  record Event(String query, String part, String mechanism, String noise, PrivacyLoss loss) {}

  /// SHA-256 over every field, each led by its length in bytes, so that no two entries read alike.
  default Digest hash() {
    StringBuilder text = new StringBuilder();
    for (String field : fields()) {
      text.append(field.getBytes(StandardCharsets.UTF_8).length).append(':').append(field);
    }
    return Digest.of(text.toString());
  }

  private List<String> fields() {
    List<String> fields = new ArrayList<>();
    fields.add(header().dataset());
    fields.add(Long.toString(header().sequence()));
    fields.add(header().previous().value());
    fields.add(header().time().toString());
    fields.add(header().actor());
    switch (this) {
      case Opened(_, PrivacyBudget budget) -> fields.addAll(List.of("OPEN", budget.canonical()));
      case Reserved(_, Digest key, Digest release, List<Event> events) -> {
        fields.addAll(List.of("RESERVE", key.value(), release.value()));
        events.forEach(event -> fields.addAll(fields(event)));
      }
      case Committed(_, Digest key, Digest result) ->
          fields.addAll(List.of("COMMIT", key.value(), result.value()));
    }
    return fields;
  }

  private static List<String> fields(Event event) {
    return List.of(
        event.query(),
        event.part(),
        event.mechanism(),
        event.noise(),
        event.loss().definition().id(),
        event.loss().amount().toPlainString());
  }
}
