package org.primum.store;

import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.errors.MinioException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.Call;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.primum.gate.ConfigInvalidException;

/// The SDK's client and the HTTP client under it, whose hidden helpfulness is switched off: it
/// neither repeats a request (a repeated conditional write conflicts with itself) nor follows a
/// redirect (to where the credentials' owner did not point).
final class S3Connection {

  private final MinioAsyncClient client;

  /// The SDK does not give its calls out; without one a request cannot be stopped.
  private static final ThreadLocal<Call> LAST = new ThreadLocal<>();

  /// @param silence how long a connection may stay silent
  /// @param longest how long one request may take
  S3Connection(S3Settings settings, Duration silence, Duration longest) {
    client =
        MinioAsyncClient.builder()
            .endpoint(settings.endpoint().toString())
            .region(settings.region())
            .credentialsProvider(settings.identity().provider(silence))
            .httpClient(http(settings, silence, longest), true)
            .build();
    if (settings.pathStyle()) {
      client.disableVirtualStyleEndpoint();
    } else {
      client.enableVirtualStyleEndpoint();
    }
  }

  MinioAsyncClient client() {
    return client;
  }

  static void cancelLastOfThisThread() {
    Call call = LAST.get();
    if (call != null) {
      call.cancel();
    }
  }

  private OkHttpClient http(S3Settings settings, Duration silence, Duration longest) {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher())
            .connectTimeout(silence)
            .readTimeout(silence)
            .writeTimeout(silence)
            .protocols(List.of(Protocol.HTTP_1_1))
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .eventListenerFactory(S3Connection::remember)
            .addInterceptor(new S3Answers(longest.dividedBy(2)));
    if (!settings.isEncrypted()) {
      // loading the certificates of the platform costs a quarter of a second
      return builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).build();
    }
    try {
      return Http.enableExternalCertificatesFromEnv(builder.build());
    } catch (MinioException e) {
      throw new ConfigInvalidException(
          "the certificates that SSL_CERT_FILE and SSL_CERT_DIR name cannot be read", e);
    }
  }

  private static EventListener remember(Call call) {
    LAST.set(call);
    return EventListener.NONE;
  }

  /// Its threads do not keep the process alive.
  private static Dispatcher dispatcher() {
    ExecutorService threads =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("s3-", 0).factory());
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(64);
    dispatcher.setMaxRequestsPerHost(64);
    return dispatcher;
  }
}
