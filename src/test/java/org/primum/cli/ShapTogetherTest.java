package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.model.ShapFixture;
import org.primum.table.TableFiles;

/// What the options of `shap-batch` do together, and what `explain` says of it.
final class ShapTogetherTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final ShapFixture binary = new ShapFixture("a_xgb_binary");

  private Cli batch(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "shap-batch",
                "--model=" + binary.file("model.json"),
                "--data=" + binary.file("rows.csv"),
                "--id=row_id",
                "--output-dir=" + folder.resolve("out")));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private String background() {
    return "--background=" + binary.file("background.csv");
  }

  private String groups() throws IOException {
    Path file = folder.resolve("groups.yaml");
    Files.writeString(
        file,
        """
        apiVersion: primum.dev/v1alpha1
        kind: FeatureGroups
        groups:
          blood: [hb_z, k_z, na_z]
        """);
    return "--groups=" + file;
  }

  private JsonNode patient(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "explain",
                "--explanations=" + folder.resolve("out"),
                "--id=r021",
                "--format=json"));
    arguments.addAll(List.of(more));
    Cli run = Cli.run(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return JSON.readTree(run.out()).path("rows").path(0).path("outputs").path(0);
  }

  private static Optional<JsonNode> effect(JsonNode patient, String feature) {
    for (JsonNode one : patient.path("features")) {
      if (one.path("feature").asText().equals(feature)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  private static double moved(JsonNode patient) {
    double sum = 0;
    for (JsonNode one : patient.path("features")) {
      sum += one.path("phi").doubleValue();
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "--emit=top:2, --interactions=full, --interactions",
    "--round=2, --interactions=top:1, --interactions",
  })
  void interactionsDoNotGoWithWhatIsWithheld(String one, String other, String named) {
    Cli run = batch(background(), one, other);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(named);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void groupsDoNotGoWithValuesOfFeatures() throws Exception {
    Cli run = batch(background(), groups(), "--emit-values=all");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--groups");
  }

  @Test
  void aWithheldEstimateHasNoStandardError() throws Exception {
    Cli run = batch(background(), "--mode=kernel", "--samples=200", "--emit=top:2");

    assertThat(run.code()).as(run.err()).isZero();
    int shown = 0;
    for (String feature : binary.featureNames()) {
      Batch lines = columns("phi." + feature, "se." + feature);
      for (int row = 0; row < lines.rows(); row++) {
        boolean isWithheld = lines.number(0).isMissing(row);
        assertThat(lines.number(1).isMissing(row)).isEqualTo(isWithheld);
        shown += isWithheld ? 0 : 1;
      }
    }
    assertThat(shown).isEqualTo(2 * 60);
  }

  private Batch columns(String... names) throws IOException {
    Table table = TableFiles.open(folder.resolve("out/shap.parquet"), "shap");
    try (Batches batches = table.read(List.of(names).stream().map(Selection::number).toList())) {
      return batches.next().orElseThrow();
    }
  }

  @Test
  void aProbabilityStandsOnceAndIsThePatientsPrediction() throws Exception {
    assertThat(batch(background(), "--output-space=probability").code()).isZero();

    Table table = TableFiles.open(folder.resolve("out/shap.parquet"), "shap");
    assertThat(table.schema().names()).containsOnlyOnce("probability");
    JsonNode patient = patient();
    double probability = columns("probability").number(0).value(21);
    assertThat(patient.path("probability").doubleValue()).isEqualTo(probability);
    assertThat(patient.path("baseValue").doubleValue() + moved(patient))
        .isCloseTo(probability, within(1e-9));
  }

  @Test
  void whatIsWithheldOfAPatientStandsInOneSum() throws Exception {
    assertThat(batch("--emit=top:3").code()).isZero();

    JsonNode patient = patient();

    assertThat(patient.path("features")).hasSize(4);
    int withheld = binary.featureNames().size() - 3;
    assertThat(effect(patient, withheld + " features, withheld")).isPresent();
    assertThat(patient.path("baseValue").doubleValue() + moved(patient))
        .isCloseTo(patient.path("margin").doubleValue(), within(1e-9));
    String page = Files.readString(folder.resolve("out/report.html"));
    assertThat(page).contains("--emit withholds the smaller values of each row");
  }

  @Test
  void aGroupOfFeaturesIsOneEffectOfAPatientWithoutAValue() throws Exception {
    assertThat(batch(groups()).code()).isZero();

    JsonNode patient = patient("--data=" + binary.file("rows.csv"), "--show-values");

    assertThat(effect(patient, "blood").orElseThrow().path("value").isMissingNode()).isTrue();
    assertThat(effect(patient, "crp").orElseThrow().path("value").asText()).isNotEmpty();
    assertThat(effect(patient, "hb_z")).isEmpty();
    assertThat(Files.readString(folder.resolve("out/report.html"))).contains("blood");
  }
}
