package org.primum.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.gate.ConfigInvalidException;

final class StoresTest {

  private static final Map<String, String> COMPLETE =
      Map.of(
          "PRIMUM_S3_ENDPOINT", "http://127.0.0.1:9000",
          "AWS_ACCESS_KEY_ID", "the-access-key",
          "AWS_SECRET_ACCESS_KEY", "the-secret-key",
          "AWS_SESSION_TOKEN", "the-token");

  private static Map<String, String> with(String name, String value) {
    Map<String, String> changed = new HashMap<>(COMPLETE);
    changed.put(name, value);
    return changed;
  }

  @Test
  void opensADirectoryForAPathWithoutAnyVariable() throws Exception {
    try (var store = new Stores(Map.of()).open(Location.parse("some/dir"))) {
      assertThat(store).isInstanceOf(DirectoryStore.class);
      assertThat(store.name()).isEqualTo("some/dir");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://models/x", "minio://models/x"})
  void opensABucket(String text) throws Exception {
    try (var store = new Stores(COMPLETE).open(Location.parse(text))) {
      assertThat(store).isInstanceOf(S3Store.class);
      assertThat(store.name()).isEqualTo(text);
      assertThat(store.toString()).doesNotContain("the-");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"})
  void namesTheVariableThatIsMissing(String name) {
    assertThatThrownBy(() -> new Stores(with(name, " ")).open(Location.parse("s3://models/x")))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining(name + " is not set");
  }

  @Test
  void namesTheEndpointThatIsMissing() {
    assertThatThrownBy(() -> new Stores(Map.of()).open(Location.parse("s3://models/x")))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("PRIMUM_S3_ENDPOINT");
  }

  @Test
  void theOwnEndpointComesBeforeThoseOfAws() {
    var aws = new HashMap<>(with("AWS_ENDPOINT_URL_S3", "http://other:1"));
    assertThat(S3Settings.of(aws).endpoint()).isEqualTo(URI.create("http://127.0.0.1:9000"));
    aws.remove("PRIMUM_S3_ENDPOINT");
    aws.put("AWS_ENDPOINT_URL", "http://third:1");
    assertThat(S3Settings.of(aws).endpoint()).isEqualTo(URI.create("http://other:1"));
    aws.remove("AWS_ENDPOINT_URL_S3");
    assertThat(S3Settings.of(aws).endpoint()).isEqualTo(URI.create("http://third:1"));
  }

  @Test
  void aRegionAloneMeansAmazon() {
    var aws = new HashMap<>(with("AWS_REGION", "eu-central-1"));
    aws.remove("PRIMUM_S3_ENDPOINT");
    var settings = S3Settings.of(aws);
    assertThat(settings.endpoint()).isEqualTo(URI.create("https://s3.eu-central-1.amazonaws.com"));
    assertThat(settings.pathStyle()).isFalse();
  }

  @Test
  void otherServersAreAskedByPathUnlessToldOtherwise() {
    assertThat(S3Settings.of(COMPLETE).pathStyle()).isTrue();
    assertThat(S3Settings.of(with("PRIMUM_S3_PATH_STYLE", "false")).pathStyle()).isFalse();
    assertThatThrownBy(() -> S3Settings.of(with("PRIMUM_S3_PATH_STYLE", "yes")))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("PRIMUM_S3_PATH_STYLE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:9000", "ftp://host", "http://user:hunter2@host", "http://host/path",
        "http://host?x=hunter2", "http://", "http://ho st", "http://host:port"
      })
  void anEndpointIsAHostAndNothingElse(String endpoint) {
    assertThatThrownBy(() -> S3Settings.of(with("PRIMUM_S3_ENDPOINT", endpoint)))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("PRIMUM_S3_ENDPOINT")
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void patienceIsTwoMinutesUnlessTheEnvironmentSaysLess() {
    assertThat(Retries.of(Map.of()).total()).isEqualTo(Duration.ofMinutes(2));
    assertThat(Retries.of(Map.of("PRIMUM_S3_PATIENCE", "")).seconds()).isEqualTo("120 s");
    assertThat(Retries.of(Map.of("PRIMUM_S3_PATIENCE", "PT0.5S")).seconds()).isEqualTo("0.5 s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT2M0.001S", "PT0.09S", "-PT1S", "30", "P1D", "forever"})
  void patienceOutOfBoundsIsRejected(String text) {
    assertThatThrownBy(() -> Retries.of(Map.of("PRIMUM_S3_PATIENCE", text)))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("PRIMUM_S3_PATIENCE is a duration from PT0.1S to PT2M");
  }

  @Test
  void settingsShowNoSecret() {
    assertThat(S3Settings.of(COMPLETE).toString())
        .contains("127.0.0.1:9000")
        .doesNotContain("the-");
  }
}
