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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Selection;
import org.primum.document.Schemas;
import org.primum.model.ShapFixture;
import org.primum.table.TableFiles;

/// The fixtures of testdata/shap go through the command as a user would send them: the model as
/// XGBoost 3.4.1 saved it, rows as CSV.
final class ShapBatchCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private ShapFixture binary;

  @BeforeEach
  void fixtures() {
    binary = new ShapFixture("a_xgb_binary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.json", "model.ubj"})
  void writesTheValuesOfTheOracleInRowOrder(String model) throws Exception {
    Cli run = explain(binary, model, "out", "--id=row_id", "--precision=float64");
    double[] expected = ShapFixture.numbers(binary.expected("expected_path.json").path("phi"));

    assertThat(run.err()).contains("PASS");
    assertThat(run.code()).isZero();
    List<Batch> lines = lines("out", phiColumns(binary));
    double[] phi = new double[expected.length];
    int features = binary.featureNames().size();
    for (int i = 0; i < phi.length; i++) {
      phi[i] = lines.getFirst().number(i % features).value(i / features);
    }
    assertThat(phi).containsExactly(expected, within(1e-12));
    assertThat(lines("out", List.of(Selection.text("row_id"))).getFirst().text(0).text(59))
        .isEqualTo("r059");
  }

  @Test
  void withoutAskingTheValuesAreWithinTwoInTenMillion() throws Exception {
    explain(binary, "model.json", "out", "--id=row_id");
    double[] expected = ShapFixture.numbers(binary.expected("expected_path.json").path("phi"));
    Batch lines = lines("out", phiColumns(binary)).getFirst();
    int features = binary.featureNames().size();

    for (int i = 0; i < expected.length; i++) {
      assertThat(lines.number(i % features).value(i / features))
          .isCloseTo(expected[i], within(2e-7 * Math.max(1, Math.abs(expected[i]))));
    }
    assertThat(json("out/summary.json").path("additivity").path("max").doubleValue())
        .isLessThan(1e-6);
  }

  @Test
  void theSummaryHoldsTheOraclesMeanMagnitudes() throws Exception {
    explain(binary, "model.json", "out", "--id=row_id", "--precision=float64");
    JsonNode summary = json("out/summary.json");
    JsonNode meanAbs = binary.expected("expected_path.json").path("mean_abs");

    assertThat(Schemas.violations(summary, "shap-summary")).isEmpty();
    assertThat(summary.path("baseValue").doubleValue())
        .isCloseTo(
            binary.expected("expected_path.json").path("base_value").path(0).doubleValue(),
            within(1e-12));
    double before = Double.POSITIVE_INFINITY;
    for (JsonNode feature : summary.path("features")) {
      int index = binary.featureNames().indexOf(feature.path("feature").asText());
      double value = feature.path("meanAbs").doubleValue();
      assertThat(value).isCloseTo(meanAbs.path(index).doubleValue(), within(1e-12));
      assertThat(value).isLessThanOrEqualTo(before);
      before = value;
    }
    assertThat(summary.path("features")).hasSize(12);
    assertThat(summary.path("additivity").path("max").doubleValue()).isLessThan(1e-12);
  }

  @Test
  void theSummaryOfAGroupIsTheSummaryOfItsRowsAlone() throws Exception {
    explain(binary, "model.json", "all", "--id=row_id", "--sensitive=male,const", "--min-cohort=0");
    List<String> rows = Files.readAllLines(binary.file("rows.csv"));
    List<String> men = new ArrayList<>(List.of(rows.getFirst()));
    rows.stream().skip(1).filter(r -> r.split(",", -1)[4].equals("1")).forEach(men::add);
    Files.write(folder.resolve("men.csv"), men);

    Cli run =
        Cli.run(
            "shap-batch",
            "--model=" + binary.file("model.json"),
            "--data=" + folder.resolve("men.csv"),
            "--min-cohort=0",
            "--output-dir=" + folder.resolve("men"));

    assertThat(run.code()).isZero();
    JsonNode group = JSON.nullNode();
    for (JsonNode one : json("all/summary.json").path("groups")) {
      group = one.path("group").asText().equals("male=1") ? one : group;
    }
    assertThat(group.path("n").intValue()).isEqualTo(men.size() - 1);
    assertThat(group.path("features")).isEqualTo(json("men/summary.json").path("features"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c_xgb_multiclass", "d2_xgb_category_names", "m_xgb_and"})
  void shardsMergeToTheBytesOfOneRunEvenWhereSomeAreEmpty(String name) throws Exception {
    var fixture = new ShapFixture(name);
    String sensitive = "--sensitive=" + fixture.featureNames().getFirst() + ",row_id";
    assertThat(explain(fixture, "model.ubj", "one", "--id=row_id", sensitive).code()).isZero();

    for (int count : new int[] {2, 7}) {
      List<String> shards = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String part = "part-" + i + "-of-" + count;
        Cli run =
            explain(
                fixture, "model.ubj", part, "--id=row_id", sensitive, "--shard=" + i + "/" + count);
        assertThat(run.err()).contains("PASS");
        shards.addFirst(folder.resolve(part).toString());
      }
      Cli merge =
          Cli.run(
              "shap-merge",
              "--shards=" + String.join(",", shards),
              "--output-dir=" + folder.resolve("merged-" + count));

      assertThat(merge.err()).contains("PASS");
      for (String file : List.of("shap.parquet", "summary.json", "shard.json")) {
        assertThat(folder.resolve("merged-" + count).resolve(file))
            .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
      }
    }
  }

  @Test
  void twoRunsGiveTheSameBytesAndTheSamePictures() throws Exception {
    explain(binary, "model.json", "one");
    explain(binary, "model.json", "two");

    for (String file : List.of("shap.parquet", "summary.json", "shard.json", "metrics.json")) {
      assertThat(folder.resolve("one").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("two").resolve(file));
    }
    String page = Files.readString(folder.resolve("one/report.html"));
    assertThat(page).contains("<svg").contains("What moves the predictions").contains("60 rows");
    assertThat(page.indexOf("<svg")).isLessThan(page.lastIndexOf("<svg"));
  }

  @Test
  void rowsAreNumberedWhereNothingNamesThem() throws Exception {
    Cli run = explain(binary, "model.json", "out", "--shard=1/2");

    assertThat(run.code()).isZero();
    assertThat(lines("out", List.of(Selection.number("row"))).getFirst().number(0).value(0))
        .isEqualTo(30);
  }

  @Test
  void severalClassesHaveALineEach() throws Exception {
    var fixture = new ShapFixture("c_xgb_multiclass");
    assertThat(explain(fixture, "model.json", "out", "--id=row_id").code()).isZero();
    Batch lines =
        lines("out", List.of(Selection.text("row_id"), Selection.number("class"))).getFirst();

    assertThat(lines.rows()).isEqualTo(180);
    assertThat(lines.text(0).text(4)).isEqualTo("r001");
    assertThat(lines.number(1).value(4)).isEqualTo(1);
    assertThat(json("out/summary.json").path("classes")).hasSize(3);
    assertThat(Schemas.violations(json("out/summary.json"), "shap-summary")).isEmpty();
  }

  /// 400 patients whose outcome follows age and ward, some ages missing; sex is recorded as
  /// sensitive and is no feature.
  @ParameterizedTest
  @ValueSource(strings = {"xgboost", "logistic-regression"})
  void explainsWhatTrainWroteByTheColumnsItRecorded(String learner) throws Exception {
    var random = new java.util.Random(7);
    var rows = new StringBuilder("patient_id,age,ward,sex,died\n");
    for (int i = 0; i < 400; i++) {
      int age = 20 + random.nextInt(70);
      String ward = random.nextInt(3) == 0 ? "icu" : "general";
      boolean died = age + (ward.equals("icu") ? 30 : 0) + random.nextInt(40) > 100;
      rows.append("p").append(i).append(',').append(i % 9 == 0 ? "" : Integer.toString(age));
      rows.append(',').append(ward).append(',').append(i % 2 == 0 ? "F" : "M");
      rows.append(',').append(died ? 1 : 0).append('\n');
    }
    Path data = Files.writeString(folder.resolve("patients.csv"), rows);
    Cli train =
        Cli.run(
            "train",
            "--data=" + data,
            "--label=died",
            "--id=patient_id",
            "--sensitive=sex",
            "--learner=" + learner,
            "--output-dir=" + folder.resolve("trained"));
    assertThat(train.err()).contains("PASS");

    Cli run = run(folder.resolve("trained/model"), data);

    assertThat(run.err()).contains("PASS");
    JsonNode summary = json("none/summary.json");
    assertThat(summary.path("features")).hasSize(2);
    assertThat(summary.path("groups").findValuesAsText("group")).containsExactly("sex=F", "sex=M");
    assertThat(summary.path("groups").path(0).path("n").intValue()).isEqualTo(200);
    String id = lines("none", List.of(Selection.text("patient_id"))).getFirst().text(0).text(399);
    assertThat(id).isEqualTo("p399");
  }

  @Test
  void topKLimitsTheListsAndNotTheRows() throws Exception {
    explain(binary, "model.json", "out", "--top-k=3");

    assertThat(json("out/summary.json").path("features")).hasSize(3);
    assertThat(lines("out", phiColumns(binary)).getFirst().columns()).hasSize(12);
  }

  @Test
  void aMissingColumnIsNamed() throws Exception {
    Path data = folder.resolve("less.csv");
    Files.writeString(data, "row_id,age_z\nr1,0.5\n");

    Cli run =
        Cli.run(
            "shap-batch",
            "--model=" + binary.file("model.json"),
            "--data=" + data,
            "--output-dir=" + folder.resolve("out"));

    assertThat(run.code()).isEqualTo(11);
    assertThat(run.err()).contains("no column 'bmi_z', which the model reads");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void badInputsHaveTheirOwnExitCodes() throws Exception {
    Path text = Files.writeString(folder.resolve("model.txt"), "not a model");

    assertThat(run(text, binary.file("rows.csv")).code()).isEqualTo(12);
    assertThat(run(folder.resolve("absent"), binary.file("rows.csv")).code()).isEqualTo(12);
    assertThat(run(binary.file("model.json"), folder.resolve("absent")).code()).isEqualTo(11);
    assertThat(explain(binary, "model.json", "a", "--shard=8/8").err()).contains("counted from 0");
    assertThat(explain(binary, "model.json", "b", "--shard=8/8").code()).isEqualTo(2);
    assertThat(explain(binary, "model.json", "c", "--shard=half").code()).isEqualTo(2);
    assertThat(explain(binary, "model.json", "d", "--top-k=0").code()).isEqualTo(2);
    assertThat(explain(binary, "model.json", "e", "--id=nobody").code()).isEqualTo(11);
    assertThat(explain(binary, "model.json", "f", "--sensitive=nothing").code()).isEqualTo(11);
    assertThat(explain(binary, "model.json", "g", "--features=x,y").code()).isEqualTo(12);
  }

  @Test
  void aTableWithoutRowsIsRefused() throws Exception {
    Path data = folder.resolve("none.csv");
    Files.writeString(data, Files.readAllLines(binary.file("rows.csv")).getFirst() + "\n");

    Cli run = run(binary.file("model.json"), data);

    assertThat(run.code()).isEqualTo(11);
    assertThat(run.err()).contains("no rows");
  }

  @Test
  void shardsThatDoNotFitAreNotMerged() throws Exception {
    explain(binary, "model.json", "p0", "--shard=0/2");
    explain(binary, "model.json", "p1", "--shard=1/2");
    explain(binary, "model.json", "q1", "--shard=1/2", "--top-k=2");
    explain(binary, "model.ubj", "u1", "--shard=1/2");

    assertThat(merge("p0").code()).isEqualTo(13);
    assertThat(merge("p0", "p0").code()).isEqualTo(13);
    assertThat(merge("p0", "q1").err()).contains("other options");
    assertThat(merge("p0", "u1").code()).isEqualTo(13);
    assertThat(merge("absent").code()).isEqualTo(11);
    assertThat(merge("p1", "p0").code()).isZero();
  }

  @Test
  void rowsThatWereChangedAfterTheirShardAreNotMerged() throws Exception {
    explain(binary, "model.json", "p0", "--shard=0/2");
    explain(binary, "model.json", "p1", "--shard=1/2");
    Files.copy(
        folder.resolve("p0/shap.parquet"),
        folder.resolve("p1/shap.parquet"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    Cli run = merge("p0", "p1");

    assertThat(run.code()).isEqualTo(13);
    assertThat(run.err()).contains("not those that shard.json sums up");
  }

  @Test
  void aShardThatIsDamagedIsBadData() throws Exception {
    explain(binary, "model.json", "p0", "--shard=0/2");
    explain(binary, "model.json", "p1", "--shard=1/2");
    Path shard = folder.resolve("p1/shard.json");
    String whole = Files.readString(shard);
    for (String damaged :
        List.of("", whole.substring(0, 99), whole.replace("\"of\" : 2", "\"of\" : \"2\""))) {
      Files.writeString(shard, damaged);
      assertThat(merge("p0", "p1").code()).isEqualTo(11);
    }
  }

  private Cli merge(String... parts) {
    List<String> shards = new ArrayList<>();
    for (String part : parts) {
      shards.add(folder.resolve(part).toString());
    }
    return Cli.run(
        "shap-merge",
        "--shards=" + String.join(",", shards),
        "--overwrite",
        "--output-dir=" + folder.resolve("merged"));
  }

  private Cli run(Path model, Path data) {
    return Cli.run(
        "shap-batch",
        "--model=" + model,
        "--data=" + data,
        "--output-dir=" + folder.resolve("none"));
  }

  private Cli explain(ShapFixture fixture, String model, String out, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add("shap-batch");
    arguments.add("--model=" + fixture.file(model));
    arguments.add("--data=" + fixture.file("rows.csv"));
    arguments.add("--output-dir=" + folder.resolve(out));
    JsonNode learner = names(fixture);
    if (learner.isEmpty()
        && java.util.Arrays.stream(more).noneMatch(m -> m.startsWith("--features"))) {
      arguments.add("--features=" + String.join(",", fixture.featureNames()));
    }
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private static JsonNode names(ShapFixture fixture) {
    return fixture.expected("model.json").path("learner").path("feature_names");
  }

  private JsonNode json(String file) throws IOException {
    return JSON.readTree(folder.resolve(file).toFile());
  }

  private static List<Selection> phiColumns(ShapFixture fixture) {
    return fixture.featureNames().stream().map(f -> Selection.number("phi." + f)).toList();
  }

  private List<Batch> lines(String out, List<Selection> columns) throws IOException {
    List<Batch> all = new ArrayList<>();
    try (Batches batches =
        TableFiles.open(folder.resolve(out).resolve("shap.parquet"), "shap").read(columns)) {
      Optional<Batch> next = batches.next();
      while (next.isPresent()) {
        all.add(next.get());
        next = batches.next();
      }
    }
    return all;
  }
}
