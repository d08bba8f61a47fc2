package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Digest;
import org.primum.data.Selection;
import org.primum.document.Schemas;
import org.primum.model.ShapFixture;
import org.primum.table.TableFiles;

/// `shap-batch --interactions` and `--groups` on the fixtures of testdata/shap: rows of the
/// oracle's matrices, shards that merge to the bytes of one run, sums that are those of the
/// features.
final class ShapInteractionsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final ShapFixture binary = new ShapFixture("a_xgb_binary");

  private record Line(String id, String first, String second, double value) {
    String key() {
      return id + "/" + first + "*" + second;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "expected_interactions_path.json, 20, 10, '', mixed, 2e-7",
    "expected_interactions_path.json, 20, 10, '', float64, 1e-12",
    "expected_interactions_interventional.json, 0, 8, background.csv, mixed, 2e-7",
    "expected_interactions_interventional.json, 0, 8, background.csv, float64, 1e-12"
  })
  void writesTheUpperTriangleOfTheOraclesMatrices(
      String expected,
      int firstRow,
      int rows,
      String background,
      String precision,
      double tolerance)
      throws Exception {
    String arithmetic = "--precision=" + precision;
    Cli run =
        background.isEmpty()
            ? explain(binary, "out", "--interactions=full", arithmetic)
            : explain(
                binary,
                "out",
                "--interactions=full",
                arithmetic,
                "--background=" + binary.file(background));
    double[] truth = ShapFixture.numbers(binary.expected(expected).path("phi"));
    List<String> names = binary.featureNames();
    Map<String, Double> found = new HashMap<>();
    lines("out").forEach(line -> found.put(line.key(), line.value()));

    assertThat(run.err()).contains("PASS");
    assertThat(found).doesNotContainValue(0.0);
    int features = names.size();
    for (int i = 0; i < rows * features * features; i++) {
      int one = i / features % features;
      int other = i % features;
      String id = String.format("r%03d", firstRow + i / features / features);
      String key = id + "/" + names.get(one) + "*" + names.get(other);
      if (one < other) {
        assertThat(found.getOrDefault(key, 0.0)).as(key).isCloseTo(truth[i], within(tolerance));
      } else {
        assertThat(found).doesNotContainKey(key);
      }
    }
  }

  @Test
  void topKeepsThePairsOfLargestMagnitudeOfEachRowAndSumsUpAll() throws Exception {
    explain(binary, "full", "--interactions=full");
    explain(binary, "top", "--interactions=top:4");
    Map<String, List<Line>> all = byRow(lines("full"));
    Map<String, List<Line>> top = byRow(lines("top"));

    assertThat(top).hasSize(60);
    all.forEach((row, lines) -> {
      double[] magnitudes =
          lines.stream().mapToDouble(line -> -Math.abs(line.value())).sorted().limit(4).toArray();
      List<Line> kept =
          lines.stream().filter(line -> Math.abs(line.value()) >= -magnitudes[3]).toList();
      assertThat(top.get(row)).containsExactlyElementsOf(kept);
    });
    assertThat(json("top/summary.json").path("interactions"))
        .isEqualTo(json("full/summary.json").path("interactions"));
  }

  @Test
  void theSummaryListsThePairsByTheirMeanMagnitude() throws Exception {
    explain(binary, "out", "--interactions=full");
    JsonNode summary = json("out/summary.json");
    Map<String, Double> sums = new HashMap<>();
    for (Line line : lines("out")) {
      sums.merge(line.first() + "*" + line.second(), Math.abs(line.value()), Double::sum);
    }

    assertThat(Schemas.violations(summary, "shap-summary")).isEmpty();
    assertThat(Schemas.violations(json("out/shard.json"), "shap-shard")).isEmpty();
    JsonNode pairs = summary.path("interactions");
    double before = Double.POSITIVE_INFINITY;
    for (JsonNode pair : pairs) {
      String name = pair.path("featureA").asText() + "*" + pair.path("featureB").asText();
      double mean = pair.path("meanAbs").doubleValue();
      assertThat(mean).isCloseTo(sums.getOrDefault(name, 0.0) / 60, within(1e-12));
      assertThat(mean).isLessThanOrEqualTo(before);
      before = mean;
    }
    assertThat(pairs).hasSize(Math.min(50, sums.size()));
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("Which features act together")
        .contains(pairs.path(0).path("featureA").asText());
  }

  @Test
  void namedPairsAreTheLinesOfTheFullTable() throws Exception {
    explain(binary, "full", "--interactions=full");
    explain(binary, "some", "--interactions=pairs:male*crp,dose*age_z");
    List<Line> expected =
        lines("full").stream()
            .filter(line ->
                (line.first() + line.second()).equals("malecrp")
                    || (line.first() + line.second()).equals("age_zdose"))
            .toList();

    assertThat(expected).isNotEmpty();
    assertThat(lines("some")).containsExactlyElementsOf(expected);
  }

  @Test
  void nothingIsWrittenWhereNothingIsAsked() throws Exception {
    explain(binary, "out");

    assertThat(folder.resolve("out/interactions.parquet")).doesNotExist();
    assertThat(json("out/summary.json").has("interactions")).isFalse();
  }

  @Test
  void featuresOfALinearModelHaveNoLines() throws Exception {
    var linear = new ShapFixture("i_linear_logistic");
    Cli run = explain(linear, "out", "--interactions=full");

    assertThat(run.err()).contains("PASS");
    assertThat(lines("out")).isEmpty();
    assertThat(json("out/summary.json").path("interactions")).isEmpty();
    assertThat(Files.readString(folder.resolve("out/report.html"))).contains("No two of the");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "c_xgb_multiclass; full; false",
        "c_xgb_multiclass; top:3; true",
        "a_xgb_binary; pairs:male*crp; false",
        "a_xgb_binary; top:2; true",
        "a_xgb_binary; none; true"
      })
  void shardsMergeToTheBytesOfOneRun(String name, String interactions, boolean isGrouped)
      throws Exception {
    var fixture = new ShapFixture(name);
    List<String> more = new ArrayList<>(List.of("--interactions=" + interactions));
    if (isGrouped) {
      more.add("--groups=" + groups(fixture));
    }
    assertThat(explain(fixture, "one", more).code()).isZero();
    List<String> shards = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<String> options = new ArrayList<>(more);
      options.add("--shard=" + i + "/3");
      assertThat(explain(fixture, "part-" + i, options).code()).isZero();
      shards.addFirst(path("part-" + i));
    }
    Cli merge = merge(shards);

    assertThat(merge.err()).contains("PASS");
    List<String> files = new ArrayList<>(List.of("shap.parquet", "summary.json", "shard.json"));
    if (!interactions.equals("none")) {
      files.add("interactions.parquet");
    }
    for (String file : files) {
      assertThat(folder.resolve("merged").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
    }
  }

  @Test
  void shardsOfOtherInteractionsOrGroupsAreNotMerged() throws Exception {
    String groups = "--groups=" + groups(binary);
    explain(binary, "a0", "--interactions=top:3", "--shard=0/2");
    explain(binary, "b1", "--interactions=top:4", "--shard=1/2");
    explain(binary, "c1", "--shard=1/2");
    explain(binary, "d1", "--interactions=top:3", groups, "--shard=1/2");
    explain(binary, "a1", "--interactions=top:3", "--shard=1/2");

    for (String other : List.of("b1", "c1", "d1")) {
      Cli run = merge(List.of(path("a0"), path(other)));
      assertThat(run.code()).as(other).isEqualTo(13);
      assertThat(run.err()).contains("other options");
    }
    assertThat(merge(List.of(path("a0"), path("a1"))).code()).isZero();
  }

  @Test
  void linesThatWereChangedAfterTheirShardAreNotMerged() throws Exception {
    explain(binary, "p0", "--interactions=top:3", "--shard=0/2");
    explain(binary, "p1", "--interactions=top:3", "--shard=1/2");
    Files.copy(
        folder.resolve("p0/interactions.parquet"),
        folder.resolve("p1/interactions.parquet"),
        StandardCopyOption.REPLACE_EXISTING);
    Cli changed = merge(List.of(path("p0"), path("p1")));
    Files.delete(folder.resolve("p1/interactions.parquet"));
    Cli gone = merge(List.of(path("p0"), path("p1")));

    assertThat(changed.code()).isEqualTo(13);
    assertThat(changed.err()).contains("its lines are not those that shard.json sums up");
    assertThat(gone.code()).isEqualTo(11);
    assertThat(gone.err()).contains("interactions.parquet: is not there");
  }

  @Test
  void aGroupHasTheSumOfItsFeaturesValues() throws Exception {
    explain(binary, "single", "--precision=float64", "--interactions=full");
    Path groups = groups(binary);
    explain(binary, "grouped", "--precision=float64", "--interactions=full", "--groups=" + groups);
    List<String> members = List.of("phi.crp", "phi.hb_z", "phi.na_z");
    Batch single = batch("single", "shap.parquet", members);
    Batch grouped = batch("grouped", "shap.parquet", List.of("phi.blood", "phi.male"));

    double sumOfMagnitudes = 0;
    for (int row = 0; row < 60; row++) {
      double sum =
          single.number(0).value(row) + single.number(1).value(row) + single.number(2).value(row);
      assertThat(grouped.number(0).value(row)).isCloseTo(sum, within(1e-14));
      sumOfMagnitudes += Math.abs(sum);
    }
    JsonNode summary = json("grouped/summary.json");
    assertThat(Schemas.violations(summary, "shap-summary")).isEmpty();
    assertThat(summary.path("features")).hasSize(10);
    assertThat(summary.path("featureGroups").asText()).isEqualTo(Digest.of(groups).value());
    for (JsonNode feature : summary.path("features")) {
      if (feature.path("feature").asText().equals("blood")) {
        assertThat(feature.path("meanAbs").doubleValue())
            .isCloseTo(sumOfMagnitudes / 60, within(1e-12));
      }
    }
    assertThat(
            TableFiles.open(folder.resolve("grouped/shap.parquet"), "shap")
                .metadata()
                .get("primum.feature_groups"))
        .isEqualTo(Digest.of(groups).value());
  }

  @Test
  void theInteractionOfAGroupIsTheSumOverItsFeatures() throws Exception {
    String exact = "--precision=float64";
    explain(binary, "single", "--interactions=full", exact);
    explain(binary, "grouped", "--interactions=full", exact, "--groups=" + groups(binary));
    List<String> blood = List.of("crp", "hb_z", "na_z");
    Map<String, Double> expected = new HashMap<>();
    for (Line line : lines("single")) {
      if (blood.contains(line.first()) != blood.contains(line.second())) {
        String other = blood.contains(line.first()) ? line.second() : line.first();
        expected.merge(line.id() + other, line.value(), Double::sum);
      }
    }
    Map<String, Double> found = new HashMap<>();
    for (Line line : lines("grouped")) {
      if (line.first().equals("blood") || line.second().equals("blood")) {
        String other = line.first().equals("blood") ? line.second() : line.first();
        found.put(line.id() + other, line.value());
      }
    }

    assertThat(found).isNotEmpty();
    expected.forEach((key, value) ->
        assertThat(found.getOrDefault(key, 0.0)).as(key).isCloseTo(value, within(1e-13)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "blood: [crp, nothing]; groups.blood: the model has no feature 'nothing'",
        "male: [crp, hb_z]; 'male' is also a feature outside the group",
        "a: [crp], b: [hb_z, crp]; feature 'crp' is in 'a' and in 'b'",
        "a: [crp, crp]; stands twice in 'a'"
      })
  void groupsThatDoNotFitTheModelAreRefusedByName(String groups, String message) throws Exception {
    Path file = document("{" + groups + "}");
    Cli run = explain(binary, "out", "--groups=" + file);

    assertThat(run.code()).isEqualTo(10);
    assertThat(run.err()).contains(file.getFileName().toString()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "some",
        "top:0",
        "top:x",
        "top:",
        "pairs:",
        "pairs:male",
        "pairs:male*crp*dose",
        "pairs:male*nothing",
        "pairs:male*male"
      })
  void otherWordsForInteractionsAreAnErrorOfUsage(String words) {
    Cli run = explain(binary, "out", "--interactions=" + words);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--interactions");
  }

  /// Of the binary model three blood values; of others their second and third feature.
  private Path groups(ShapFixture fixture) throws IOException {
    List<String> names = fixture.featureNames();
    return document(
        names.contains("crp")
            ? "{blood: [hb_z, crp, na_z]}"
            : "{both: [" + names.get(1) + ", " + names.get(2) + "]}");
  }

  private Path document(String groups) throws IOException {
    return Files.writeString(
        folder.resolve("groups.yaml"),
        "apiVersion: primum.dev/v1alpha1\nkind: FeatureGroups\ngroups: " + groups + "\n");
  }

  private String path(String out) {
    return folder.resolve(out).toString();
  }

  private Cli merge(List<String> shards) {
    return Cli.run(
        "shap-merge",
        "--shards=" + String.join(",", shards),
        "--overwrite",
        "--output-dir=" + folder.resolve("merged"));
  }

  private Cli explain(ShapFixture fixture, String out, String... more) {
    return explain(fixture, out, List.of(more));
  }

  private Cli explain(ShapFixture fixture, String out, List<String> more) {
    List<String> arguments = new ArrayList<>();
    arguments.add("shap-batch");
    arguments.add("--model=" + fixture.file("model.json"));
    arguments.add("--data=" + fixture.file("rows.csv"));
    arguments.add("--id=row_id");
    arguments.add("--output-dir=" + folder.resolve(out));
    JsonNode names = fixture.expected("model.json").path("learner").path("feature_names");
    if (names.isArray() && names.isEmpty()) {
      arguments.add("--features=" + String.join(",", fixture.featureNames()));
    }
    arguments.addAll(more);
    return Cli.run(arguments.toArray(String[]::new));
  }

  private JsonNode json(String file) throws IOException {
    return JSON.readTree(folder.resolve(file).toFile());
  }

  private static Map<String, List<Line>> byRow(List<Line> lines) {
    Map<String, List<Line>> byRow = new HashMap<>();
    lines.forEach(line -> byRow.computeIfAbsent(line.id(), _ -> new ArrayList<>()).add(line));
    return byRow;
  }

  private Batch batch(String out, String file, List<String> columns) throws IOException {
    List<Selection> selections = columns.stream().map(Selection::number).toList();
    try (Batches batches =
        TableFiles.open(folder.resolve(out).resolve(file), file).read(selections)) {
      return batches.next().orElseThrow();
    }
  }

  private List<Line> lines(String out) throws IOException {
    List<Selection> selections =
        List.of(
            Selection.text("row_id"),
            Selection.text("feature_a"),
            Selection.text("feature_b"),
            Selection.number("value"));
    List<Line> lines = new ArrayList<>();
    Path file = folder.resolve(out).resolve("interactions.parquet");
    try (Batches batches = TableFiles.open(file, "interactions").read(selections)) {
      Optional<Batch> next = batches.next();
      while (next.isPresent()) {
        Batch batch = next.get();
        for (int line = 0; line < batch.rows(); line++) {
          lines.add(
              new Line(
                  batch.text(0).text(line),
                  batch.text(1).text(line),
                  batch.text(2).text(line),
                  batch.number(3).value(line)));
        }
        next = batches.next();
      }
    }
    return lines;
  }
}
