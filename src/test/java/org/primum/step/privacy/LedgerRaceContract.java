package org.primum.step.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.primum.data.Digest;
import org.primum.privacy.Ledger.Wish;
import org.primum.privacy.LedgerEntry.Event;
import org.primum.privacy.PrivacyBudget;
import org.primum.privacy.PrivacyLoss;
import org.primum.privacy.Relation;
import org.primum.store.ObjectStore;

/// A budget of epsilon 1 for dataset `d`, in a store that nobody else has; 32 runs ask for 0.1
/// each, so ten fit.
interface LedgerRaceContract {

  Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  Digest RELEASE = Digest.of("release");
  PrivacyBudget BUDGET =
      new PrivacyBudget(
          "d",
          "patient_id",
          1,
          Relation.ADD_REMOVE,
          new PrivacyLoss.Pure(BigDecimal.ONE),
          Optional.empty());
  List<Event> TENTH =
      List.of(
          new Event(
              "q",
              "count",
              "discrete-laplace",
              "scale 10",
              new PrivacyLoss.Pure(new BigDecimal("0.1"))));

  ObjectStore store();

  static Digest key(int run) {
    return Digest.of("run " + run);
  }

  /// What a run does, in the order of the step: reserve, draw, publish, commit.
  ///
  /// @param drawn counts the draws that were made
  static Optional<String> release(ObjectStore store, Digest key, List<String> drawn)
      throws IOException {
    LedgerStore ledger = new LedgerStore(store, "d", NOW, "test");
    ledger.open(BUDGET);
    if (ledger.reserve(key, RELEASE, TENTH) instanceof Wish.Exhausted) {
      return Optional.empty();
    }
    byte[] published;
    Optional<byte[]> earlier = ledger.result(key);
    if (earlier.isPresent()) {
      published = earlier.get();
    } else {
      String draw = "draw " + drawn.size() + " of " + key;
      drawn.add(draw);
      published = ledger.publish(key, draw.getBytes(StandardCharsets.UTF_8));
    }
    ledger.commit(key, published);
    return Optional.of(new String(published, StandardCharsets.UTF_8));
  }

  @Test
  default void thirtyTwoWritersSpendExactlyTheBudget() throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Optional<String>>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
      for (int run = 0; run < 32; run++) {
        Digest key = key(run);
        Callable<Optional<String>> release =
            () -> {
              start.await();
              return release(store(), key, new ArrayList<>());
            };
        results.add(threads.submit(release));
      }
      start.countDown();
    }
    int published = 0;
    for (Future<Optional<String>> result : results) {
      published += result.get().isPresent() ? 1 : 0;
    }
    assertThat(published).isEqualTo(10);
    LedgerStore ledger = new LedgerStore(store(), "d", NOW, "test");
    ledger.open(BUDGET);
    assertThat(ledger.ledger().spent()).isEqualByComparingTo("1");
    // one OPEN, ten RESERVE, ten COMMIT
    assertThat(ledger.ledger().size()).isEqualTo(21);
  }

  @Test
  default void thirtyTwoTriesOfOneRunPublishOneDrawAndPayOnce() throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Optional<String>>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
      for (int i = 0; i < 32; i++) {
        List<String> drawn = new ArrayList<>(List.of("offset ".repeat(i)));
        Callable<Optional<String>> release =
            () -> {
              start.await();
              return release(store(), key(1), drawn);
            };
        results.add(threads.submit(release));
      }
      start.countDown();
    }
    Set<Optional<String>> published = new HashSet<>();
    for (Future<Optional<String>> result : results) {
      published.add(result.get());
    }
    assertThat(published).hasSize(1);
    LedgerStore ledger = new LedgerStore(store(), "d", NOW, "test");
    ledger.open(BUDGET);
    assertThat(ledger.ledger().spent()).isEqualByComparingTo("0.1");
  }
}
