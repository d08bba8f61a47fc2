package org.primum.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.explain.value.RowExplanation;
import org.primum.explain.value.RowExplanation.Effect;

/// One patient with two rows of a model of one margin, all that can be said of the first, and no
/// more than has to be of the second.
final class RowExplanationDocumentTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final RowExplanation FULL =
      new RowExplanation(
          0,
          -1.5,
          0.5,
          OptionalDouble.of(0.18),
          OptionalDouble.of(0.62),
          List.of(
              new Effect("age", Optional.of("71"), 0.5),
              new Effect("lactate", Optional.of("missing"), 1.5)));

  private static final RowExplanation BARE =
      new RowExplanation(2, 3, 3, OptionalDouble.empty(), OptionalDouble.empty(), List.of());

  private static JsonNode written() throws Exception {
    return JSON.readTree(RowExplanationDocument.write(List.of(List.of(FULL), List.of(FULL, BARE))));
  }

  @Test
  void whatIsWrittenIsWhatTheSchemaSays() throws Exception {
    JsonNode document = written();
    assertThat(Schemas.violations(document, "row-explanation")).isEmpty();
    JsonNode first = document.path("rows").path(0).path("outputs").path(0);
    assertThat(first.path("features").path(0).path("feature").asText()).isEqualTo("lactate");
    assertThat(first.path("features").path(0).path("value").asText()).isEqualTo("missing");
    assertThat(first.path("probability").doubleValue()).isEqualTo(0.62);
  }

  /// Neither side has a key that the other does not know.
  @Test
  void everyKeyOfTheSchemaIsWritten() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/schema/row-explanation.schema.json")) {
      List<String> known = new ArrayList<>();
      collect(JSON.readTree(in), known);
      assertThat(known).hasSize(11);
      for (String key : known) {
        assertThat(written().findValue(key)).as(key).isNotNull();
      }
    }
  }

  private static void collect(JsonNode schema, List<String> known) {
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          known.add(property.getKey());
          collect(property.getValue(), known);
          collect(property.getValue().path("items"), known);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseValue", "margin", "features", "phi", "outputs", "rows"})
  void theSchemaMissesWhatIsLeftOut(String key) throws Exception {
    String renamed = written().toString().replace("\"" + key + "\"", "\"other\"");
    assertThat(Schemas.violations(JSON.readTree(renamed), "row-explanation")).isNotEmpty();
  }
}
