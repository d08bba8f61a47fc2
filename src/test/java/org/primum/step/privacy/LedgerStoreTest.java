package org.primum.step.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.gate.ConfigInvalidException;
import org.primum.privacy.PrivacyBudget;
import org.primum.privacy.PrivacyLoss;
import org.primum.privacy.Relation;
import org.primum.store.DirectoryStore;
import org.primum.store.ObjectStore;

/// A budget of epsilon 1 for dataset `d`; each run asks for 0.1, so ten fit.
final class LedgerStoreTest implements LedgerRaceContract {

  @TempDir Path folder;

  @Override
  public ObjectStore store() {
    return new DirectoryStore(folder, folder.toString());
  }

  /// Killed before the n-th request to the store, and killed after it (its answer lost), for every
  /// n there is; then tried again. Each time one draw is published and 0.1 is spent.
  @Test
  void killedBetweenAnyTwoRequestsTheNextTryPublishesOneDrawForOnePrice() throws IOException {
    int kills = 0;
    for (boolean lostAnswer : new boolean[] {false, true}) {
      boolean finished = false;
      for (int n = 1; !finished; n++) {
        Path place = folder.resolve(lostAnswer + "-" + n);
        finished = killedAt(n, lostAnswer, place);
        kills += finished ? 0 : 1;
      }
    }
    // probe, list, first entry?, OPEN, RESERVE, result?, publish, COMMIT: eight requests, two ways
    assertThat(kills).isEqualTo(16);
  }

  /// @return whether the run came to its end before the n-th request
  private static boolean killedAt(int n, boolean lostAnswer, Path place) throws IOException {
    ObjectStore whole = new DirectoryStore(place, place.toString());
    List<String> drawn = new ArrayList<>();
    boolean finished = true;
    try {
      LedgerRaceContract.release(
          new DyingStore(whole, n, lostAnswer), LedgerRaceContract.key(1), drawn);
    } catch (Killed e) {
      finished = false;
    }
    Optional<String> afterKill = published(whole);
    LedgerStore between = new LedgerStore(whole, "d", NOW, "auditor");
    between.open(BUDGET);
    BigDecimal spent = between.ledger().spent();
    assertThat(spent).isBetween(BigDecimal.ZERO, new BigDecimal("0.1"));
    if (afterKill.isPresent()) {
      assertThat(spent).isEqualByComparingTo("0.1");
    }
    Optional<String> again = LedgerRaceContract.release(whole, LedgerRaceContract.key(1), drawn);
    assertThat(again).isPresent().isEqualTo(published(whole));
    afterKill.ifPresent(first -> assertThat(again).contains(first));
    LedgerStore after = new LedgerStore(whole, "d", NOW, "auditor");
    after.open(BUDGET);
    assertThat(after.ledger().spent()).isEqualByComparingTo("0.1");
    assertThat(after.ledger().size()).isEqualTo(3);
    return finished;
  }

  private static Optional<String> published(ObjectStore store) throws IOException {
    return store
        .read("ledger/d/results/" + LedgerRaceContract.key(1).hex() + ".json", 1000)
        .map(read -> new String(read.bytes(), StandardCharsets.UTF_8));
  }

  @Test
  void aLedgerOfAnotherBudgetIsRefused() throws IOException {
    new LedgerStore(store(), "d", NOW, "test").open(BUDGET);
    PrivacyBudget richer =
        new PrivacyBudget(
            "d",
            "patient_id",
            1,
            Relation.ADD_REMOVE,
            new PrivacyLoss.Pure(BigDecimal.TEN),
            Optional.empty());
    assertThatThrownBy(() -> new LedgerStore(store(), "d", NOW, "test").open(richer))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("epsilon 1,")
        .hasMessageContaining("epsilon 10,");
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// A store whose process dies at its n-th request: before it, or after it and before the answer.
  private static final class DyingStore implements ObjectStore {
    private final ObjectStore whole;
    private final boolean lostAnswer;
    private int left;

    DyingStore(ObjectStore whole, int n, boolean lostAnswer) {
      this.whole = whole;
      this.left = n;
      this.lostAnswer = lostAnswer;
    }

    private interface Request<T> {
      T send() throws IOException;
    }

    private <T> T request(Request<T> request) throws IOException {
      left--;
      if (left == 0 && !lostAnswer) {
        throw new Killed();
      }
      T answer = request.send();
      if (left == 0) {
        throw new Killed();
      }
      return answer;
    }

    @Override
    public Optional<Stat> stat(String key) throws IOException {
      return request(() -> whole.stat(key));
    }

    @Override
    public Optional<Read> read(String key, int limit) throws IOException {
      return request(() -> whole.read(key, limit));
    }

    @Override
    public InputStream open(String key) throws IOException {
      return request(() -> whole.open(key));
    }

    @Override
    public InputStream open(String key, String version, long offset, long length)
        throws IOException {
      return request(() -> whole.open(key, version, offset, length));
    }

    @Override
    public WriteResult create(String key, Content content) throws IOException {
      return request(() -> whole.create(key, content));
    }

    @Override
    public WriteResult replace(String key, Content content, String version) throws IOException {
      return request(() -> whole.replace(key, content, version));
    }

    @Override
    public void put(String key, Content content) throws IOException {
      request(() -> {
        whole.put(key, content);
        return key;
      });
    }

    @Override
    public List<Stat> list(String prefix) throws IOException {
      return request(() -> whole.list(prefix));
    }

    @Override
    public void delete(String key) throws IOException {
      request(() -> {
        whole.delete(key);
        return key;
      });
    }

    @Override
    public void probeConditionalWrites() throws IOException {
      request(() -> {
        whole.probeConditionalWrites();
        return whole;
      });
    }

    @Override
    public String name() {
      return whole.name();
    }

    @Override
    public void close() throws IOException {
      whole.close();
    }
  }
}
