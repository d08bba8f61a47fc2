package org.primum.store;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// A real S3 server beside the tests. `scripts/s3.sh up` starts it and prints the variable that
/// tells where: `PRIMUM_TEST_S3_SEAWEEDFS` is `endpoint accessKey secretKey bucket`. A test that
/// needs a server fails without it.
public enum TestServer {
  SEAWEEDFS,
  VERSITYGW;

  String variable() {
    return "PRIMUM_TEST_S3_" + name();
  }

  private String[] parts() {
    String value = System.getProperty(variable(), System.getenv().getOrDefault(variable(), ""));
    String[] parts = value.split(" ");
    if (parts.length != 4) {
      throw new IllegalStateException(
          variable()
              + " is not set: run `eval \"$(scripts/s3.sh up "
              + name().toLowerCase(Locale.ROOT)
              + " DIR)\"` first, or `make test`, which does");
    }
    return parts;
  }

  /// The variables a user would set.
  public Map<String, String> environment() {
    String[] parts = parts();
    Map<String, String> environment = new HashMap<>();
    environment.put("PRIMUM_S3_ENDPOINT", parts[0]);
    environment.put("AWS_ACCESS_KEY_ID", parts[1]);
    environment.put("AWS_SECRET_ACCESS_KEY", parts[2]);
    return environment;
  }

  /// A place that no other test has.
  public Location location() {
    return Location.parse("s3://" + parts()[3] + "/tests/" + UUID.randomUUID());
  }

  public ObjectStore open() {
    return new Stores(environment()).open(location());
  }
}
