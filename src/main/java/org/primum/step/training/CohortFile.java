package org.primum.step.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.UUID;
import org.primum.cohort.Cohort;
import org.primum.data.Digest;
import org.primum.data.RowSink;
import org.primum.platform.Progress;
import org.primum.platform.TerminationMessage;
import org.primum.step.Cancellation;
import org.primum.step.UsageException;
import org.primum.store.Location;
import org.primum.store.ObjectStore;
import org.primum.store.Stores;
import org.primum.table.TableFiles;
import org.primum.table.TableFormat;

/// Writes a synthetic cohort to one file, which appears whole or not at all.
///
/// @param overwrite whether a file that is there may be replaced
/// @param message where the engine is told of a run that was stopped
public record CohortFile(
    Cohort cohort,
    Location output,
    TableFormat format,
    boolean overwrite,
    TerminationMessage message) {

  private static final String STAGED = "cohort";

  /// @return how many rows were written
  /// @throws UsageException where something is at the output already, or it cannot be written
  public long write(Stores stores, Progress progress) throws IOException {
    return output.isLocal() ? writeLocally(progress) : upload(stores, progress);
  }

  private long writeLocally(Progress progress) throws IOException {
    Path target = output.path().toAbsolutePath().normalize();
    if (Files.isDirectory(target)) {
      throw new UsageException("--output=" + output + ": a directory is there; name a file");
    }
    if (Files.exists(target) && !overwrite) {
      throw taken();
    }
    try (Cancellation cancellation = Cancellation.announcedIn(message)) {
      Path directory = cancellation.made(() -> stage(target));
      try {
        Path staged = directory.resolve(STAGED);
        long rows = draw(staged, progress);
        cancellation.commit(() -> Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE));
        return rows;
      } finally {
        Cancellation.deleteTree(directory);
      }
    }
  }

  /// A directory, for who opens a file in one that is gone creates none.
  private Path stage(Path target) throws IOException {
    try {
      Path parent = target.getParent();
      if (parent == null) {
        throw new UsageException("--output=" + output + ": name a file");
      }
      Files.createDirectories(parent);
      return Files.createDirectory(parent.resolve(".primum-" + UUID.randomUUID()));
    } catch (FileSystemException e) {
      throw new UsageException(
          "--output="
              + output
              + ": cannot be written ("
              + e.getClass().getSimpleName()
              + "); name a file in a directory this user may write");
    }
  }

  private long upload(Stores stores, Progress progress) throws IOException {
    try (ObjectStore store = stores.open(output.wholeBucket());
        Cancellation cancellation = Cancellation.announcedIn(message)) {
      if (!overwrite && store.stat(output.key()).isPresent()) {
        throw taken();
      }
      Path directory = cancellation.made(() -> Files.createTempDirectory("primum-cohort"));
      try {
        Path staged = directory.resolve(STAGED);
        long rows = draw(staged, progress);
        cancellation.commit(() -> send(store, staged));
        return rows;
      } finally {
        Cancellation.deleteTree(directory);
      }
    }
  }

  private void send(ObjectStore store, Path staged) throws IOException {
    ObjectStore.Content content = ObjectStore.Content.of(staged);
    if (overwrite) {
      store.put(output.key(), content);
    } else if (store.create(output.key(), content) instanceof ObjectStore.WriteResult.Conflict
        && !isOwn(store, staged)) {
      throw taken();
    }
  }

  /// A lost answer to our own write looks like a conflict.
  private boolean isOwn(ObjectStore store, Path staged) throws IOException {
    try (InputStream there = store.open(output.key())) {
      return Digest.of(there).equals(Digest.of(staged));
    }
  }

  private UsageException taken() {
    return new UsageException(
        "--output=" + output + ": a file is there; name another, or give --overwrite");
  }

  private long draw(Path file, Progress progress) throws IOException {
    progress.start("patients", cohort.patients());
    Map<String, String> metadata =
        Map.of(
            "primum.cohort.patients", Long.toString(cohort.patients()),
            "primum.cohort.seed", Long.toString(cohort.seed()),
            "primum.cohort.months", Integer.toString(cohort.months()));
    try (RowSink sink = TableFiles.create(file, format, Cohort.schema(), metadata)) {
      return cohort.write(sink, progress::advance);
    } finally {
      progress.finish();
    }
  }
}
