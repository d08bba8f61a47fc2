package org.primum.store;

import io.minio.messages.Contents;
import io.minio.messages.ListBucketResultV2;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A bucket, or what lies below a prefix in it, on any server that speaks S3 and honors conditional
/// writes. An object's version is its ETag, which the same bytes may have again: what must never be
/// taken for an earlier state, as a pointer, carries a sequence or a nonce in its bytes.
///
/// A conditional write is sent again when its answer is lost. If it had taken place, the second
/// sending is refused, and the caller sees [WriteResult.Conflict] with its own bytes in the store.
public final class S3Store implements ObjectStore {

  static final int PART_SIZE = 8 << 20;
  private static final int MAX_UPLOADS = 5;

  private final S3Requests requests;
  private final Retries retries;
  private final int partSize;
  private final Location.Remote prefix;
  private final String endpoint;
  private volatile boolean bucketSeen;

  S3Store(Location.Remote prefix, S3Settings settings) {
    this(prefix, settings, Retries.TWO_MINUTES);
  }

  /// Silence is given a quarter of the time, so that a request can be sent again.
  S3Store(Location.Remote prefix, S3Settings settings, Retries retries) {
    this(prefix, settings, retries, retries.total().dividedBy(4), PART_SIZE);
  }

  /// @param silence how long a connection may stay silent before it counts as broken
  /// @param partSize in bytes; what is larger goes in parts, one of them in memory
  S3Store(
      Location.Remote prefix,
      S3Settings settings,
      Retries retries,
      Duration silence,
      int partSize) {
    this.prefix = prefix;
    this.endpoint = settings.endpoint().toString();
    this.retries = retries;
    this.partSize = partSize;
    this.requests =
        new S3Requests(new S3Connection(settings, silence, retries.total()), prefix.bucket());
  }

  @Override
  public Optional<Stat> stat(String key) throws IOException {
    String full = full(key);
    String what = what("looking at", key);
    try {
      S3Requests.Head head = retries.call(what, left -> requests.head(full, left));
      return Optional.of(new Stat(key, head.size(), head.version()));
    } catch (S3Failure failure) {
      if (failure.isNotFound()) {
        requireBucket();
        return Optional.empty();
      }
      throw fault(what, failure);
    }
  }

  @Override
  public Optional<Read> read(String key, int limit) throws IOException {
    String what = what("reading", key);
    try (ResumingInputStream in = resuming(what, full(key), limit)) {
      return Optional.of(new Read(in.readAllBytes(), in.version()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public InputStream open(String key) throws IOException {
    return resuming(what("reading", key), full(key), Long.MAX_VALUE);
  }

  @Override
  public InputStream open(String key, String version, long offset, long length) throws IOException {
    String what = what("reading", key);
    if (offset < 0 || length <= 0) {
      Stat now = stat(key).orElseThrow(() -> new NoSuchFileException(name(key)));
      if (!now.version().equals(version)) {
        throw new PermanentFault(what, new S3Failure(412, "PreconditionFailed"));
      }
      ByteRange.check(key, now.size(), offset, length);
      return InputStream.nullInputStream();
    }
    String full = full(key);
    S3Requests.Body body =
        explained(what, left -> requests.get(full, version, offset, length, left));
    return resuming(what, full, body, offset);
  }

  private ResumingInputStream resuming(String what, String full, long limit) throws IOException {
    S3Requests.Body body = explained(what, left -> requests.get(full, left));
    if (body.length() > limit) {
      body.stream().close();
      throw new IOException(
          what + ": it has " + body.length() + " bytes, more than the " + limit + " read");
    }
    return resuming(what, full, body, 0);
  }

  private ResumingInputStream resuming(
      String what, String full, S3Requests.Body body, long offset) {
    long end = offset + body.length();
    return new ResumingInputStream(
        what,
        retries,
        (position, left) -> {
          try {
            return requests.get(full, body.version(), position, end - position, left).stream();
          } catch (S3Failure failure) {
            throw failure.isTransient() ? failure : fault(what, failure);
          }
        },
        body,
        offset);
  }

  @Override
  public WriteResult create(String key, Content content) throws IOException {
    return write(key, content, Condition.ABSENT);
  }

  @Override
  public WriteResult replace(String key, Content content, String version) throws IOException {
    return write(key, content, Condition.version(version));
  }

  @Override
  public void put(String key, Content content) throws IOException {
    write(key, content, Condition.NONE);
  }

  private WriteResult write(String key, Content content, Condition condition) throws IOException {
    String what = what("writing", key);
    long size = content.size();
    try {
      return size > partSize
          ? writeParts(what, full(key), content, condition)
          : writeWhole(what, full(key), bytes(what, content, size), condition);
    } catch (S3Failure failure) {
      if (failure.isRefusalOf(condition)) {
        return new WriteResult.Conflict();
      }
      throw fault(what, failure);
    }
  }

  private WriteResult writeWhole(String what, String full, byte[] bytes, Condition condition)
      throws IOException {
    return new WriteResult.Written(
        retries.call(what, left -> requests.put(full, bytes, condition, left)));
  }

  private WriteResult writeParts(String what, String full, Content content, Condition condition)
      throws IOException {
    for (int uploads = 1; uploads <= MAX_UPLOADS; uploads++) {
      MultipartUpload upload = new MultipartUpload(requests, retries, full, what);
      switch (upload.run(content, partSize, condition)) {
        case MultipartUpload.Outcome.Written(String version) -> {
          return new WriteResult.Written(version);
        }
        case MultipartUpload.Outcome.Refused() -> {
          return new WriteResult.Conflict();
        }
        case MultipartUpload.Outcome.Again() -> {}
      }
    }
    throw new TransientStoreException(
        what + ": the server asked " + MAX_UPLOADS + " times for all of it again; try again later",
        new S3Failure(409, "ConditionalRequestConflict"));
  }

  private static byte[] bytes(String what, Content content, long size) throws IOException {
    try (InputStream in = content.open()) {
      byte[] bytes = in.readNBytes(Math.toIntExact(size + 1));
      if (bytes.length != size) {
        throw new EOFException(what + ": the source does not have " + size + " bytes any more");
      }
      return bytes;
    }
  }

  @Override
  public List<Stat> list(String under) throws IOException {
    ObjectKey.checkPrefix(under);
    String base = prefix.key().isEmpty() ? "" : prefix.key() + "/";
    String what = what("listing", under);
    List<Stat> found = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      Optional<String> from = token;
      ListBucketResultV2 page = explained(what, left -> requests.list(base + under, from, left));
      for (Contents item : page.contents()) {
        item.setEncodingType(page.encodingType());
        stat(item, base, under).ifPresent(found::add);
      }
      token = next(what, page, from);
    } while (token.isPresent());
    found.sort(Comparator.comparing(Stat::key, ObjectKey.BY_UTF8));
    return List.copyOf(found);
  }

  private static Optional<String> next(String what, ListBucketResultV2 page, Optional<String> from)
      throws IOException {
    Optional<String> next =
        page.isTruncated() ? Optional.ofNullable(page.nextContinuationToken()) : Optional.empty();
    if (page.isTruncated() && (next.isEmpty() || next.equals(from))) {
      throw new IOException(what + ": the server says there is more and does not say where");
    }
    return next;
  }

  /// Folder marks and other names that no key of ours can be are left out.
  private static Optional<Stat> stat(Contents item, String base, String under) {
    String full = item.objectName();
    if (!full.startsWith(base + under) || !ObjectKey.isKey(full.substring(base.length()))) {
      return Optional.empty();
    }
    String version = S3Requests.unquoted(String.valueOf(item.etag()));
    return Optional.of(new Stat(full.substring(base.length()), item.size(), version));
  }

  @Override
  public void delete(String key) throws IOException {
    String full = full(key);
    String what = what("deleting", key);
    try {
      retries.call(
          what,
          left -> {
            requests.delete(full, left);
            return key;
          });
    } catch (S3Failure failure) {
      if (!failure.isNotFound()) {
        throw fault(what, failure);
      }
    }
  }

  @Override
  public void probeConditionalWrites() throws IOException {
    try {
      ConditionalWriteProbe.run(this);
    } catch (PermanentFault fault) {
      if (fault.isNotImplemented()) {
        throw ConditionalWriteProbe.lacking(this);
      }
      throw fault;
    }
  }

  @Override
  public String name() {
    return prefix.text();
  }

  @Override
  public void close() {
    requests.close();
  }

  @Override
  public String toString() {
    return name() + " at " + endpoint;
  }

  private String full(String key) {
    ObjectKey.check(key);
    String full = prefix.key().isEmpty() ? key : prefix.key() + "/" + key;
    ObjectKey.check(full);
    return full;
  }

  private String name(String key) {
    return name() + (name().endsWith("/") ? "" : "/") + key;
  }

  private String what(String doing, String key) {
    return doing + " " + name(key) + " at " + endpoint;
  }

  /// The answer to a look at an object does not say whether the bucket exists.
  private void requireBucket() throws IOException {
    if (!bucketSeen) {
      String what = "looking at bucket " + prefix.bucket() + " at " + endpoint;
      try {
        retries.call(
            what,
            left -> {
              requests.headBucket(left);
              return prefix;
            });
      } catch (S3Failure failure) {
        if (failure.isNotFound()) {
          throw fault(what, new S3Failure(404, "NoSuchBucket"));
        }
        // who may read one object need not be allowed to look at the bucket
      }
      bucketSeen = true;
    }
  }

  private <T> T explained(String what, Retries.Attempt<T> attempt) throws IOException {
    try {
      return retries.call(what, attempt);
    } catch (S3Failure failure) {
      throw fault(what, failure);
    }
  }

  private static IOException fault(String what, S3Failure failure) {
    return failure.isNotFound()
        ? new NoSuchFileException(what + ": there is no such object")
        : new PermanentFault(what, failure);
  }
}
