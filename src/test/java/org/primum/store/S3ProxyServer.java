package org.primum.store;

import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/// An S3 server in this process that keeps its objects in memory and checks signatures.
public final class S3ProxyServer {

  static final String BUCKET = "contract";
  static final String ACCESS_KEY = "access";
  static final String SECRET_KEY = "secret-of-the-test";

  private final S3Proxy server;

  public S3ProxyServer() throws Exception {
    server =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .ignoreUnknownHeaders(true)
            .build();
    server.start();
    client().makeBucket(MakeBucketArgs.builder().bucket(BUCKET).build()).get();
  }

  public int port() {
    return server.getPort();
  }

  /// The variables of a user who reaches it through any port.
  ///
  /// @param patience how long a request is tried again, as PT0.2S
  public static Map<String, String> environment(int port, String patience) {
    return Map.of(
        "PRIMUM_S3_ENDPOINT",
        "http://127.0.0.1:" + port,
        "AWS_ACCESS_KEY_ID",
        ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY",
        SECRET_KEY,
        "PRIMUM_S3_PATIENCE",
        patience);
  }

  MinioAsyncClient client() {
    return MinioAsyncClient.builder()
        .endpoint("http://127.0.0.1:" + port())
        .credentials(ACCESS_KEY, SECRET_KEY)
        .build();
  }

  /// Settings that reach it through any port.
  static S3Settings settings(int port) {
    return settings(port, SECRET_KEY);
  }

  static S3Settings settings(int port, String secretKey) {
    return new S3Settings(
        URI.create("http://127.0.0.1:" + port),
        "us-east-1",
        new S3Identity.Keys(ACCESS_KEY, secretKey, Optional.empty()),
        true);
  }

  public static Location.Remote location(String key) {
    return (Location.Remote) Location.parse("s3://" + BUCKET + "/" + key);
  }

  static S3Store store(int port, String prefix, Retries retries, Duration silence, int partSize) {
    return new S3Store(location(prefix), settings(port), retries, silence, partSize);
  }

  public void stop() throws Exception {
    server.stop();
  }
}
