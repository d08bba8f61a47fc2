package org.primum.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLPeerUnverifiedException;

/// What is left of the time that one request may take, over all its attempts.
final class Patience {

  private final Retries retries;
  private final String what;
  private long spent;
  private int failures;

  /// @param what names the request in messages
  Patience(Retries retries, String what) {
    this.retries = retries;
    this.what = what;
  }

  Duration left() {
    return retries.total().minusNanos(spent);
  }

  void spend(long nanos) {
    spent += nanos;
  }

  /// Waits before the next attempt.
  ///
  /// @throws TransientStoreException where no time is left for one
  /// @throws IOException the fault itself, where it will not pass
  void pauseAfter(IOException fault) throws IOException {
    if (!isTransient(fault)) {
      throw fault;
    }
    failures++;
    long pause = ThreadLocalRandom.current().nextLong(bound().toNanos() + 1);
    if (left().toNanos() <= pause) {
      throw exhausted(fault);
    }
    try {
      Thread.sleep(Duration.ofNanos(pause));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(what);
    }
    spend(pause);
  }

  TransientStoreException exhausted(IOException fault) {
    return new TransientStoreException(
        what
            + " did not succeed within "
            + retries.seconds()
            + "; run the step again when it answers. The last fault: "
            + (fault instanceof S3Failure ? fault.getMessage() : fault.toString()),
        fault);
  }

  static InterruptedIOException stopped(String what) {
    return new InterruptedIOException(what + " was stopped");
  }

  private Duration bound() {
    Duration doubled = retries.first().multipliedBy(1L << Math.min(failures - 1, 20));
    return doubled.compareTo(retries.longest()) < 0 ? doubled : retries.longest();
  }

  /// Whatever is not known to stay is taken to pass: networks fail in more ways than can be named.
  private static boolean isTransient(IOException fault) {
    return switch (fault) {
      case S3Failure failure -> failure.isTransient();
      case PermanentFault _ -> false;
      case NoSuchFileException _ -> false;
      case TransientStoreException _ -> false;
      case SSLPeerUnverifiedException _ -> false;
      default -> !Thread.currentThread().isInterrupted() && !hasCertificateCause(fault);
    };
  }

  private static boolean hasCertificateCause(IOException fault) {
    for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }
}
