package org.primum.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.primum.platform.ExitStatus;
import org.primum.platform.TerminationMessage;

/// What happens on SIGTERM: whatever was staged is removed, nothing is committed any more, and the
/// engine is told. The virtual machine then ends with 143 by itself.
public final class Cancellation implements AutoCloseable {

  /// Makes what has to go when the run is stopped.
  public interface Making {
    /// @return the file or directory that was made
    Path make() throws IOException;
  }

  /// Writes the result; runs to its end even if the signal comes meanwhile.
  public interface Commit {
    void run() throws IOException;
  }

  private static final int TRIES = 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final TerminationMessage message;
  private final List<Path> made = new ArrayList<>();
  private final Thread hook;
  private boolean cancelled;
  private boolean committed;

  private Cancellation(TerminationMessage message) {
    this.message = message;
    this.hook = new Thread(this::cancel, "primum-cancellation");
  }

  /// @param message where the engine is told that the run was stopped
  public static Cancellation announcedIn(TerminationMessage message) {
    Cancellation cancellation = new Cancellation(message);
    Runtime.getRuntime().addShutdownHook(cancellation.hook);
    return cancellation;
  }

  /// Makes something that goes when the run is stopped. A stop waits until it is made, so that
  /// nothing is left that nobody knows of.
  public Path made(Making making) throws IOException {
    lock.lock();
    try {
      if (cancelled) {
        throw new IOException("cancelled");
      }
      Path path = making.make();
      made.add(path);
      return path;
    } finally {
      lock.unlock();
    }
  }

  /// Commits, unless the run was cancelled before.
  public void commit(Commit commit) throws IOException {
    lock.lock();
    try {
      if (cancelled) {
        throw new IOException("cancelled");
      }
      commit.run();
      committed = true;
    } finally {
      lock.unlock();
    }
  }

  /// A failed deletion leaves a hidden directory behind, which no reader takes for a result.
  private void cancel() {
    lock.lock();
    try {
      cancelled = true;
      for (Path path : made) {
        deleteTree(path);
      }
      if (!committed) {
        message.write(
            ExitStatus.CANCELLED.name()
                + ": stopped on SIGTERM; nothing was written to the output");
      }
    } catch (IOException e) {
      System.err.println("primum: could not remove " + made + ": " + e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The virtual machine is already going down: the hook does the cleaning.
      sayNothingMore();
    }
  }

  /// What fails now fails because its files are gone. It would be told as a bug, over the message
  /// of the hook; so this thread waits for the virtual machine, which ends when the hook is done.
  private void sayNothingMore() {
    while (!isCommitted()) {
      LockSupport.park(this);
    }
  }

  private boolean isCommitted() {
    lock.lock();
    try {
      return committed;
    } finally {
      lock.unlock();
    }
  }

  /// Removes the directory with all that is in it. What vanishes meanwhile is no error, and what
  /// comes meanwhile, from a thread that does not know yet, goes too.
  public static void deleteTree(Path root) throws IOException {
    for (int left = TRIES; Files.exists(root); left--) {
      try {
        deleteOnce(root);
      } catch (NoSuchFileException | DirectoryNotEmptyException e) {
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  private static void deleteOnce(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
