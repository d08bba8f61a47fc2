package org.primum.step.explanation;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import org.primum.step.StepResult;

/// Runs work on as many threads as were asked for; parallel streams inside of it take no others.
final class ShapThreads {

  private ShapThreads() {}

  /// What is run.
  interface Work {
    StepResult run() throws IOException;
  }

  /// @param threads empty for all processors
  static StepResult run(OptionalInt threads, Work work) throws IOException {
    if (threads.isEmpty()) {
      return work.run();
    }
    FutureTask<StepResult> task = new FutureTask<>(work::run);
    try (ForkJoinPool pool = new ForkJoinPool(threads.getAsInt())) {
      pool.execute(task);
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while rows were explained");
    } catch (ExecutionException e) {
      throw cause(e);
    }
  }

  private static IOException cause(ExecutionException e) throws IOException {
    return switch (e.getCause()) {
      case IOException failed -> failed;
      case RuntimeException failed -> throw failed;
      case Error failed -> throw failed;
      case null, default -> throw new IllegalStateException(e);
    };
  }
}
