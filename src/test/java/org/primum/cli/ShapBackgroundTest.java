package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Digest;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.document.Schemas;
import org.primum.model.ShapFixture;
import org.primum.table.TableFiles;

/// `shap-batch --background`: the fixtures of testdata/shap that have a background.
final class ShapBackgroundTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final ShapFixture binary = new ShapFixture("a_xgb_binary");

  @ParameterizedTest
  @ValueSource(strings = {"mixed", "float64"})
  void writesTheInterventionalValuesOfTheOracle(String precision) throws Exception {
    Cli run = explain("out", "--background=" + background(), "--precision=" + precision);

    assertThat(run.err()).contains("PASS");
    JsonNode file = binary.expected("expected_interventional.json");
    double[] expected = ShapFixture.numbers(file.path("phi"));
    List<String> features = binary.featureNames();
    Batch lines = lines("out", features.stream().map(f -> "phi." + f).toList());
    double bound = precision.equals("mixed") ? 2e-7 : 1e-11;
    for (int i = 0; i < expected.length; i++) {
      assertThat(lines.number(i % features.size()).value(i / features.size()))
          .isCloseTo(expected[i], within(bound * Math.max(1, Math.abs(expected[i]))));
    }
    assertThat(lines("out", List.of("base_value")).number(0).value(7))
        .isCloseTo(file.path("base_value").path(0).doubleValue(), within(1e-11));
  }

  @Test
  void everyOutputSaysWhatWasComparedWith() throws Exception {
    explain("out", "--background=" + background());
    String digest = Digest.of(background()).value();

    Table table = TableFiles.open(folder.resolve("out/shap.parquet"), "shap");
    assertThat(table.metadata())
        .containsEntry("primum.mode", "interventional")
        .containsEntry("primum.background", digest)
        .containsEntry("primum.background.rows", "100");
    for (String name : List.of("summary", "shard")) {
      JsonNode document = json("out/" + name + ".json");
      assertThat(Schemas.violations(document, "shap-" + name)).isEmpty();
      assertThat(document.path("mode").asText()).isEqualTo("interventional");
      assertThat(document.path("background").path("rows").intValue()).isEqualTo(100);
      assertThat(document.path("background").path("digest").asText()).isEqualTo(digest);
    }
    List<String> roles = new ArrayList<>();
    json("out/manifest.json")
        .path("inputs")
        .forEach(
            input -> roles.add(input.path("name").asText() + " " + input.path("digest").asText()));
    assertThat(roles).contains("background " + digest);
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("the values of all 100 background rows stand in its place");
  }

  @Test
  void withoutABackgroundNothingSpeaksOfOne() throws Exception {
    explain("out");

    assertThat(TableFiles.open(folder.resolve("out/shap.parquet"), "shap").metadata())
        .containsEntry("primum.mode", "path-dependent")
        .doesNotContainKey("primum.background");
    assertThat(json("out/summary.json").has("background")).isFalse();
    assertThat(json("out/summary.json").path("mode").asText()).isEqualTo("path-dependent");
  }

  /// The file differs, and so does its digest; the values are the same to the bit.
  @Test
  void theOrderOfTheBackgroundRowsChangesNoValue() throws Exception {
    List<String> rows = new ArrayList<>(Files.readAllLines(background()));
    Collections.shuffle(rows.subList(1, rows.size()), new Random(5));
    Path shuffled = Files.write(folder.resolve("shuffled.csv"), rows);
    explain("one", "--background=" + background());
    explain("two", "--background=" + shuffled);

    List<String> columns = new ArrayList<>(List.of("base_value"));
    binary.featureNames().forEach(feature -> columns.add("phi." + feature));
    Batch one = lines("one", columns);
    Batch two = lines("two", columns);
    for (int column = 0; column < columns.size(); column++) {
      for (int row = 0; row < one.rows(); row++) {
        assertThat(two.number(column).value(row)).isEqualTo(one.number(column).value(row));
      }
    }
  }

  @Test
  void shardsMergeToTheBytesOfOneRun() throws Exception {
    String against = "--background=" + background();
    explain("one", against);
    explain("p0", against, "--shard=0/2");
    explain("p1", against, "--shard=1/2");

    assertThat(merge("p1", "p0").err()).contains("PASS");
    for (String file : List.of("shap.parquet", "summary.json", "shard.json")) {
      assertThat(folder.resolve("merged").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
    }
    assertThat(Files.readString(folder.resolve("merged/report.html")))
        .contains("100 background rows");
  }

  @Test
  void shardsOfAnotherBackgroundOrModeAreNotMerged() throws Exception {
    List<String> rows = Files.readAllLines(background());
    Path fewer = Files.write(folder.resolve("fewer.csv"), rows.subList(0, 50));
    explain("p0", "--background=" + background(), "--shard=0/2");
    explain("other", "--background=" + fewer, "--shard=1/2");
    explain("path", "--shard=1/2");

    assertThat(merge("p0", "other").code()).isEqualTo(13);
    assertThat(merge("p0", "path").err()).contains("other options");
  }

  @Test
  void aModeThatDoesNotFitSaysWhatFits() {
    refuse("give --mode=interventional", "--mode=path-dependent", "--background=" + background());
    refuse("--background=TABLE", "--mode=interventional");
    refuse("--mode=path-dependent fits it", "--mode=linear");
    refuse("path-dependent", "--mode=sampled");
  }

  private void refuse(String sentence, String... more) {
    Cli run = explain("refused", more);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(sentence);
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  @Test
  void aBackgroundThatCannotBeComparedWithIsRefused() throws Exception {
    String header = Files.readAllLines(background()).getFirst();
    Path empty = Files.writeString(folder.resolve("empty.csv"), header + "\n");
    Path narrow = Files.writeString(folder.resolve("narrow.csv"), "age_z\n1\n");

    assertThat(explain("a", "--background=" + empty).code()).isEqualTo(11);
    assertThat(explain("b", "--background=" + empty).err()).contains("empty.csv: has no rows");
    assertThat(explain("c", "--background=" + narrow).err()).contains("no column 'bmi_z'");
    assertThat(explain("d", "--background=" + folder.resolve("absent")).code()).isEqualTo(11);
  }

  /// 300 patients of two wards; the background also has a ward that the model never saw. A model's
  /// base value is its mean margin over the background, as `shap-batch` explains those very rows.
  @ParameterizedTest
  @ValueSource(strings = {"xgboost", "logistic-regression"})
  void aTrainedModelComparesWithRowsOfItsOwnColumns(String learner) throws Exception {
    Path data = patients("patients.csv", 300, List.of("general", "icu"));
    Path others = patients("others.csv", 41, List.of("general", "icu", "hospice"));
    Cli train =
        Cli.run(
            "train",
            "--data=" + data,
            "--label=died",
            "--id=patient_id",
            "--learner=" + learner,
            "--output-dir=" + folder.resolve("trained"));
    assertThat(train.err()).contains("PASS");
    String model = "--model=" + folder.resolve("trained/model");

    Cli run =
        Cli.run(
            "shap-batch",
            model,
            "--data=" + data,
            "--background=" + others,
            "--output-dir=" + folder.resolve("out"));
    Cli.run("shap-batch", model, "--data=" + others, "--output-dir=" + folder.resolve("others"));

    assertThat(run.err()).contains("PASS").contains("categories the model never saw");
    Batch margins = lines("others", List.of("margin"));
    double mean = 0;
    for (int row = 0; row < margins.rows(); row++) {
      mean += margins.number(0).value(row) / margins.rows();
    }
    assertThat(json("out/summary.json").path("baseValue").doubleValue())
        .isCloseTo(mean, within(1e-9));
    assertThat(json("out/summary.json").path("background").path("rows").intValue()).isEqualTo(41);
  }

  /// The same wards in capitals, and two wards of three that are new.
  @Test
  void warnsOfAColumnThatSaysNothingToTheModel() throws Exception {
    Path data = patients("patients.csv", 300, List.of("general", "icu"));
    Path capitals = patients("capitals.csv", 60, List.of("GENERAL", "ICU"));
    Path mixed = patients("mixed.csv", 60, List.of("general", "hospice", "home"));
    Cli train =
        Cli.run(
            "train",
            "--data=" + data,
            "--label=died",
            "--id=patient_id",
            "--output-dir=" + folder.resolve("trained"));
    assertThat(train.err()).contains("PASS").doesNotContain("never saw");
    String model = "--model=" + folder.resolve("trained/model");

    Cli all =
        Cli.run("shap-batch", model, "--data=" + capitals, "--output-dir=" + folder.resolve("all"));
    Cli most =
        Cli.run(
            "shap-batch",
            model,
            "--data=" + data,
            "--background=" + mixed,
            "--output-dir=" + folder.resolve("most"));
    Cli scored =
        Cli.run("score", model, "--data=" + capitals, "--output-dir=" + folder.resolve("scored"));

    assertThat(all.code()).isZero();
    assertThat(all.err())
        .contains(
            "warning: " + capitals + ": all values of 'ward' are categories the model never saw");
    assertThat(scored.err()).contains("warning: " + capitals + ": all values of 'ward'");
    long fresh =
        Files.readAllLines(mixed).stream().filter(row -> row.matches(".*(hospice|home).*")).count();
    assertThat(most.err())
        .contains(
            mixed + ": " + Math.round(fresh / 0.6) + " % of the values of 'ward' are categories")
        .doesNotContain("patients.csv: all");
    assertThat(Files.readString(folder.resolve("all/report.html")))
        .contains("all values of &#39;ward&#39;");
  }

  @Test
  void aLinearModelHasNoBranchesToFollow() throws Exception {
    Path data = patients("patients.csv", 200, List.of("general", "icu"));
    Cli.run(
        "train",
        "--data=" + data,
        "--label=died",
        "--id=patient_id",
        "--learner=logistic-regression",
        "--output-dir=" + folder.resolve("trained"));
    List<String> arguments =
        List.of("shap-batch", "--model=" + folder.resolve("trained/model"), "--data=" + data);

    Cli refused = run(arguments, "--mode=path-dependent", "refused");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("--mode=linear fits it");
    assertThat(run(arguments, "--mode=linear", "linear").code()).isZero();
    assertThat(run(arguments, "--mode=auto", "auto").code()).isZero();
    assertThat(folder.resolve("linear/shap.parquet"))
        .hasSameBinaryContentAs(folder.resolve("auto/shap.parquet"));
  }

  private Cli run(List<String> arguments, String mode, String out) {
    List<String> all = new ArrayList<>(arguments);
    all.add(mode);
    all.add("--output-dir=" + folder.resolve(out));
    return Cli.run(all.toArray(String[]::new));
  }

  private Path patients(String name, int count, List<String> wards) throws IOException {
    var random = new Random(name.length());
    var rows = new StringBuilder("patient_id,age,ward,died\n");
    for (int i = 0; i < count; i++) {
      int age = 20 + random.nextInt(70);
      String ward = wards.get(random.nextInt(wards.size()));
      boolean died = age + (ward.equals("icu") ? 30 : 0) + random.nextInt(40) > 100;
      rows.append("p").append(i).append(',').append(i % 9 == 0 ? "" : Integer.toString(age));
      rows.append(',').append(ward).append(',').append(died ? 1 : 0).append('\n');
    }
    return Files.writeString(folder.resolve(name), rows);
  }

  private Path background() {
    return binary.file("background.csv");
  }

  private Cli explain(String out, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add("shap-batch");
    arguments.add("--model=" + binary.file("model.json"));
    arguments.add("--data=" + binary.file("rows.csv"));
    arguments.add("--id=row_id");
    arguments.add("--output-dir=" + folder.resolve(out));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private Cli merge(String... parts) {
    List<String> shards = new ArrayList<>();
    for (String part : parts) {
      shards.add(folder.resolve(part).toString());
    }
    return Cli.run(
        "shap-merge",
        "--shards=" + String.join(",", shards),
        "--output-dir=" + folder.resolve("merged"),
        "--overwrite");
  }

  private JsonNode json(String file) throws IOException {
    return JSON.readTree(folder.resolve(file).toFile());
  }

  private Batch lines(String out, List<String> columns) throws IOException {
    Table table = TableFiles.open(folder.resolve(out).resolve("shap.parquet"), "shap");
    try (Batches batches = table.read(columns.stream().map(Selection::number).toList())) {
      return batches.next().orElseThrow();
    }
  }
}
