package org.primum.step.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.primum.platform.ExitStatus;
import org.primum.step.StepRun;
import org.primum.step.WatchedStore;
import org.primum.store.ObjectStore;

/// 64 promoters, each with a model and a store of its own. A gate holds them until all of them have
/// read the same pointer and are about to move it.
interface PromotionRaceContract {

  int PROMOTERS = 64;

  /// Where models and evidence are made, and a registry that nobody else has.
  RegistryWorld world();

  @Test
  default void oneOf64PromotersWinsTheFirstPointer() throws Exception {
    RegistryWorld world = world(world(), PROMOTERS);
    assertOneWinner(race(world));
    assertThat(world.current().orElseThrow().sequence()).isEqualTo(1);
    world.assertServable();
  }

  @Test
  default void oneOf64PromotersWinsTheNextPointer() throws Exception {
    RegistryWorld world = world(world(), PROMOTERS);
    world.train("first");
    world.promote("first", world.store());
    assertOneWinner(race(world));
    assertThat(world.current().orElseThrow().sequence()).isEqualTo(2);
    assertThat(world.history().entries()).hasSize(2);
    world.assertServable();
  }

  private static void assertOneWinner(List<ExitStatus> statuses) {
    assertThat(statuses).hasSize(PROMOTERS).containsOnlyOnce(ExitStatus.PASSED);
    assertThat(statuses.stream().filter(ExitStatus.CONFLICT::equals)).hasSize(PROMOTERS - 1);
  }

  static RegistryWorld world(RegistryWorld world, int models) {
    for (int i = 0; i < models; i++) {
      world.train("m" + i);
    }
    return world;
  }

  /// How each promoter ended.
  private static List<ExitStatus> race(RegistryWorld world) throws Exception {
    CyclicBarrier start = new CyclicBarrier(PROMOTERS);
    List<Callable<ExitStatus>> all = new ArrayList<>();
    for (int i = 0; i < PROMOTERS; i++) {
      String model = "m" + i;
      all.add(() -> {
        try (ObjectStore store = held(world.store(), start)) {
          return StepRun.status(world.promote(model, store));
        }
      });
    }
    return run(all);
  }

  private static ObjectStore held(ObjectStore store, CyclicBarrier start) {
    return new WatchedStore(store) {
      @Override
      protected void asked(String request, String key) throws IOException {
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

  static <T> List<T> run(List<Callable<T>> all) throws InterruptedException, ExecutionException {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(PROMOTERS)) {
      for (Future<T> future : threads.invokeAll(all)) {
        results.add(future.get());
      }
    }
    return results;
  }
}
