package org.primum.step.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.data.Digest;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.promotion.Pointer;
import org.primum.promotion.Slot;
import org.primum.step.StepResult;
import org.primum.step.WatchedStore;
import org.primum.store.ObjectStore;
import org.primum.store.ObjectStore.WriteResult;
import org.primum.store.TransientStoreException;

/// Promoters and rollbacks that are killed after each request to the store in turn, or that lose an
/// answer. What is left can be served from at any time, and the next run completes it.
@Tag("slow")
final class PromotionCrashTest {

  @TempDir Path root;
  private RegistryWorld world;

  @BeforeEach
  void trainModels() {
    world = RegistryWorld.in(root);
    world.train("a", "b");
  }

  /// A kill: no handler of the step may see it as something it knows.
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static final class Killing extends WatchedStore {
    private final int after;
    private int requests;

    Killing(ObjectStore inner, int after) {
      super(inner);
      this.after = after;
    }

    @Override
    protected void answered(String request, String key) {
      requests++;
      if (requests == after) {
        throw new Killed();
      }
    }
  }

  private interface Work {
    StepResult with(ObjectStore store) throws IOException;
  }

  /// Whether the work was killed.
  private boolean kill(int after, Work work) throws IOException {
    try {
      work.with(new Killing(world.store(), after));
      return false;
    } catch (Killed _) {
      return true;
    }
  }

  @Test
  void aFirstPromotionKilledAnywhereIsCompletedByTheNext() throws IOException {
    int after = 1;
    while (kill(after, store -> world.promote("a", store))) {
      world.assertServable();
      assertThat(world.promote("a", world.store())).isInstanceOf(StepResult.Passed.class);
      assertComplete("a", 1);
      world = world.withFreshRegistry(after);
      after++;
    }
    assertThat(after).isGreaterThan(10);
  }

  @Test
  void aSecondPromotionKilledAnywhereIsCompletedByTheNext() throws IOException {
    int after = 1;
    world.promote("a", world.store());
    while (kill(after, store -> world.promote("b", store))) {
      world.assertServable();
      assertThat(world.promote("b", world.store())).isInstanceOf(StepResult.Passed.class);
      assertComplete("b", 2);
      assertThat(world.current().orElseThrow().lastKnownGood())
          .isEqualTo(Slot.of(world.fixture().digest("a")));
      world = world.withFreshRegistry(after);
      world.promote("a", world.store());
      after++;
    }
    assertThat(after).isGreaterThan(12);
  }

  @Test
  void aRollbackKilledAnywhereIsCompletedByTheNext() throws IOException {
    int after = 1;
    world.promote("a", world.store());
    world.promote("b", world.store());
    while (kill(after, world::rollback)) {
      world.assertServable();
      Pointer left = world.current().orElseThrow();
      StepResult again = world.rollback(world.store());
      // Where the first run had moved already, there is nothing left to go back to.
      if (left.sequence() == 2) {
        assertThat(again).isInstanceOf(StepResult.Passed.class);
      } else {
        assertThat(again).isInstanceOf(StepResult.Inconclusive.class);
      }
      assertComplete("a", 3);
      world = world.withFreshRegistry(after);
      world.promote("a", world.store());
      world.promote("b", world.store());
      after++;
    }
    assertThat(after).isGreaterThan(8);
  }

  private void assertComplete(String model, long sequence) throws IOException {
    world.assertServable();
    Pointer current = world.current().orElseThrow();
    assertThat(current.model()).isEqualTo(world.fixture().digest(model));
    assertThat(current.sequence()).isEqualTo(sequence);
    assertThat(world.history().entries()).hasSize((int) sequence);
    assertThat(world.keys())
        .contains("models/readmission/last-known-good.json")
        .contains("models/readmission/history/" + sequence + ".json");
  }

  @Test
  void anAnswerThatWasLostIsRecognizedAsItsOwnSuccess() throws IOException {
    world.promote("a", world.store());
    ObjectStore deaf =
        new WatchedStore(world.store()) {
          @Override
          protected WriteResult answer(String request, String key, WriteResult result) {
            return key.endsWith("current.json") ? new WriteResult.Conflict() : result;
          }
        };
    assertThat(world.promote("b", deaf)).isInstanceOf(StepResult.Passed.class);
    assertComplete("b", 2);
  }

  @Test
  void aLostAnswerIsRecognizedEvenAfterSomebodyElseMovedOn() throws IOException {
    world.promote("a", world.store());
    world.train("c");
    ObjectStore slow =
        new WatchedStore(world.store()) {
          @Override
          protected WriteResult answer(String request, String key, WriteResult result)
              throws IOException {
            if (!key.endsWith("current.json")) {
              return result;
            }
            world.promote("c", world.store());
            return new WriteResult.Conflict();
          }
        };
    StepResult result = world.promote("b", slow);
    assertThat(result).isInstanceOf(StepResult.Passed.class);
    assertThat(result.evidence().verdict().summary()).contains("Move 3 has followed since");
    assertComplete("c", 3);
  }

  @Test
  void aPromoterThatComesSecondIsToldSo() throws IOException {
    world.promote("a", world.store());
    world.train("c");
    ObjectStore overtaken =
        new WatchedStore(world.store()) {
          @Override
          protected void asked(String request, String key) throws IOException {
            if (request.equals("replace") && key.endsWith("current.json")) {
              world.promote("c", world.store());
            }
          }
        };
    StepResult result = world.promote("b", overtaken);
    assertThat(result).isInstanceOf(StepResult.Conflict.class);
    assertThat(result.evidence().verdict().passes()).isFalse();
    assertComplete("c", 2);
  }

  @Test
  void aStoreThatGoesAwayIsPassedOn() throws IOException {
    world.promote("a", world.store());
    ObjectStore gone =
        new WatchedStore(world.store()) {
          @Override
          protected void asked(String request, String key) throws IOException {
            if (request.equals("replace")) {
              throw new TransientStoreException("unreachable", new IOException("reset"));
            }
          }
        };
    assertThatThrownBy(() -> world.promote("b", gone)).isInstanceOf(TransientStoreException.class);
    assertComplete("a", 1);
  }

  @Test
  void aFileThatChangesWhileItIsCopiedNeverArrives() throws IOException {
    Path trees = world.fixture().model("b").resolve("trees/0.bin");
    ObjectStore late =
        new WatchedStore(world.store()) {
          @Override
          protected void answered(String request, String key) throws IOException {
            if (request.equals("probe")) {
              Files.writeString(trees, "trees of B");
            }
          }
        };
    assertThatThrownBy(() -> world.promote("b", late))
        .isInstanceOf(ProvenanceInvalidException.class)
        .hasMessageContaining("changed while it was copied");
    assertThat(world.current()).isEmpty();
    String hex = Digest.of("trees of b").hex();
    assertThat(world.keys()).noneMatch(key -> key.endsWith(hex));
  }

  @Test
  void aBlobThatIsThereButDamagedStopsThePromotion() throws IOException {
    String hex = Digest.of("trees of b").hex();
    world
        .store()
        .create(
            "blobs/sha256/" + hex.substring(0, 2) + "/" + hex,
            ObjectStore.Content.of("something else"));
    assertThatThrownBy(() -> world.promote("b", world.store()))
        .isInstanceOf(ProvenanceInvalidException.class)
        .hasMessageContaining("does not hold the bytes it is named by");
    assertThat(world.current()).isEmpty();
  }

  @Test
  void aGapInTheHistoryStopsARollback() throws IOException {
    world.promote("a", world.store());
    world.promote("b", world.store());
    world.store().delete("models/readmission/history/1.json");
    assertThatThrownBy(() -> world.rollback(world.store()))
        .isInstanceOf(ProvenanceInvalidException.class)
        .hasMessageContaining("the history has a gap");
  }

  @Test
  void aDamagedLastKnownGoodFileIsWrittenAnew() throws IOException {
    world.promote("a", world.store());
    world
        .store()
        .put("models/readmission/last-known-good.json", ObjectStore.Content.of("nonsense"));
    world.promote("b", world.store());
    String text =
        new String(
            world
                .store()
                .read("models/readmission/last-known-good.json", 1000)
                .orElseThrow()
                .bytes(),
            StandardCharsets.UTF_8);
    assertThat(text).contains(world.fixture().digest("a").value()).contains("\"sequence\" : 2");
  }
}
