package org.primum.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.primum.gate.ConfigInvalidException;

/// Where the object store is and who asks. Its text form holds no secret.
///
/// @param pathStyle whether the bucket is named in the path (`https://host/bucket/key`) rather than
///   in the host
record S3Settings(URI endpoint, String region, S3Identity identity, boolean pathStyle) {

  private static final String ENDPOINT = "PRIMUM_S3_ENDPOINT";
  private static final String PATH_STYLE = "PRIMUM_S3_PATH_STYLE";
  private static final String REGION = "AWS_REGION";

  /// What servers that have no regions are signed for.
  private static final String ANY_REGION = "us-east-1";

  /// @throws ConfigInvalidException where a variable is missing or wrong; it names the variable and
  ///   never its value where that is a secret
  static S3Settings of(Map<String, String> environment) {
    Optional<String> region = first(environment, REGION, "AWS_DEFAULT_REGION");
    URI endpoint =
        first(environment, ENDPOINT, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
            .map(S3Settings::endpoint)
            .or(() -> region.map(r -> URI.create("https://s3." + regionName(r) + ".amazonaws.com")))
            .orElseThrow(() ->
                new ConfigInvalidException(
                    "no object store is configured: set "
                        + ENDPOINT
                        + " to its URL (or "
                        + REGION
                        + " for Amazon S3)"));
    return new S3Settings(
        endpoint,
        regionName(region.orElse(ANY_REGION)),
        S3Identity.of(environment),
        pathStyle(environment, endpoint));
  }

  boolean isEncrypted() {
    return endpoint.getScheme().equals("https");
  }

  private static Optional<String> first(Map<String, String> environment, String... names) {
    for (String name : names) {
      Optional<String> value = S3Identity.find(environment, name);
      if (value.isPresent()) {
        return value;
      }
    }
    return Optional.empty();
  }

  private static String regionName(String region) {
    if (!region.matches("[A-Za-z0-9-]{1,64}")) {
      throw new ConfigInvalidException(REGION + " is letters, digits and hyphens, as us-east-1");
    }
    return region;
  }

  private static URI endpoint(String text) {
    try {
      URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean http = scheme.equals("http") || scheme.equals("https");
      boolean bare =
          uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && "".equals(uri.getRawPath());
      if (http && bare && uri.getHost() != null) {
        return new URI(scheme, null, uri.getHost(), uri.getPort(), null, null, null);
      }
    } catch (URISyntaxException e) {
      // said below, without the text: it may hold a password
    }
    throw new ConfigInvalidException(
        "the object store's endpoint ("
            + ENDPOINT
            + ", AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL) is http:// or https://, a host and"
            + " perhaps a port, with nothing after it and no password in it");
  }

  private static boolean pathStyle(Map<String, String> environment, URI endpoint) {
    return switch (first(environment, PATH_STYLE).orElse("")) {
      case "" -> !endpoint.getHost().endsWith(".amazonaws.com");
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigInvalidException(PATH_STYLE + " is true or false");
    };
  }

  @Override
  public String toString() {
    return endpoint + " (" + region + ")";
  }
}
