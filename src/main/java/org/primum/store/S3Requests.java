package org.primum.store;

import io.minio.AbortMultipartUploadArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.HeadBucketArgs;
import io.minio.HeadObjectArgs;
import io.minio.HeadObjectResponse;
import io.minio.Http;
import io.minio.ListObjectsV2Args;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectAPIArgs;
import io.minio.RemoveObjectArgs;
import io.minio.UploadPartArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.ListBucketResultV2;
import io.minio.messages.Part;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.primum.gate.ConfigInvalidException;

/// One bucket's requests, each tried once: the thin layer over the SDK that knows its traps. Every
/// failed answer comes out as [S3Failure], every other fault as the [IOException] it was; nothing
/// that carries the SDK's request headers does.
final class S3Requests implements Closeable {

  /// @param version the ETag without quotes
  record Head(long size, String version) {}

  /// A body on its way; whoever gets it closes it.
  ///
  /// @param start where in the object it begins
  record Body(InputStream stream, long start, long length, String version) {}

  private static final Pattern START = Pattern.compile("bytes (\\d{1,18})-.*");

  private final String bucket;
  private final MinioAsyncClient client;

  S3Requests(S3Connection connection, String bucket) {
    this.client = connection.client();
    this.bucket = bucket;
  }

  Head head(String key, Duration left) throws IOException {
    var args = HeadObjectArgs.builder().bucket(bucket).object(key).build();
    HeadObjectResponse answer = await(() -> client.headObject(args), left);
    if (answer.size() < 0 || answer.etag().isEmpty()) {
      throw new IOException("the server's answer lacks Content-Length or ETag");
    }
    return new Head(answer.size(), answer.etag());
  }

  void headBucket(Duration left) throws IOException {
    await(() -> client.headBucket(HeadBucketArgs.builder().bucket(bucket).build()), left);
  }

  Body get(String key, Duration left) throws IOException {
    return body(GetObjectArgs.builder().bucket(bucket).object(key).build(), left);
  }

  /// Exactly the range, or a failure: a server that ignores ranges would send other bytes.
  Body get(String key, String version, long offset, long length, Duration left) throws IOException {
    GetObjectArgs args =
        GetObjectArgs.builder()
            .bucket(bucket)
            .object(key)
            .offset(offset)
            .length(length)
            .matchETag(Condition.quoted(version))
            .build();
    Body body = body(args, left);
    if (body.length() != length || body.start() != offset) {
      body.stream().close();
      throw new S3Failure(416, "InvalidRange");
    }
    return body;
  }

  private Body body(GetObjectArgs args, Duration left) throws IOException {
    GetObjectResponse answer = await(() -> client.getObject(args), left);
    String length = answer.headers().get("Content-Length");
    String version = answer.headers().get("ETag");
    if (length == null || version == null) {
      answer.close();
      throw new IOException("the server's answer lacks Content-Length or ETag");
    }
    Matcher range = START.matcher(String.valueOf(answer.headers().get("Content-Range")));
    long start = range.matches() ? Long.parseLong(range.group(1)) : 0;
    return new Body(answer, start, Long.parseLong(length), unquoted(version));
  }

  /// @return the new version
  String put(String key, byte[] bytes, Condition condition, Duration left) throws IOException {
    var args =
        PutObjectAPIArgs.builder()
            .bucket(bucket)
            .object(key)
            .data(bytes, bytes.length)
            .headers(md5(bytes, bytes.length))
            .extraHeaders(condition.headers())
            .build();
    return unquoted(await(() -> client.putObject(args), left).etag());
  }

  void delete(String key, Duration left) throws IOException {
    await(
        () -> client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(key).build()),
        left);
  }

  /// @param token where the page before ended; empty for the first
  ListBucketResultV2 list(String prefix, Optional<String> token, Duration left) throws IOException {
    var args = ListObjectsV2Args.builder().bucket(bucket).prefix(prefix).encodingType("url");
    token.ifPresent(args::continuationToken);
    return await(() -> client.listObjectsV2(args.build()), left).result();
  }

  String beginUpload(String key, Duration left) throws IOException {
    var args = CreateMultipartUploadArgs.builder().bucket(bucket).object(key).build();
    return await(() -> client.createMultipartUpload(args), left).result().uploadId();
  }

  Part uploadPart(String key, String upload, int number, byte[] bytes, int length, Duration left)
      throws IOException {
    var args =
        UploadPartArgs.builder()
            .bucket(bucket)
            .object(key)
            .uploadId(upload)
            .partNumber(number)
            .data(bytes, length)
            .headers(md5(bytes, length))
            .build();
    return await(() -> client.uploadPart(args), left).part();
  }

  /// The SDK's own `putObject` of many parts drops the condition here and overwrites.
  ///
  /// @return the new version; empty where the server said only that it was done
  Optional<String> completeUpload(
      String key, String upload, List<Part> parts, Condition condition, Duration left)
      throws IOException {
    var args =
        CompleteMultipartUploadArgs.builder()
            .bucket(bucket)
            .object(key)
            .uploadId(upload)
            .parts(parts.toArray(new Part[0]))
            .maxRetries(0)
            .extraHeaders(condition.headers())
            .build();
    return Optional.ofNullable(await(() -> client.completeMultipartUpload(args), left).etag())
        .map(S3Requests::unquoted)
        .filter(etag -> !etag.isEmpty());
  }

  void abortUpload(String key, String upload, Duration left) throws IOException {
    var args =
        AbortMultipartUploadArgs.builder().bucket(bucket).object(key).uploadId(upload).build();
    await(() -> client.abortMultipartUpload(args), left);
  }

  private <T> T await(Supplier<CompletableFuture<T>> request, Duration left) throws IOException {
    CompletableFuture<T> answer = sent(request);
    try {
      return answer.get(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      S3Connection.cancelLastOfThisThread();
      Thread.currentThread().interrupt();
      throw Patience.stopped("a request to bucket " + bucket);
    } catch (TimeoutException e) {
      S3Connection.cancelLastOfThisThread();
      throw new IOException("no answer in time", e);
    } catch (ExecutionException e) {
      throw shown(e);
    }
  }

  /// The keys of a workload are had before a request is sent, and that may fail as well.
  private static <T> CompletableFuture<T> sent(Supplier<CompletableFuture<T>> request)
      throws IOException {
    try {
      return request.get();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// What may be told of it: an exception of the SDK prints the request's headers, and the session
  /// token is one.
  private static IOException shown(ExecutionException e) {
    Throwable cause = e;
    while (cause.getCause() != null
        && !(cause instanceof IOException)
        && !(cause instanceof ConfigInvalidException)
        && !(cause instanceof ErrorResponseException)) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case ErrorResponseException answer ->
          new S3Failure(answer.response().code(), String.valueOf(answer.errorResponse().code()));
      case IOException fault -> fault;
      case ConfigInvalidException identity -> throw identity;
      default ->
          new IOException("the server's answer cannot be read: " + cause.getClass().getName());
    };
  }

  static String unquoted(String etag) {
    return etag.replace("\"", "");
  }

  /// Every S3 server checks this one; the newer checksum headers not all of them know.
  private static Http.Headers md5(byte[] bytes, int length) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(bytes, 0, length);
      return new Http.Headers("Content-MD5", Base64.getEncoder().encodeToString(md5.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
