package org.primum.store;

import io.minio.messages.Part;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.store.ObjectStore.Content;

/// Writes a large object part by part, one part in memory; it exists once all parts are there, if
/// the condition then holds. What is not completed is aborted, also when the step is stopped.
final class MultipartUpload {

  /// How it ended.
  sealed interface Outcome {
    record Written(String version) implements Outcome {}

    /// The condition did not hold, or the answer was lost and it no longer holds.
    record Refused() implements Outcome {}

    /// Nothing was written; the server wants all of it again.
    record Again() implements Outcome {}
  }

  /// The most S3 takes in one object.
  static final int MAX_PARTS = 10_000;

  private static final Duration ABORT = Duration.ofSeconds(10);

  private final S3Requests requests;
  private final Retries retries;
  private final String key;
  private final String what;

  /// @param what names the upload in messages
  MultipartUpload(S3Requests requests, Retries retries, String key, String what) {
    this.requests = requests;
    this.retries = retries;
    this.key = key;
    this.what = what;
  }

  /// @param partSize in bytes; a larger one is used where the object would have too many parts
  Outcome run(Content content, int partSize, Condition condition) throws IOException {
    long size = content.size();
    int fitting = Math.toIntExact(Math.max(partSize, Math.ceilDiv(size, MAX_PARTS)));
    String upload = retries.call(what, left -> requests.beginUpload(key, left));
    boolean done = false;
    try {
      Outcome outcome = complete(upload, parts(upload, content, size, fitting), condition);
      done = outcome instanceof Outcome.Written;
      return outcome;
    } finally {
      if (!done) {
        abort(upload);
      }
    }
  }

  private List<Part> parts(String upload, Content content, long size, int partSize)
      throws IOException {
    List<Part> parts = new ArrayList<>();
    byte[] buffer = new byte[partSize];
    try (InputStream in = content.open()) {
      for (long sent = 0; sent < size; sent += partSize) {
        int length = (int) Math.min(partSize, size - sent);
        if (in.readNBytes(buffer, 0, length) < length) {
          throw new EOFException(what + ": the source is shorter than its " + size + " bytes");
        }
        int number = parts.size() + 1;
        parts.add(
            retries.call(
                what, left -> requests.uploadPart(key, upload, number, buffer, length, left)));
      }
      if (in.read() >= 0) {
        throw new IOException(what + ": the source is longer than its " + size + " bytes");
      }
    }
    return parts;
  }

  /// An answer may be lost after the object was put together; the upload is unknown then.
  private Outcome complete(String upload, List<Part> parts, Condition condition)
      throws IOException {
    boolean[] asked = new boolean[1];
    return retries.call(
        what,
        left -> {
          boolean again = asked[0];
          asked[0] = true;
          try {
            Optional<String> version = requests.completeUpload(key, upload, parts, condition, left);
            return version.<Outcome>map(Outcome.Written::new).orElseGet(() -> lost(condition));
          } catch (S3Failure failure) {
            if (failure.isNoSuchUpload()) {
              return again ? lost(condition) : new Outcome.Again();
            }
            return outcome(failure, condition);
          }
        });
  }

  private static Outcome lost(Condition condition) {
    return condition.isNone() ? new Outcome.Again() : new Outcome.Refused();
  }

  private static Outcome outcome(S3Failure failure, Condition condition) throws S3Failure {
    if (failure.isConditionalRace()) {
      return new Outcome.Again();
    }
    if (failure.isRefusalOf(condition)) {
      return new Outcome.Refused();
    }
    throw failure;
  }

  private void abort(String upload) {
    boolean interrupted = Thread.interrupted();
    try {
      requests.abortUpload(key, upload, ABORT);
    } catch (IOException e) {
      // it may be complete or gone; the bucket's rule for old uploads removes what is left
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
