package org.primum.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LocationTest {

  @ParameterizedTest
  @ValueSource(strings = {"data/x.csv", "/data/x y.csv", "x", "C:data", "a:b"})
  void whatHasNoSchemeIsAPath(String text) {
    var location = Location.parse(text);
    assertThat(location.isLocal()).isTrue();
    assertThat(location.path()).isEqualTo(Path.of(text));
    assertThat(location).hasToString(text);
  }

  @Test
  void aFileUriIsDecoded() {
    assertThat(Location.parse("file:/a/b%20c%C3%A9").path()).isEqualTo(Path.of("/a/b cé"));
    assertThat(Location.parse("file:///a/b").path()).isEqualTo(Path.of("/a/b"));
    assertThat(Location.parse("file://localhost/a").path()).isEqualTo(Path.of("/a"));
    assertThat(Location.parse("file:rel/é").path()).isEqualTo(Path.of("rel/é"));
    assertThat(Location.parse("file:/a%20b")).hasToString("file:/a%20b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "minio"})
  void anObjectHasABucketAndAKey(String scheme) {
    var location = Location.parse(scheme + "://models/a/b c%20.json");
    assertThat(location.isLocal()).isFalse();
    assertThat(location.bucket()).isEqualTo("models");
    assertThat(location.key()).isEqualTo("a/b c%20.json");
    assertThat(location).hasToString(scheme + "://models/a/b c%20.json");
    assertThatThrownBy(location::path).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theBucketItselfHasTheEmptyKey() {
    assertThat(Location.parse("s3://models").key()).isEmpty();
    assertThat(Location.parse("s3://models/").key()).isEmpty();
    assertThat(Location.parse("s3://models/a/").key()).isEqualTo("a");
  }

  @Test
  void resolvesAChild() {
    assertThat(Location.parse("s3://models").resolve("a/b").key()).isEqualTo("a/b");
    assertThat(Location.parse("s3://models/x/").resolve("a")).hasToString("s3://models/x/a");
    assertThat(Location.parse("out").resolve("a/b").path()).isEqualTo(Path.of("out/a/b"));
    assertThat(Location.parse("file:/out/").resolve("a")).hasToString("file:/out/a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/../b", "a//b", "/a", "a/", "", ".", "a\\b", "a\nb", "a\u0085b"})
  void noChildLeadsOut(String child) {
    assertThatThrownBy(() -> Location.parse("out").resolve(child))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("which no key may");
    assertThatThrownBy(() -> Location.parse("s3://models/out").resolve(child))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://",
        "s3:///key",
        "s3://Models/key",
        "s3://ab/key",
        "s3://a..b/key",
        "s3://models/a//b",
        "s3://models/../b",
        "s3://models//",
        "s3://models/a\tb",
        "s3://models/a\\b",
        "s3://-models/k",
        "https://host/key",
        "gs://bucket/key",
        "file:",
        "file://host/a",
        "file:/a%2",
        "file:/a%zz",
        "",
        " ",
        "a\0b"
      })
  void whatIsNoLocationIsRejected(String text) {
    assertThatThrownBy(() -> Location.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeyIsAtMost1024Bytes() {
    assertThat(Location.parse("s3://models/" + "é".repeat(512)).key()).hasSize(512);
    assertThatThrownBy(() -> Location.parse("s3://models/" + "é".repeat(513)))
        .hasMessageContaining("longer than 1024 bytes");
  }

  @Test
  void aLoneSurrogateIsNoKey() {
    assertThatThrownBy(() -> Location.parse("s3://models/a\ud800")).hasMessageContaining("U+D800");
  }

  @Test
  void aPasswordInAnAddressIsNotRepeated() {
    assertThatThrownBy(() -> Location.parse("s3://AKIA:hunter2@models/key"))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("hunter2", "AKIA");
    assertThatThrownBy(() -> Location.parse("https://host/key?X-Amz-Signature=hunter2"))
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void aServedModelIsNoPlaceForFiles() {
    Location served = Location.parseModel("https://models.example.org/v2/models/risk");
    assertThat(served).isInstanceOf(Location.Served.class);
    assertThat(served.toString()).isEqualTo("https://models.example.org/v2/models/risk");
    assertThat(served.isLocal()).isFalse();
    assertThat(Location.parseModel("model.json")).isEqualTo(Location.parse("model.json"));
    assertThatThrownBy(() -> Location.parse("https://models.example.org/v2/models/risk"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not known here");
    assertThatThrownBy(() -> Location.parseModel("http://me:secret@host/v1/models/m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without user or password")
        .hasMessageNotContaining("secret");
  }
}
