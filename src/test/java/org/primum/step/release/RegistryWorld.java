package org.primum.step.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.primum.platform.Progress;
import org.primum.promotion.Approval;
import org.primum.promotion.History;
import org.primum.promotion.Pointer;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.store.Location;
import org.primum.store.ObjectStore;
import org.primum.store.Stores;

/// A registry, and models with evidence that passes, for tests that reach between two requests to
/// the store.
///
/// @param root of models and evidence
/// @param place of the registry
record RegistryWorld(Path root, Location place, Stores stores, ReleaseFixture fixture) {

  static final String NAME = "readmission";

  /// With its registry in a directory.
  static RegistryWorld in(Path root) {
    return in(root, at(root.resolve("registry")), new Stores(Map.of()));
  }

  static RegistryWorld in(Path root, Location place, Stores stores) {
    return new RegistryWorld(root, place, stores, new ReleaseFixture(root, Clock.systemUTC()));
  }

  /// The same models, and nothing promoted yet.
  RegistryWorld withFreshRegistry(int number) {
    return new RegistryWorld(root, at(root.resolve("registry-" + number)), stores, fixture);
  }

  ObjectStore store() {
    return stores.open(place);
  }

  /// A model with its evidence.
  void train(String... models) {
    fixture.policy();
    for (String model : models) {
      fixture.passing(model);
    }
  }

  StepResult promote(String model, ObjectStore store) throws IOException {
    Path of = root.resolve(model);
    PromoteStep.Inputs inputs =
        new PromoteStep.Inputs(
            at(fixture.model(model)),
            NAME,
            place,
            at(root.resolve("release.yaml")),
            List.of(at(of.resolve("train")), at(of.resolve("audit"))),
            new Approval.NotGiven());
    return new PromoteStep().run(inputs, store, context());
  }

  StepResult rollback(ObjectStore store) throws IOException {
    RollbackStep.Inputs inputs = new RollbackStep.Inputs(NAME, place, "a drill");
    return new RollbackStep().run(inputs, store, context());
  }

  Optional<Pointer> current() throws IOException {
    return new Registry(store(), NAME).current().map(Registry.Current::pointer);
  }

  /// Status works, the whole history follows, and every byte of the current model is there.
  void assertServable() throws IOException {
    Registry held = new Registry(store(), NAME);
    Optional<Registry.Current> current = held.current();
    if (current.isPresent()) {
      StatusStep.read(store(), NAME);
      held.blobs().verify(current.get().pointer().model(), Progress.none());
    }
  }

  History history() throws IOException {
    Registry registry = new Registry(store(), NAME);
    return registry.history(registry.current().orElseThrow());
  }

  List<String> keys() throws IOException {
    List<String> keys = new ArrayList<>();
    for (ObjectStore.Stat stat : store().list("")) {
      keys.add(stat.key());
    }
    return keys;
  }

  private static Location at(Path path) {
    return Location.parse(path.toString());
  }

  StepContext context() throws IOException {
    Path staging = Files.createTempDirectory(root, "staging");
    Path scratch = Files.createTempDirectory(root, "scratch");
    return new StepContext(
        "0.1.0",
        fixture.clock().instant(),
        new Stores(System.getenv()),
        staging,
        scratch,
        Progress.none(),
        line -> {});
  }
}
