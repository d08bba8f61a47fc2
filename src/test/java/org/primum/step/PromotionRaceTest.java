package org.primum.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.promotion.Pointer;
import org.primum.store.ObjectStore;

/// 64 promoters, each with a model of its own. A gate holds them until all of them have read the
/// same pointer and are about to move it.
@Tag("slow")
final class PromotionRaceTest {

  private static final int PROMOTERS = 64;

  /// Each of these tries again until it wins, so their work grows with the square.
  private static final int STUBBORN = 16;

  @TempDir Path root;

  @Test
  void oneOf64PromotersWinsTheFirstPointer() throws Exception {
    RegistryWorld world = world(PROMOTERS);
    assertThat(race(world)).containsOnlyOnce(true).hasSize(PROMOTERS);
    assertThat(world.current().orElseThrow().sequence()).isEqualTo(1);
    world.assertServable();
  }

  @Test
  void oneOf64PromotersWinsTheNextPointer() throws Exception {
    RegistryWorld world = world(PROMOTERS);
    world.train("first");
    world.promote("first", world.store());
    assertThat(race(world)).containsOnlyOnce(true).hasSize(PROMOTERS);
    assertThat(world.current().orElseThrow().sequence()).isEqualTo(2);
    assertThat(world.history().entries()).hasSize(2);
    world.assertServable();
  }

  @Test
  void promotersThatTryUntilTheyWinLoseNoUpdate() throws Exception {
    RegistryWorld world = world(STUBBORN);
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < STUBBORN; i++) {
      String model = "m" + i;
      all.add(() -> {
        boolean won = false;
        while (!won) {
          won = world.promote(model, world.store()) instanceof StepResult.Passed;
        }
        return won;
      });
    }
    assertThat(run(all)).hasSize(STUBBORN);
    List<Pointer> entries = world.history().entries();
    assertThat(entries).hasSize(STUBBORN);
    assertThat(new HashSet<>(entries.stream().map(Pointer::model).toList())).hasSize(STUBBORN);
    assertThat(new HashSet<>(entries.stream().map(Pointer::nonce).toList())).hasSize(STUBBORN);
    world.assertServable();
  }

  private RegistryWorld world(int models) {
    RegistryWorld world = RegistryWorld.in(root);
    for (int i = 0; i < models; i++) {
      world.train("m" + i);
    }
    return world;
  }

  /// Whether each promoter won.
  private static List<Boolean> race(RegistryWorld world) throws Exception {
    CyclicBarrier start = new CyclicBarrier(PROMOTERS);
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < PROMOTERS; i++) {
      String model = "m" + i;
      all.add(() -> world.promote(model, held(world.store(), start)) instanceof StepResult.Passed);
    }
    return run(all);
  }

  private static ObjectStore held(ObjectStore store, CyclicBarrier start) {
    return new WatchedStore(store) {
      @Override
      void asked(String request, String key) throws IOException {
        boolean moves = request.equals("create") || request.equals("replace");
        if (moves && key.endsWith("current.json")) {
          try {
            start.await();
          } catch (InterruptedException | BrokenBarrierException e) {
            throw new IOException("the race was called off", e);
          }
        }
      }
    };
  }

  private static List<Boolean> run(List<Callable<Boolean>> all)
      throws InterruptedException, ExecutionException {
    List<Boolean> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(PROMOTERS)) {
      for (Future<Boolean> future : threads.invokeAll(all)) {
        results.add(future.get());
      }
    }
    return results;
  }
}
