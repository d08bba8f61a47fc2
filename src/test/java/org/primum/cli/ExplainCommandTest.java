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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.document.Schemas;
import org.primum.model.ShapFixture;

/// Patients of testdata/shap, whose values an enumeration of all feature subsets computed.
final class ExplainCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private ShapFixture binary;

  @BeforeEach
  void explain() {
    binary = new ShapFixture("a_xgb_binary");
    assertThat(batch(binary, "out", binary.file("rows.csv")).code()).isZero();
  }

  private Cli batch(ShapFixture fixture, String out, Path rows) {
    return Cli.run(
        "shap-batch",
        "--model=" + fixture.file("model.json"),
        "--data=" + rows,
        "--id=row_id",
        "--features=" + String.join(",", fixture.featureNames()),
        "--output-dir=" + folder.resolve(out));
  }

  private Cli explain(String... more) {
    List<String> arguments = new ArrayList<>(List.of("explain"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private String stored() {
    return "--explanations=" + folder.resolve("out");
  }

  private String data() {
    return "--data=" + binary.file("rows.csv");
  }

  private static JsonNode json(Cli run) throws IOException {
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode found = JSON.readTree(run.out());
    assertThat(Schemas.violations(found, "row-explanation")).isEmpty();
    return found;
  }

  @Test
  void findsTheValuesOfThePatient() throws Exception {
    JsonNode expected = binary.expected("expected_path.json");
    double[] phi = ShapFixture.numbers(expected.path("phi"));
    List<String> names = binary.featureNames();

    JsonNode found = json(explain(stored(), "--id=r021", "--format=json"));

    assertThat(found.path("rows")).hasSize(1);
    JsonNode one = found.path("rows").path(0).path("outputs").path(0);
    assertThat(one.path("margin").doubleValue())
        .isCloseTo(ShapFixture.numbers(expected.path("margin"))[21], within(1e-6));
    assertThat(one.path("probability").doubleValue())
        .isCloseTo(ShapFixture.numbers(expected.path("probability"))[21], within(1e-6));
    double before = Double.POSITIVE_INFINITY;
    for (JsonNode feature : one.path("features")) {
      int at = names.indexOf(feature.path("feature").asText());
      double value = feature.path("phi").doubleValue();
      assertThat(value).isCloseTo(phi[21 * names.size() + at], within(1e-6));
      assertThat(Math.abs(value)).isLessThanOrEqualTo(before);
      assertThat(feature.has("value")).isFalse();
      before = Math.abs(value);
    }
    assertThat(one.path("features")).hasSize(12);
  }

  @Test
  void theModelAndDataGiveTheSameAsTheBatch() throws Exception {
    JsonNode stored = json(explain(stored(), "--id=r021", "--format=json"));
    JsonNode fresh =
        json(
            explain(
                "--model=" + binary.file("model.json"),
                data(),
                "--id-column=row_id",
                "--id=r021",
                "--show-values=false",
                "--format=json"));
    JsonNode one = stored.path("rows").path(0).path("outputs").path(0);
    JsonNode other = fresh.path("rows").path(0).path("outputs").path(0);
    assertThat(other.path("features")).hasSameSizeAs(one.path("features"));
    for (int i = 0; i < one.path("features").size(); i++) {
      JsonNode feature = one.path("features").path(i);
      assertThat(other.path("features").path(i).path("feature")).isEqualTo(feature.path("feature"));
      assertThat(other.path("features").path(i).path("phi").doubleValue())
          .isCloseTo(feature.path("phi").doubleValue(), within(2e-7));
    }
    assertThat(other.path("probability").doubleValue())
        .isCloseTo(one.path("probability").doubleValue(), within(1e-9));
  }

  /// Row 21 of the file has an age of 0.68201554.
  @Test
  void valuesStandBesideFeaturesOnlyWhereTheDataAreGiven() {
    Cli without = explain(stored(), "--id=r021", "--top=12");
    Cli with = explain(stored(), data(), "--id=r021", "--top=12");
    Cli hidden = explain(stored(), data(), "--id=r021", "--top=12", "--show-values=false");
    assertThat(without.out()).contains("age_z").doesNotContain("0.68201554");
    assertThat(with.out()).contains("age_z = 0.68201554", "hb_z = missing");
    assertThat(hidden.out()).isEqualTo(without.out());
  }

  @Test
  void theLinesGoFromTheBaseToThePredictionAndAddUpTheRest() {
    Cli run = explain(stored(), "--id=r021", "--top=3");
    assertThat(run.out().lines().toList())
        .hasSize(7)
        .element(5)
        .asString()
        .startsWith("9 other features");
    assertThat(run.out()).contains("starts from", "prediction", " %");
    assertThat(run.out().lines().allMatch(line -> line.length() < 100)).isTrue();
  }

  @Test
  void thePageHasPicturesAndIsNeverWrittenOver() throws Exception {
    Path page = folder.resolve("page.html");
    Cli run = explain(stored(), "--id=r021", "--html=" + page);
    assertThat(run.code()).isZero();
    String html = Files.readString(page);
    assertThat(html).contains("Patient r021", "How one prediction came about", "What pushes one");
    assertThat(html).doesNotContain("0.68201554", "<script");
    Cli again = explain(stored(), "--id=r021", "--html=" + page);
    assertThat(again.code()).isEqualTo(2);
    assertThat(Files.readString(page)).isEqualTo(html);
  }

  @Test
  void anUnknownPatientIsAnErrorThatDoesNotRepeatTheId() {
    Cli run = explain(stored(), "--id=secret-7");
    assertThat(run.code()).isEqualTo(11);
    assertThat(run.err()).contains("no row has the id", "'row_id'").doesNotContain("secret-7");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void everyRowOfOnePatientIsShown() throws Exception {
    List<String> rows = Files.readAllLines(binary.file("rows.csv"));
    List<String> twice = new ArrayList<>(rows);
    twice.add(rows.get(5).replace("r004", "r021"));
    Path file = Files.write(folder.resolve("twice.csv"), twice);
    assertThat(batch(binary, "twice", file).code()).isZero();
    Cli run =
        explain(
            "--explanations=" + folder.resolve("twice/shap.parquet"),
            "--data=" + file,
            "--id=r021");
    assertThat(run.out()).contains("row 1 of 2", "row 2 of 2");
  }

  @Test
  void theValuesOfAnotherTableAreRefused() throws Exception {
    List<String> rows = Files.readAllLines(binary.file("rows.csv"));
    Path other = Files.write(folder.resolve("other.csv"), rows.subList(0, 30));
    Cli run = explain(stored(), "--data=" + other, "--id=r021");
    assertThat(run.code()).isEqualTo(13);
    assertThat(run.err()).contains("is not the table that");
  }

  @Test
  void classesAreShownAllOrOne() throws Exception {
    var classes = new ShapFixture("c_xgb_multiclass");
    assertThat(batch(classes, "classes", classes.file("rows.csv")).code()).isZero();
    String from = "--explanations=" + folder.resolve("classes");
    double[] phi = ShapFixture.numbers(classes.expected("expected_path.json").path("phi"));
    int features = classes.featureNames().size();

    JsonNode all = json(explain(from, "--id=r003", "--format=json"));
    Cli one = explain(from, "--id=r003", "--class=2");
    Cli none = explain(from, "--id=r003", "--class=7");

    JsonNode outputs = all.path("rows").path(0).path("outputs");
    assertThat(outputs).hasSize(phi.length / 60 / features);
    double sum = 0;
    for (JsonNode output : outputs) {
      sum += output.path("probability").doubleValue();
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(one.out()).contains("class 2").doesNotContain("class 0");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("--class=7");
  }

  @Test
  void withoutAnIdColumnRowsAreFoundByTheirNumber() throws Exception {
    String model = "--model=" + binary.file("model.json");
    JsonNode byNumber = json(explain(model, data(), "--id=21", "--format=json"));
    JsonNode byName =
        json(explain(model, data(), "--id-column=row_id", "--id=r021", "--format=json"));
    assertThat(byNumber).isEqualTo(byName);
    assertThat(explain(model, data(), "--id=60").code()).isEqualTo(11);
    assertThat(explain(model, data(), "--id=r021").code()).isEqualTo(11);
  }

  @Test
  void aBackgroundIsComparedWith() throws Exception {
    JsonNode run =
        json(
            explain(
                "--model=" + binary.file("model.json"),
                data(),
                "--id=21",
                "--background=" + binary.file("background.csv"),
                "--format=json"));
    JsonNode expected = binary.expected("expected_interventional.json");
    assertThat(run.path("rows").path(0).path("outputs").path(0).path("baseValue").doubleValue())
        .isCloseTo(ShapFixture.numbers(expected.path("base_value"))[0], within(1e-6));
  }

  /// The file holds the background's counts, so the table itself may be gone.
  @Test
  void anExplainerFileStandsForTheBackground() throws Exception {
    String model = "--model=" + binary.file("model.json");
    String background = "--background=" + binary.file("background.csv");
    Cli saved =
        Cli.run(
            "shap-batch",
            model,
            data(),
            background,
            "--save-explainer",
            "--output-dir=" + folder.resolve("saved"));
    assertThat(saved.code()).as(saved.err()).isZero();
    String explainer = "--explainer=" + folder.resolve("saved/explainer.bin");

    JsonNode compared = json(explain(model, data(), background, "--id=21", "--format=json"));
    JsonNode again = json(explain(model, data(), explainer, "--id=21", "--format=json"));

    assertThat(again).isEqualTo(compared);
    assertThat(explain(model, data(), explainer, background, "--id=21").code()).isEqualTo(2);
    assertThat(explain(stored(), explainer, "--id=r021").code()).isEqualTo(2);
    var other = new ShapFixture("c_xgb_multiclass");
    Cli foreign =
        explain(
            "--model=" + other.file("model.json"),
            data(),
            explainer,
            "--id=21",
            "--features=" + String.join(",", other.featureNames()));
    assertThat(foreign.code()).isEqualTo(13);
    assertThat(foreign.err()).contains("explains the model");
  }

  @Test
  void whatDoesNotFitTogetherIsAMistakeInTheCommand() {
    assertThat(explain("--id=r021").code()).isEqualTo(2);
    assertThat(explain(stored(), "--model=x", "--id=r021").code()).isEqualTo(2);
    assertThat(explain("--model=x", "--id=r021").code()).isEqualTo(2);
    assertThat(explain(stored(), "--id-column=row_id", "--id=r021").code()).isEqualTo(2);
    assertThat(explain(stored(), "--id=r021", "--top=0").code()).isEqualTo(2);
    assertThat(explain(stored(), "--id=").code()).isEqualTo(2);
    assertThat(explain("--explanations=" + folder.resolve("nowhere"), "--id=r021").code())
        .isEqualTo(11);
    assertThat(explain("--explanations=" + binary.file("rows.csv"), "--id=r021").err())
        .contains("no column 'base_value'");
    assertThat(explain("--model=" + folder.resolve("none"), data(), "--id=1").code()).isEqualTo(12);
  }
}
