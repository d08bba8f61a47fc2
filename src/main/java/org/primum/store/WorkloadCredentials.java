package org.primum.store;

import io.minio.Http;
import io.minio.credentials.Credentials;
import io.minio.credentials.IamAwsProvider;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.security.ProviderException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;
import org.primum.gate.ConfigInvalidException;

/// Keys for a workload, had from the platform and renewed before they expire: by a web identity
/// token from a security token service, or from the agent beside a container.
///
/// The SDK reads the variables of the process; here it sees those the store was given.
final class WorkloadCredentials extends IamAwsProvider {

  private static final Pattern STATUS = Pattern.compile("status code (\\d{3})");

  private final Map<String, String> environment;

  private WorkloadCredentials(
      Map<String, String> environment, @Nullable String service, OkHttpClient http) {
    super(service, http);
    this.environment = environment;
  }

  static WorkloadCredentials of(Map<String, String> environment, Duration silence) {
    boolean token = S3Identity.find(environment, S3Identity.TOKEN_FILE).isPresent();
    String service = token ? S3Identity.find(environment, S3Identity.STS).orElse(null) : null;
    try {
      return new WorkloadCredentials(environment, service, http(silence));
    } catch (NullPointerException e) {
      throw new ConfigInvalidException(
          S3Identity.STS + " is the URL of a security token service, http:// or https://", e);
    }
  }

  @Override
  protected @Nullable String getProperty(String name) {
    return environment == null ? null : S3Identity.find(environment, name).orElse(null);
  }

  /// @throws ConfigInvalidException where the platform refuses, or is set up wrong
  /// @throws UncheckedIOException where it may answer later
  @Override
  public synchronized Credentials fetch() {
    try {
      return super.fetch();
    } catch (ProviderException e) {
      throw explained(e);
    } catch (NullPointerException e) {
      throw new ConfigInvalidException(
          "the workload identity's answer holds no keys: check " + source(), e);
    }
  }

  /// The SDK's messages hold addresses; what is told here names variables.
  private RuntimeException explained(ProviderException failure) {
    Matcher status = STATUS.matcher(String.valueOf(failure.getMessage()));
    if (status.find()) {
      int code = Integer.parseInt(status.group(1));
      String what = "the workload identity gave no keys (HTTP " + code + ")";
      return code >= 500 || code == 429
          ? new UncheckedIOException(new IOException(what))
          : new ConfigInvalidException(
              what + ": check " + source() + ", and whether this service account may have them");
    }
    return switch (failure.getCause()) {
      case FileSystemException _ ->
          new ConfigInvalidException(
              "the workload identity's token cannot be read: check the file that "
                  + source()
                  + " names");
      case IOException _ ->
          new UncheckedIOException(new IOException("the workload identity does not answer"));
      case null, default ->
          new ConfigInvalidException(
              "the workload identity cannot be asked: check "
                  + source()
                  + "; without https it has to be on this machine");
    };
  }

  private String source() {
    if (getProperty(S3Identity.TOKEN_FILE) != null) {
      return S3Identity.TOKEN_FILE + ", " + S3Identity.ROLE + " and " + S3Identity.STS;
    }
    if (getProperty(S3Identity.CONTAINER_PATH) != null) {
      return S3Identity.CONTAINER_PATH + " and AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
    }
    return getProperty(S3Identity.CONTAINER) != null
        ? S3Identity.CONTAINER + " and AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
        : "the role of this machine (" + S3Identity.NO_METADATA + "=false asks for it)";
  }

  private static OkHttpClient http(Duration silence) {
    OkHttpClient client =
        new OkHttpClient.Builder()
            .connectTimeout(silence)
            .readTimeout(silence)
            .writeTimeout(silence)
            .protocols(List.of(Protocol.HTTP_1_1))
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .build();
    try {
      return Http.enableExternalCertificatesFromEnv(client);
    } catch (MinioException e) {
      throw new ConfigInvalidException(
          "the certificates that SSL_CERT_FILE and SSL_CERT_DIR name cannot be read", e);
    }
  }
}
