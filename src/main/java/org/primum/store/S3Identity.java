package org.primum.store;

import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.primum.gate.ConfigInvalidException;

/// Who asks an object store. Its text form holds no secret.
sealed interface S3Identity {

  String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
  String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
  String TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";
  String ROLE = "AWS_ROLE_ARN";
  String STS = "AWS_ENDPOINT_URL_STS";
  String CONTAINER_PATH = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
  String CONTAINER = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  String NO_METADATA = "AWS_EC2_METADATA_DISABLED";

  /// Who holds these keys.
  record Keys(String accessKey, String secretKey, Optional<String> sessionToken)
      implements S3Identity {
    @Override
    public String toString() {
      return "keys";
    }
  }

  /// Whoever the platform says this workload is; it hands out keys that expire.
  ///
  /// @param environment the variables by which the platform tells where
  record Workload(Map<String, String> environment) implements S3Identity {
    public Workload {
      environment = Map.copyOf(environment);
    }

    @Override
    public String toString() {
      return "workload identity";
    }
  }

  /// Keys come first, then what the platform set. The metadata of a machine in EC2 is asked only
  /// where somebody said so: elsewhere that address is nobody's, or somebody else's.
  ///
  /// @throws ConfigInvalidException where nobody is named; it names every choice
  static S3Identity of(Map<String, String> environment) {
    Optional<String> access = find(environment, ACCESS_KEY);
    Optional<String> secret = find(environment, SECRET_KEY);
    if (access.isPresent() && secret.isPresent()) {
      return new Keys(access.get(), secret.get(), find(environment, "AWS_SESSION_TOKEN"));
    }
    if (access.isPresent() || secret.isPresent()) {
      String other = access.isPresent() ? SECRET_KEY : ACCESS_KEY;
      throw new ConfigInvalidException(
          "object storage needs both %s and %s; %s is not set"
              .formatted(ACCESS_KEY, SECRET_KEY, other));
    }
    if (isWorkload(environment)) {
      return new Workload(environment);
    }
    throw nobody();
  }

  private static ConfigInvalidException nobody() {
    return new ConfigInvalidException(
        """
        object storage needs credentials: set %1$s and %2$s (and AWS_SESSION_TOKEN for temporary \
        ones); or run with a workload identity: %3$s and %4$s, or %5$s or %6$s, or %7$s=false on a \
        machine in EC2; %1$s is not set, nor is any of the others\
        """
            .formatted(
                ACCESS_KEY, SECRET_KEY, TOKEN_FILE, ROLE, CONTAINER, CONTAINER_PATH, NO_METADATA));
  }

  private static boolean isWorkload(Map<String, String> environment) {
    if (find(environment, TOKEN_FILE).isPresent()) {
      if (find(environment, ROLE).isEmpty() && find(environment, STS).isEmpty()) {
        throw new ConfigInvalidException(
            TOKEN_FILE + " is set and " + ROLE + " is not: set the role that the token stands for");
      }
      return true;
    }
    return find(environment, CONTAINER).isPresent()
        || find(environment, CONTAINER_PATH).isPresent()
        || find(environment, NO_METADATA).filter("false"::equalsIgnoreCase).isPresent();
  }

  /// A variable that is empty is not set: templates cannot leave one out.
  static Optional<String> find(Map<String, String> environment, String name) {
    return Optional.of(environment.getOrDefault(name, "").strip())
        .filter(value -> !value.isEmpty());
  }

  /// Hands the SDK the keys for each request.
  ///
  /// @param silence how long whoever hands out keys may stay silent
  default Provider provider(Duration silence) {
    return switch (this) {
      case Keys(String access, String secret, Optional<String> token) ->
          new StaticProvider(access, secret, token.orElse(null));
      case Workload(Map<String, String> environment) ->
          WorkloadCredentials.of(environment, silence);
    };
  }
}
