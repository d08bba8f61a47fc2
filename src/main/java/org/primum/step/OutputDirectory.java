package org.primum.step;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.primum.store.Location;
import org.primum.store.ObjectStore;
import org.primum.store.Stores;

/// Where a step leaves its result, whole or not at all.
///
/// Files are written into a staging directory beside the target and appear with one rename; where
/// the target is a mount that cannot be renamed onto, file by file with `verdict.json` last. In a
/// bucket `verdict.json` is the last object too. A directory that holds a `verdict.json` holds a
/// result; one that holds the other files alone is what an interrupted run left, and the next run
/// may have it.
public final class OutputDirectory implements AutoCloseable {

  public static final String MARKER = "verdict.json";

  private final Location target;
  private final boolean overwrite;
  private final Stores stores;
  private final Path staging;

  private OutputDirectory(Location target, boolean overwrite, Stores stores, Path staging) {
    this.target = target;
    this.overwrite = overwrite;
    this.stores = stores;
    this.staging = staging;
  }

  /// Makes the staging directory.
  ///
  /// @param overwrite whether an earlier result may be replaced
  /// @throws UsageException where the target holds an earlier result, is a file, or cannot be
  ///   written
  public static OutputDirectory open(
      Location target, boolean overwrite, Stores stores, Cancellation cancellation)
      throws IOException {
    refuseEarlierResult(target, overwrite, stores);
    Path staging =
        cancellation.made(
            () -> target.isLocal() ? stageBeside(target) : Files.createTempDirectory("primum-out"));
    return new OutputDirectory(target, overwrite, stores, staging);
  }

  /// Where the files are written until [#commit()].
  public Path staging() {
    return staging;
  }

  /// The files written so far, relative to the staging directory, in a fixed order.
  public List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(staging)) {
      return walk.filter(Files::isRegularFile)
          .map(staging::relativize)
          .sorted(Comparator.comparing(OutputDirectory::key))
          .toList();
    }
  }

  static String key(Path relative) {
    return relative.toString().replace('\\', '/');
  }

  /// Makes everything staged appear at the target.
  public void commit() throws IOException {
    if (target.isLocal()) {
      commitLocally(target.path().toAbsolutePath());
    } else {
      upload();
    }
  }

  /// Removes the staging directory; after [#commit()] there is none.
  @Override
  public void close() throws IOException {
    Cancellation.deleteTree(staging);
  }

  private static void refuseEarlierResult(Location target, boolean overwrite, Stores stores)
      throws IOException {
    if (target.isLocal() && Files.exists(target.path()) && !Files.isDirectory(target.path())) {
      throw new UsageException("--output-dir=" + target + ": a file is there; name a directory");
    }
    if (!overwrite && holdsResult(target, stores)) {
      throw new UsageException(
          "--output-dir="
              + target
              + ": holds an earlier result; name another directory, or give --overwrite");
    }
  }

  private static boolean holdsResult(Location target, Stores stores) throws IOException {
    if (target.isLocal()) {
      return Files.exists(target.path().resolve(MARKER));
    }
    try (ObjectStore store = stores.open(target)) {
      return store.stat(MARKER).isPresent();
    }
  }

  private static Path stageBeside(Location target) throws IOException {
    Path path = target.path().toAbsolutePath().normalize();
    String name = ".primum-" + UUID.randomUUID();
    try {
      Path parent = path.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
        return Files.createDirectory(parent.resolve(name));
      }
    } catch (FileSystemException e) {
      // A container may write only below the mount itself.
      if (!Files.isDirectory(path)) {
        throw unwritable(target, e);
      }
    }
    try {
      return Files.createDirectory(path.resolve(name));
    } catch (FileSystemException e) {
      throw unwritable(target, e);
    }
  }

  private static UsageException unwritable(Location target, FileSystemException cause) {
    return new UsageException(
        "--output-dir="
            + target
            + ": cannot be written ("
            + cause.getClass().getSimpleName()
            + "); name a directory this user may write");
  }

  private void commitLocally(Path path) throws IOException {
    syncAll();
    if (Files.isDirectory(path)) {
      replaceDirectory(path);
    } else {
      Files.move(staging, path, StandardCopyOption.ATOMIC_MOVE);
    }
    sync(path);
  }

  private void replaceDirectory(Path path) throws IOException {
    boolean besideTarget = path.getParent() != null && path.getParent().equals(staging.getParent());
    if (besideTarget && isEmpty(path)) {
      try {
        Files.move(staging, path, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (DirectoryNotEmptyException e) {
        throw new UsageException(
            "--output-dir=" + target + ": somebody else wrote there meanwhile; name another");
      } catch (FileSystemException e) {
        moveFiles(path);
        return;
      }
    }
    moveFiles(path);
  }

  /// The earlier marker goes first, the new one comes last: in between there is no result, never a
  /// mixed one.
  private void moveFiles(Path path) throws IOException {
    if (overwrite) {
      Files.deleteIfExists(path.resolve(MARKER));
    }
    for (Path file : markerLast()) {
      Path to = path.resolve(file.toString());
      Files.createDirectories(to.getParent());
      Files.move(
          staging.resolve(file),
          to,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
    Cancellation.deleteTree(staging);
  }

  private List<Path> markerLast() throws IOException {
    return files().stream()
        .sorted(Comparator.comparing((Path p) -> p.toString().equals(MARKER)))
        .toList();
  }

  /// In the same order as [#moveFiles].
  private void upload() throws IOException {
    try (ObjectStore store = stores.open(target)) {
      if (overwrite) {
        store.delete(MARKER);
      }
      for (Path file : markerLast()) {
        send(store, file);
      }
    }
  }

  private void send(ObjectStore store, Path file) throws IOException {
    ObjectStore.Content content = ObjectStore.Content.of(staging.resolve(file));
    boolean marker = file.toString().equals(MARKER);
    if (overwrite || !marker) {
      store.put(key(file), content);
    } else if (store.create(key(file), content) instanceof ObjectStore.WriteResult.Conflict
        && !isOwn(store, file)) {
      throw new UsageException(
          "--output-dir=" + target + ": somebody else wrote there meanwhile; name another");
    }
  }

  /// A lost answer to our own write looks like a conflict.
  private boolean isOwn(ObjectStore store, Path file) throws IOException {
    byte[] mine = Files.readAllBytes(staging.resolve(file));
    return store
        .read(key(file), mine.length + 1)
        .map(read -> Arrays.equals(read.bytes(), mine))
        .orElse(false);
  }

  private void syncAll() throws IOException {
    for (Path file : files()) {
      sync(staging.resolve(file));
    }
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }
}
