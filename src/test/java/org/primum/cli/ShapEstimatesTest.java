package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.document.Schemas;
import org.primum.model.ShapFixture;
import org.primum.platform.served.ModelServer;
import org.primum.table.TableFiles;

/// `shap-batch` of models as black boxes, of the probability, of correlated features, and of models
/// that are served: the fixtures of testdata/shap.
final class ShapEstimatesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final ShapFixture binary = new ShapFixture("a_xgb_binary");
  private final ShapFixture linear = new ShapFixture("i_linear_logistic");

  @Test
  void writesTheTrueValuesOfTheProbability() throws Exception {
    Cli run = explain(few(binary), binary, "out", "--output-space=probability");

    assertThat(run.err()).contains("PASS");
    double[] truth =
        ShapFixture.numbers(
            binary.expected("expected_interventional_probability_true.json").path("phi"));
    requireValues("out", binary, truth, 3, 1e-12);
    Table table = TableFiles.open(folder.resolve("out/shap.parquet"), "shap");
    assertThat(table.metadata())
        .containsEntry("primum.space", "probability")
        .containsEntry("primum.mode", "interventional")
        .containsEntry("primum.estimator", "permutation");
    assertThat(table.schema().names()).contains("probability", "coalitions", "condition");
    assertThat(table.schema().names()).doesNotContain("margin");
    JsonNode summary = requireValid("out");
    assertThat(summary.path("space").asText()).isEqualTo("probability");
    assertThat(summary.path("estimates").path("exactRows").intValue()).isEqualTo(3);
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("as a probability from 0 to 1")
        .contains("the values are exact");
  }

  @Test
  void estimatesSayHowSureTheyAre() throws Exception {
    Cli run = explain(few(binary), binary, "out", "--mode=kernel", "--samples=300");

    assertThat(run.err())
        .contains("up to 30,000 predictions a row (100 background rows for each coalition)");
    double[] truth =
        ShapFixture.numbers(binary.expected("expected_interventional.json").path("phi"));
    requireValues("out", binary, truth, 3, 0.5);
    JsonNode summary = requireValid("out");
    double largest = summary.path("estimates").path("maxStandardError").doubleValue();
    assertThat(largest).isPositive();
    assertThat(summary.path("method").path("primum.samples").asText()).isEqualTo("300");
    List<String> columns = new ArrayList<>();
    binary.featureNames().forEach(feature -> columns.add("se." + feature));
    Batch errors = lines("out", columns);
    double found = 0;
    for (int i = 0; i < 3 * columns.size(); i++) {
      found = Math.max(found, errors.number(i % columns.size()).value(i / columns.size()));
    }
    assertThat(found).isEqualTo(largest);
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("The values are estimates")
        .contains("largest standard error");
    assertThat(json("out/metrics.json").toString()).contains("max_standard_error");
  }

  @Test
  void shardsMergeToTheBytesOfOneRunAndTheSeedIsPartOfIt() throws Exception {
    Path rows = few(binary);
    String[] asked = {"--mode=kernel", "--samples=300"};
    explain(rows, binary, "one", asked);
    explain(rows, binary, "p0", with("--shard=0/2", asked));
    explain(rows, binary, "p1", with("--shard=1/2", asked));
    explain(rows, binary, "foreign", with("--shard=1/2", with("--seed=2", asked)));

    assertThat(merge("p1", "p0").code()).isZero();
    for (String name : List.of("shap.parquet", "summary.json")) {
      assertThat(folder.resolve("merged").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(name));
    }
    Cli mixed = merge("p0", "foreign");
    assertThat(mixed.code()).isEqualTo(13);
    assertThat(mixed.err()).contains("other options");
  }

  @Test
  void correlatedFeaturesOfALinearModel() throws Exception {
    explain(linear.file("rows.csv"), linear, "out", "--mode=correlated");

    double[] truth =
        ShapFixture.numbers(linear.expected("expected_correlation_dependent.json").path("phi"));
    requireValues("out", linear, truth, 60, 1e-11);
    assertThat(requireValid("out").path("mode").asText()).isEqualTo("correlated");
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("its value is expected from the known ones");
  }

  @Test
  void drawnBackgroundRowsAreSaid() throws Exception {
    Cli run =
        explain(
            few(binary), binary, "out", "--mode=permutation", "--background-rows=10", "--seed=4");

    assertThat(run.err()).contains("comparing with 10 of 100 background rows, drawn by --seed");
    assertThat(TableFiles.open(folder.resolve("out/shap.parquet"), "shap").metadata())
        .containsEntry("primum.background.rows", "10")
        .containsEntry("primum.background.drawn_from", "100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--mode=path-dependent|--output-space=probability|adds up margins",
        "--mode=permutation|--samples=4|--background=TABLE",
        "--mode=auto|--output-space=probability|--background=TABLE"
      })
  void sayWhatIsMissingWithoutABackground(String one, String two, String sentence) {
    Cli run =
        Cli.run(
            "shap-batch",
            "--model=" + binary.file("model.json"),
            "--data=" + binary.file("rows.csv"),
            "--output-dir=" + folder.resolve("out"),
            one,
            two);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().replaceAll("\\s+", " ")).contains(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--mode=correlated|--seed=1|is for linear models",
        "--mode=interventional|--background-rows=5|leave it out",
        "--mode=kernel|--samples=40|give at least",
        "--mode=permutation|--samples=0|at least 1",
        "--mode=permutation|--max-error=0|above 0",
        "--mode=permutation|--background-rows=0|at least 1"
      })
  void refuseWhatDoesNotFit(String one, String two, String sentence) throws Exception {
    Cli run = explain(few(binary), binary, "out", one, two);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(sentence);
    assertThat(folder.resolve("out/shap.parquet")).doesNotExist();
  }

  /// The model is the fixture's logistic regression; its margin is the logarithm of the answered
  /// odds.
  @ParameterizedTest
  @ValueSource(strings = {"/v1/models/risk", "/v2/models/risk"})
  void explainsAModelThatIsServed(String path) throws Exception {
    try (var server = new ModelServer(ModelServer.serving(linear.model("model.json")))) {
      String features = "--features=" + String.join(",", linear.featureNames());
      Cli run = served(server.url(path), few(linear), "out", features, "--output-space=margin");

      assertThat(run.code()).as(run.err()).isZero();
      double[] truth =
          ShapFixture.numbers(linear.expected("expected_interventional.json").path("phi"));
      requireValues("out", linear, truth, 3, 1e-8);
      assertThat(run.err()).contains("no bytes to name it by");
      assertThat(TableFiles.open(folder.resolve("out/shap.parquet"), "shap").metadata())
          .containsEntry("primum.model.url", server.url(path))
          .containsKey("primum.model.kind");
      assertThat(json("out/manifest.json").path("inputs").toString()).contains(server.url(path));
    }
  }

  @Test
  void takesTheColumnsOfNumbersAsFeatures() throws Exception {
    try (var server = new ModelServer(ModelServer.serving(linear.model("model.json")))) {
      Cli run = served(server.url("/v2/models/risk"), few(linear), "out");
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(requireValid("out").path("space").asText()).isEqualTo("probability");
      double[] base = {lines("out", List.of("base_value")).number(0).value(0)};
      assertThat(base[0]).isBetween(0.0, 1.0);
    }
  }

  @Test
  void shardsOfAServedModelMerge() throws Exception {
    try (var server = new ModelServer(ModelServer.serving(linear.model("model.json")))) {
      String url = server.url("/v2/models/risk");
      served(url, few(linear), "one");
      served(url, few(linear), "p0", "--shard=0/2");
      served(url, few(linear), "p1", "--shard=1/2");
      assertThat(merge("p0", "p1").code()).isZero();
      assertThat(folder.resolve("merged/shap.parquet"))
          .hasSameBinaryContentAs(folder.resolve("one/shap.parquet"));
    }
  }

  @Test
  void aServerThatIsAwayIsWorthARetry() throws Exception {
    String url;
    try (var server = new ModelServer(ModelServer.serving(linear.model("model.json")))) {
      url = server.url("/v1/models/risk");
    }
    Cli run = served(url, few(linear), "out");
    assertThat(run.code()).isEqualTo(75);
    assertThat(folder.resolve("out/shap.parquet")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"404,12", "401,10", "500,12", "302,12"})
  void aServerThatRefusesIsNot(int status, int code) throws Exception {
    try (var server = new ModelServer(_ -> ModelServer.Reply.of(status, "4711"))) {
      Cli run = served(server.url("/v1/models/risk"), few(linear), "out");
      assertThat(run.code()).isEqualTo(code);
      assertThat(run.err()).doesNotContain("4711");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://user:pass@host/v1/models/m", "http:///v1/models/m"})
  void anAddressHasNoPassword(String url) throws Exception {
    Cli run = served(url, few(linear), "out");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).doesNotContain("user:pass");
  }

  /// The first three rows of a fixture.
  private Path few(ShapFixture fixture) throws IOException {
    List<String> lines = Files.readAllLines(fixture.file("rows.csv"));
    return Files.write(folder.resolve("few.csv"), lines.subList(0, 4));
  }

  private Cli explain(Path rows, ShapFixture fixture, String out, String... more) {
    return Cli.run(arguments(fixture.file("model.json").toString(), fixture, rows, out, more));
  }

  private Cli served(String url, Path rows, String out, String... more) {
    return Cli.run(
        Map.of("PRIMUM_MODEL_PATIENCE", "PT5S"), arguments(url, linear, rows, out, more));
  }

  private String[] arguments(
      String model, ShapFixture fixture, Path rows, String out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("shap-batch", "--model=" + model));
    arguments.add("--data=" + rows);
    arguments.add("--id=row_id");
    arguments.add("--background=" + fixture.file("background.csv"));
    arguments.add("--output-dir=" + folder.resolve(out));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static String[] with(String one, String... more) {
    String[] all = Arrays.copyOf(more, more.length + 1);
    all[more.length] = one;
    return all;
  }

  private Cli merge(String... parts) {
    List<String> shards =
        Arrays.stream(parts).map(part -> folder.resolve(part).toString()).toList();
    return Cli.run(
        "shap-merge",
        "--shards=" + String.join(",", shards),
        "--output-dir=" + folder.resolve("merged"),
        "--overwrite");
  }

  private void requireValues(
      String out, ShapFixture fixture, double[] truth, int rows, double bound) throws IOException {
    List<String> features = fixture.featureNames();
    Batch lines = lines(out, features.stream().map(f -> "phi." + f).toList());
    assertThat(lines.rows()).isEqualTo(rows);
    for (int i = 0; i < rows * features.size(); i++) {
      assertThat(lines.number(i % features.size()).value(i / features.size()))
          .isCloseTo(truth[i], within(bound));
    }
  }

  private JsonNode requireValid(String out) throws IOException {
    for (String name : List.of("summary", "shard")) {
      assertThat(Schemas.violations(json(out + "/" + name + ".json"), "shap-" + name)).isEmpty();
    }
    return json(out + "/summary.json");
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
