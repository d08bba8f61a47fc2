package org.primum.step;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import org.primum.platform.Progress;
import org.primum.store.Location;
import org.primum.store.ObjectStore;
import org.primum.store.Stores;

/// One run of a command that is no step: it reads inputs as steps do, and leaves at most one new
/// file.
///
/// @param log takes lines for stderr
public record CommandRun(
    Map<String, String> environment, Clock clock, Progress progress, Consumer<String> log) {

  /// What the command does with its inputs.
  @FunctionalInterface
  public interface Work<T> {
    T with(StepContext context) throws IOException;
  }

  /// Does the work with a scratch directory that is gone afterwards.
  public <T> T read(Work<T> work) throws IOException {
    Path scratch = Files.createTempDirectory("primum-command");
    try {
      return work.with(
          new StepContext(
              "", clock.instant(), new Stores(environment), scratch, scratch, progress, log));
    } finally {
      progress.finish();
      Cancellation.deleteTree(scratch);
    }
  }

  /// Writes a file that is not there yet.
  ///
  /// @param option that named it
  /// @throws UsageException where something is there already, or it cannot be written
  public void create(String option, Location output, byte[] bytes) throws IOException {
    if (output.isLocal()) {
      createLocally(option, output, bytes);
      return;
    }
    try (ObjectStore store = new Stores(environment).open(output.wholeBucket())) {
      if (store.create(output.key(), ObjectStore.Content.of(bytes))
          instanceof ObjectStore.WriteResult.Conflict) {
        throw taken(option, output);
      }
    }
  }

  private static void createLocally(String option, Location output, byte[] bytes)
      throws IOException {
    Path target = output.path().toAbsolutePath().normalize();
    try {
      Files.createDirectories(target.resolveSibling("."));
      Files.write(target, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw taken(option, output);
    } catch (FileSystemException e) {
      throw new UsageException(
          "%s=%s: cannot be written (%s); name a file in a directory this user may write"
              .formatted(option, output, e.getClass().getSimpleName()));
    }
  }

  private static UsageException taken(String option, Location output) {
    return new UsageException(
        option + "=" + output + ": is there already, and may have been edited; name another file");
  }
}
