package org.primum.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.gate.ConfigInvalidException;

/// A server that plays Amazon's security token service and the agent beside a container, as their
/// references describe them, and hands out the keys of an S3 server that checks signatures.
final class WorkloadIdentityTest {

  private static final String TOKEN = "canary-token-of-the-pod";
  private static final String ROLE = "arn:aws:iam::123456789012:role/primum";

  private static S3ProxyServer store;

  @TempDir Path root;
  private HttpServer platform;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile int faults;
  private volatile Duration lifetime = Duration.ofHours(1);

  @BeforeAll
  static void start() throws Exception {
    store = new S3ProxyServer();
  }

  @AfterAll
  static void stop() throws Exception {
    store.stop();
  }

  @BeforeEach
  void startPlatform() throws IOException {
    platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    platform.createContext("/", this::answer);
    platform.start();
    Files.writeString(root.resolve("token"), TOKEN);
  }

  @AfterEach
  void stopPlatform() {
    platform.stop(0);
  }

  @Test
  void aWebIdentityTokenIsExchangedForKeys() throws IOException {
    roundTrip(webIdentity());
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst())
        .startsWith("POST ")
        .contains("Action=AssumeRoleWithWebIdentity")
        .contains("RoleArn=" + ROLE)
        .contains("WebIdentityToken=" + TOKEN);
  }

  @Test
  void theAgentBesideAContainerGivesKeys() throws IOException {
    var environment = environment("AWS_CONTAINER_CREDENTIALS_FULL_URI", url() + "/v1/credentials");
    environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", root.resolve("token").toString());
    roundTrip(environment);
    assertThat(asked).containsExactly("GET /v1/credentials " + TOKEN);
  }

  @Test
  void keysThatExpireAreRenewed() throws IOException {
    lifetime = Duration.ofMinutes(-1);
    roundTrip(webIdentity());
    assertThat(asked).hasSizeGreaterThan(1);
  }

  @Test
  void aPlatformThatIsDownForAMomentIsAskedAgain() throws IOException {
    faults = 2;
    roundTrip(webIdentity());
    assertThat(asked).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aPlatformThatStaysDownIsTransient() {
    faults = Integer.MAX_VALUE;
    var environment = webIdentity();
    environment.put("PRIMUM_S3_PATIENCE", "PT0.3S");
    assertThatThrownBy(() -> roundTrip(environment)).isInstanceOf(TransientStoreException.class);
  }

  @Test
  void aRefusalNamesWhatToCheckAndNoToken() {
    status = 403;
    assertThatThrownBy(() -> roundTrip(webIdentity()))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("403")
        .hasMessageContaining("AWS_ROLE_ARN")
        .satisfies(WorkloadIdentityTest::tellsNothing);
    assertThat(asked).hasSize(1);
  }

  @Test
  void aTokenThatIsNotThereIsNamed() throws IOException {
    Files.delete(root.resolve("token"));
    assertThatThrownBy(() -> roundTrip(webIdentity()))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("AWS_WEB_IDENTITY_TOKEN_FILE");
  }

  @Test
  void keysOfTheEnvironmentComeFirst() throws IOException {
    var environment = webIdentity();
    environment.put("AWS_ACCESS_KEY_ID", S3ProxyServer.ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", S3ProxyServer.SECRET_KEY);
    roundTrip(environment);
    assertThat(asked).isEmpty();
  }

  @Test
  void halfAPairOfKeysIsNoReasonToLookElsewhere() {
    var environment = webIdentity();
    environment.put("AWS_ACCESS_KEY_ID", S3ProxyServer.ACCESS_KEY);
    assertThatThrownBy(() -> S3Settings.of(environment))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("AWS_SECRET_ACCESS_KEY is not set");
  }

  @Test
  void aTokenWithoutARoleIsSetUpWrong() {
    var environment = webIdentity();
    environment.remove("AWS_ROLE_ARN");
    environment.remove("AWS_ENDPOINT_URL_STS");
    assertThatThrownBy(() -> S3Settings.of(environment))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("AWS_ROLE_ARN");
  }

  @Test
  void whereNobodyIsNamedEveryChoiceIs() {
    for (String metadata : List.of("", "true", "yes")) {
      assertThatThrownBy(() -> S3Settings.of(environment("AWS_EC2_METADATA_DISABLED", metadata)))
          .isInstanceOf(ConfigInvalidException.class)
          .hasMessageContaining("AWS_ACCESS_KEY_ID")
          .hasMessageContaining("AWS_WEB_IDENTITY_TOKEN_FILE")
          .hasMessageContaining("AWS_CONTAINER_CREDENTIALS_FULL_URI")
          .hasMessageContaining("AWS_EC2_METADATA_DISABLED=false");
    }
  }

  @Test
  void theMetadataOfAMachineIsAskedOnlyWhereSomebodySaysSo() {
    assertThat(S3Settings.of(environment("AWS_EC2_METADATA_DISABLED", "false")).identity())
        .isInstanceOf(S3Identity.Workload.class);
  }

  @Test
  void anAgentElsewhereIsNotTrustedWithoutEncryption() {
    var environment =
        environment("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://192.0.2.1/v1/credentials");
    assertThatThrownBy(() -> roundTrip(environment))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("AWS_CONTAINER_CREDENTIALS_FULL_URI");
  }

  @Test
  void noIdentityPrintsItsSecrets() {
    var environment = webIdentity();
    environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", TOKEN);
    assertThat(S3Identity.of(environment).toString()).doesNotContain(TOKEN);
    environment.put("AWS_ACCESS_KEY_ID", TOKEN);
    environment.put("AWS_SECRET_ACCESS_KEY", TOKEN);
    assertThat(S3Identity.of(environment).toString()).doesNotContain(TOKEN);
  }

  private static void tellsNothing(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      assertThat(String.valueOf(t.getMessage())).doesNotContain(TOKEN);
    }
  }

  private static void roundTrip(Map<String, String> environment) throws IOException {
    try (var there = new Stores(environment).open(S3ProxyServer.location("workload"))) {
      there.put("a", ObjectStore.Content.of("held"));
      assertThat(there.read("a", 10).orElseThrow().bytes()).asString().isEqualTo("held");
    }
  }

  private Map<String, String> webIdentity() {
    var environment = environment("AWS_WEB_IDENTITY_TOKEN_FILE", root.resolve("token").toString());
    environment.put("AWS_ROLE_ARN", ROLE);
    environment.put("AWS_ENDPOINT_URL_STS", url());
    return environment;
  }

  private static Map<String, String> environment(String name, String value) {
    var environment = new HashMap<>(S3ProxyServer.environment(store.port(), "PT5S"));
    environment.remove("AWS_ACCESS_KEY_ID");
    environment.remove("AWS_SECRET_ACCESS_KEY");
    environment.put(name, value);
    return environment;
  }

  private String url() {
    return "http://127.0.0.1:" + platform.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String query = String.valueOf(exchange.getRequestURI().getRawQuery());
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      boolean post = exchange.getRequestMethod().equals("POST");
      asked.add(
          exchange.getRequestMethod()
              + " "
              + (post
                  ? URLDecoder.decode(query + "&" + body, StandardCharsets.UTF_8)
                  : exchange.getRequestURI()
                      + " "
                      + exchange.getRequestHeaders().getFirst("Authorization")));
      int code = faults > 0 ? 503 : status;
      faults = Math.max(0, faults - 1);
      byte[] answer = (code != 200 ? "" : post ? sts() : agent()).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(code, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private String sts() {
    return """
    <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <AssumeRoleWithWebIdentityResult>
        <Credentials>
          <AccessKeyId>%s</AccessKeyId>
          <SecretAccessKey>%s</SecretAccessKey>
          <SessionToken>session</SessionToken>
          <Expiration>%s</Expiration>
        </Credentials>
      </AssumeRoleWithWebIdentityResult>
    </AssumeRoleWithWebIdentityResponse>
    """
        .formatted(S3ProxyServer.ACCESS_KEY, S3ProxyServer.SECRET_KEY, expiration());
  }

  private String agent() {
    return """
    {"AccessKeyId": "%s", "SecretAccessKey": "%s", "Token": "session", "Expiration": "%s"}
    """
        .formatted(S3ProxyServer.ACCESS_KEY, S3ProxyServer.SECRET_KEY, expiration());
  }

  private String expiration() {
    return Instant.now()
        .plus(lifetime)
        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
        .toString();
  }
}
