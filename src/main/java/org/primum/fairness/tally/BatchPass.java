package org.primum.fairness.tally;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.data.Batch;
import org.primum.data.Batches;

/// One pass over a table by several threads. Each begins with a stretch of its own and, once that
/// is read, helps with the others: then one thread decodes while another counts.
///
/// Where rows are bad, what is thrown is what one thread alone would have met first, whatever the
/// timing.
final class BatchPass {

  /// Counts batches, on one thread.
  @FunctionalInterface
  interface Counter {
    void add(Batch batch);
  }

  private final List<Stretch> stretches = new ArrayList<>();
  private Optional<Failure> failure = Optional.empty();

  private BatchPass(List<Batches> batches) {
    for (Batches each : batches) {
      stretches.add(new Stretch(stretches.size(), each));
    }
  }

  /// What went wrong at the batch of a stretch.
  private record Failure(int stretch, long batch, Throwable cause) {

    boolean isBefore(int otherStretch, long otherBatch) {
      return stretch < otherStretch || (stretch == otherStretch && batch < otherBatch);
    }
  }

  /// Reads everything; the caller closes the stretches.
  ///
  /// @param stretches of one table, in row order
  /// @param counters one a thread, at least one
  static void run(List<Batches> stretches, List<? extends Counter> counters) throws IOException {
    BatchPass pass = new BatchPass(stretches);
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i < counters.size(); i++) {
      int number = i;
      Runnable work = () -> pass.count(number, counters.get(number));
      threads.add(Thread.ofPlatform().name("counting-" + number).daemon().start(work));
    }
    pass.count(0, counters.getFirst());
    pass.join(threads);
    pass.rethrow();
  }

  private void count(int first, Counter counter) {
    for (int i = 0; i < stretches.size(); i++) {
      Stretch stretch = stretches.get((first + i) % stretches.size());
      Optional<Taken> taken = stretch.take();
      while (taken.isPresent()) {
        count(stretch.number, taken.get(), counter);
        taken = stretch.take();
      }
    }
  }

  /// Whatever is thrown is kept for the thread that waits.
  private void count(int stretch, Taken taken, Counter counter) {
    try {
      counter.add(taken.batch());
    } catch (RuntimeException | Error e) {
      fail(new Failure(stretch, taken.number(), e));
    }
  }

  private synchronized void fail(Failure found) {
    if (failure.isEmpty() || found.isBefore(failure.get().stretch(), failure.get().batch())) {
      failure = Optional.of(found);
    }
  }

  private synchronized boolean failedBefore(int stretch, long batch) {
    return failure.isPresent() && failure.get().isBefore(stretch, batch);
  }

  private void join(List<Thread> threads) throws IOException {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(new Failure(-1, 0, e)); // before all, so that the others end
      throw new InterruptedIOException("interrupted while rows were counted");
    }
  }

  private synchronized void rethrow() throws IOException {
    if (failure.isPresent()) {
      switch (failure.get().cause()) {
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }
  }

  /// @param number of the batch in its stretch, from 0
  private record Taken(long number, Batch batch) {}

  /// A stretch that threads take batches from in turn.
  private final class Stretch {

    private final int number;
    private final Batches batches;
    private long taken;
    private boolean ended;

    Stretch(int number, Batches batches) {
      this.number = number;
      this.batches = batches;
    }

    /// The next batch; empty at the end, and where an earlier batch was bad.
    synchronized Optional<Taken> take() {
      if (ended || failedBefore(number, taken)) {
        return Optional.empty();
      }
      try {
        Optional<Batch> batch = batches.next();
        ended = batch.isEmpty();
        return batch.map(found -> new Taken(taken++, found));
      } catch (IOException | RuntimeException | Error e) {
        ended = true;
        fail(new Failure(number, taken, e));
        return Optional.empty();
      }
    }
  }
}
