package org.primum.step;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.document.Manifest;
import org.primum.gate.ConfigInvalidException;
import org.primum.platform.Progress;
import org.primum.store.Location;
import org.primum.store.ObjectStore;
import org.primum.store.Stores;

/// What a step may use of the world: its inputs as local files, a place for its artifacts, the
/// clock, stores, progress, and a line to the person who waits.
public final class StepContext {

  private final String version;
  private final Instant now;
  private final Stores stores;
  private final Path staging;
  private final Path scratch;
  private final Progress progress;
  private final Consumer<String> log;
  private final List<Manifest.Artifact> inputs = new ArrayList<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private OptionalLong seed = OptionalLong.empty();

  public StepContext(
      String version,
      Instant now,
      Stores stores,
      Path staging,
      Path scratch,
      Progress progress,
      Consumer<String> log) {
    this.version = version;
    this.now = now;
    this.stores = stores;
    this.staging = staging;
    this.scratch = scratch;
    this.progress = progress;
    this.log = log;
  }

  /// An input as a local file.
  ///
  /// @param name how messages call it: the location as it was given
  public record Input(String name, Path path, Digest digest) {}

  /// The version of primum.
  public String version() {
    return version;
  }

  /// When the step began; the only clock a verdict sees.
  public Instant now() {
    return now;
  }

  public Progress progress() {
    return progress;
  }

  /// One line to stderr. Never a patient's value, never a secret.
  public void log(String line) {
    log.accept(line);
  }

  /// Records the seed of the run in the manifest.
  public void useSeed(long value) {
    seed = OptionalLong.of(value);
  }

  OptionalLong seed() {
    return seed;
  }

  List<Manifest.Artifact> inputs() {
    return List.copyOf(inputs);
  }

  /// The store whose keys are relative to the location.
  public ObjectStore open(Location prefix) {
    return stores.open(prefix);
  }

  /// The input file at the location, brought to this machine if it is in a bucket, and named by
  /// digest in the manifest.
  ///
  /// @param role what it is to the step, e.g. `data`, `policy`
  /// @throws DataInvalidException where there is no such file
  public Input fetch(String role, Location location) throws IOException {
    Path path = location.isLocal() ? localFile(role, location) : download(role, location);
    return record(role, location, path);
  }

  /// Like [#fetch], but the digest is made while the caller reads the file.
  ///
  /// @throws DataInvalidException where there is no such file
  public Reading reading(String role, Location location) throws IOException {
    Path path = location.isLocal() ? localFile(role, location) : download(role, location);
    FutureTask<Digest> digest = new FutureTask<>(() -> Digest.of(path));
    if (Runtime.getRuntime().availableProcessors() > 1) {
      Thread.ofPlatform().name("digest-" + role).daemon().start(digest);
    } else {
      digest.run(); // a thread beside would only wait for its turn
    }
    return new Reading(role, location, path, digest, inputs.size());
  }

  /// An input that is read before its digest is known.
  public final class Reading {
    private final String role;
    private final Location location;
    private final Path path;
    private final FutureTask<Digest> digest;
    private final int place;

    private Reading(
        String role, Location location, Path path, FutureTask<Digest> digest, int place) {
      this.role = role;
      this.location = location;
      this.path = path;
      this.digest = digest;
      this.place = place;
    }

    /// How messages call it: the location as it was given.
    public String name() {
      return location.toString();
    }

    public Path path() {
      return path;
    }

    /// The input with its digest, once that is known; named in the manifest from now on.
    public Input whole() throws IOException {
      Digest known = known();
      inputs.add(place, new Manifest.Artifact(role, name(), known, Files.size(path)));
      return new Input(name(), path, known);
    }

    private Digest known() throws IOException {
      try {
        return digest.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while " + name() + " was read");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException failed) {
          throw failed;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  /// A policy, budget or release at the location: like [#fetch], but where there is none, the
  /// configuration is wrong and not the data.
  ///
  /// @throws ConfigInvalidException where there is no such file
  public Input fetchDocument(String role, Location location) throws IOException {
    try {
      return fetch(role, location);
    } catch (DataInvalidException e) {
      throw new ConfigInvalidException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Registers an input that the step has read itself, e.g. a directory.
  public void recordInput(String role, Location location, Digest digest, long bytes) {
    inputs.add(new Manifest.Artifact(role, location.toString(), digest, bytes));
  }

  /// The input directory at the location, brought to this machine if it is in a bucket. The caller
  /// names it by digest and registers it with [#recordInput].
  public Path fetchDirectory(String role, Location location) throws IOException {
    if (location.isLocal()) {
      return location.path();
    }
    Path local = Files.createTempDirectory(scratch, role);
    try (ObjectStore store = stores.open(location)) {
      List<ObjectStore.Stat> objects = store.list("");
      if (objects.isEmpty()) {
        throw new DataInvalidException("--" + role + "=" + location + ": nothing is there");
      }
      for (ObjectStore.Stat object : objects) {
        copy(store, object.key(), below(local, object.key()));
      }
    }
    return local;
  }

  /// Where to write an artifact of this name; it appears in the output directory when the step is
  /// done.
  ///
  /// @param name relative, `/`-separated
  public Path artifact(String name) throws IOException {
    Path path = below(staging, name);
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return path;
  }

  /// What is left to do when the result is where it belongs; it must not fail.
  public void afterCommit(Runnable work) {
    afterCommit.add(work);
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }

  /// A directory for intermediate files, removed when the step ends.
  public Path scratch() {
    return scratch;
  }

  /// A store lists no such keys; whoever names files must not depend on that.
  static Path below(Path directory, String name) {
    Path path = directory.resolve(name).normalize();
    if (!path.startsWith(directory) || path.equals(directory)) {
      throw new IllegalArgumentException("a file stays in its directory, got '" + name + "'");
    }
    return path;
  }

  private static Path localFile(String role, Location location) {
    Path path = location.path();
    if (!Files.exists(path)) {
      throw new DataInvalidException(
          "--" + role + "=" + location + ": no such file; check the path");
    }
    if (Files.isDirectory(path)) {
      throw new DataInvalidException(
          "--" + role + "=" + location + ": a directory; name the file in it");
    }
    if (!Files.isReadable(path)) {
      throw new DataInvalidException(
          "--" + role + "=" + location + ": not readable by this user; check its permissions");
    }
    return path;
  }

  private Path download(String role, Location location) throws IOException {
    Path local = Files.createTempFile(scratch, role, "");
    try (ObjectStore store = stores.open(location.wholeBucket())) {
      copy(store, location.key(), local);
    } catch (NoSuchFileException e) {
      throw new DataInvalidException(
          "--" + role + "=" + location + ": no such object; check bucket and key", e);
    }
    return local;
  }

  private static void copy(ObjectStore store, String key, Path to) throws IOException {
    Path parent = to.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try (InputStream in = store.open(key)) {
      Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Input record(String role, Location location, Path path) throws IOException {
    Digest digest = Digest.of(path);
    recordInput(role, location, digest, Files.size(path));
    return new Input(location.toString(), path, digest);
  }
}
