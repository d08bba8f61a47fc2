package org.primum.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.gate.ConfigInvalidException;

/// A metrics document stands for all: it is small, and its schema knows every kind of key.
final class DocumentsTest {

  private static final String GOOD =
      """
      schema: primum.dev/metrics/v1alpha1
      metrics:
        - {metric: tpr, group: overall, compare: null, reference: null, value: 0.5, ci: null, n: 4, reason: null}
      """;

  @TempDir Path directory;

  @Test
  void readsYamlAndJsonAlike() {
    var yaml = read(GOOD);
    var json = Documents.read(new Source("m.json", Documents.write(yaml)), "metrics");

    assertThat(json).isEqualTo(yaml);
    assertThat(json.required("metrics").get(0).required("value").asDouble()).isEqualTo(0.5);
  }

  @Test
  void namesTheFileAndThePathOfAnUnknownKey() {
    rejects(GOOD.replace("group:", "gruop:"))
        .hasMessageStartingWith("policy.yaml: metrics[0].")
        .hasMessageContaining("gruop: unknown key");
  }

  @Test
  void namesThePathOfAMissingKey() {
    rejects(GOOD.replace(", n: 4", "")).hasMessageContaining("metrics[0].n: missing");
  }

  @Test
  void rejectsAKeyGivenTwice() {
    rejects(GOOD + "schema: primum.dev/metrics/v1alpha1\n").hasMessageContaining("schema");
    rejects("{\"schema\": 1, \"schema\": 2}").hasMessageContaining("Duplicate");
  }

  @ParameterizedTest
  @ValueSource(strings = {".nan", ".inf", "-.inf", "NaN", "text", "[1]"})
  void rejectsWhatIsNoNumberWhereANumberBelongs(String value) {
    rejects(GOOD.replace("value: 0.5", "value: " + value)).hasMessageContaining("value");
  }

  @Test
  void rejectsNaNInJson() {
    rejects("{\"schema\": NaN}").hasMessageContaining("policy.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   ", "text", "- a\n- b", "[1, 2]", "{", "a: [", "a: b: c", "%", "\u0000"})
  void rejectsWhatIsNoDocument(String text) {
    rejects(text).hasMessageStartingWith("policy.yaml: ");
  }

  @Test
  void rejectsDocumentsThatNestWithoutEnd() {
    rejects("{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}");
    rejects("a: " + "[".repeat(5000) + "]".repeat(5000));
  }

  @Test
  void rejectsAliasesThatExpandWithoutEnd() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 30; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append((before + ",").repeat(9)).append(before).append("]\n");
    }

    rejects(bomb.toString());
  }

  @Test
  void rejectsAFileThatIsTooLargeWithoutReadingIt() throws Exception {
    Path file = directory.resolve("huge.yaml");
    Files.write(file, new byte[Source.LIMIT + 1]);

    assertThatThrownBy(() -> Source.of(file, "huge.yaml"))
        .isInstanceOf(ConfigInvalidException.class)
        .hasMessageContaining("huge.yaml: larger than");
  }

  private static com.fasterxml.jackson.databind.JsonNode read(String text) {
    return Documents.read(
        new Source("policy.yaml", text.getBytes(StandardCharsets.UTF_8)), "metrics");
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> rejects(
      String text) {
    return assertThatThrownBy(() -> read(text)).isInstanceOf(ConfigInvalidException.class);
  }
}
