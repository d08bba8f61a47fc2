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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.document.Schemas;
import org.primum.model.FeatureMatrix;
import org.primum.model.ShapFixture;
import org.primum.platform.served.ModelServer;
import org.primum.table.TableFiles;

/// Groups of features, interactions and kept pieces where `shap-batch` asks the model itself: the
/// enumerations of testdata/shap, and a model that is served.
final class ShapEstimatedDetailTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> RESULTS = List.of("shap.parquet", "summary.json", "shard.json");

  @TempDir Path folder;
  private final ShapFixture binary = new ShapFixture("a_xgb_binary");
  private final ShapFixture linear = new ShapFixture("i_linear_logistic");

  @ParameterizedTest
  @CsvSource({"margin,--mode=permutation", "margin,--mode=kernel", "probability,--mode=auto"})
  void groupsThatBecomeKnownTogether(String space, String mode) throws Exception {
    String samples = "--samples=4096";
    Cli run =
        explain(
            rows(binary, 12), "out", mode, samples, groups("together"), "--output-space=" + space);

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode expected = binary.expected("expected_groups_together.json");
    double[] truth = ShapFixture.numbers(expected.path(space).path("phi"));
    List<String> names = new ArrayList<>();
    expected.path("names").forEach(name -> names.add(name.asText()));
    Batch phi = lines("out/shap.parquet", prefixed("phi.", names));
    Batch errors = lines("out/shap.parquet", prefixed("se.", names));
    assertThat(phi.rows()).isEqualTo(12);
    for (int i = 0; i < truth.length; i++) {
      assertThat(phi.number(i % 9).value(i / 9)).isCloseTo(truth[i], within(1e-9));
      assertThat(errors.number(i % 9).value(i / 9)).isZero();
    }
    assertThat(TableFiles.open(folder.resolve("out/shap.parquet"), "shap").metadata())
        .containsKey("primum.feature_groups")
        .containsEntry("primum.feature_groups.values", "together");
    assertThat(requireValid("out").path("features").toString()).doesNotContain("hb_z");
  }

  /// The same document gives the same numbers whether the trees are read or asked.
  @Test
  void groupsAddUpAsInTheExactModes() throws Exception {
    Path rows = rows(binary, 12);
    explain(rows, "exact", groups("sum"));
    explain(rows, "asked", groups("sum"), "--mode=permutation");

    List<String> names = prefixed("phi.", List.of("blood", "circulation", "age_z"));
    Batch exact = lines("exact/shap.parquet", names);
    Batch asked = lines("asked/shap.parquet", names);
    for (int i = 0; i < 12 * 3; i++) {
      assertThat(asked.number(i % 3).value(i / 3))
          .isCloseTo(exact.number(i % 3).value(i / 3), within(2e-7));
    }
    assertThat(TableFiles.open(folder.resolve("asked/shap.parquet"), "shap").metadata())
        .doesNotContainKey("primum.feature_groups.values");
  }

  @Test
  void exactModesOfTreesHaveNoGroupsThatBecomeKnownTogether() throws Exception {
    Cli run = explain(rows(binary, 3), "out", groups("together"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("values: together").contains("--mode=permutation");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /// What a linear model adds up is the same either way.
  @Test
  void groupsOfLinearModelsAreTheSameEitherWay() throws Exception {
    for (String values : List.of("sum", "together")) {
      Cli run = linear(values, groups(values, "a: [x1, x6]"));
      assertThat(run.code()).as(run.err()).isZero();
      linear(values + "-correlated", groups(values, "a: [x1, x6]"), "--mode=correlated");
    }
    Batch sum = lines("sum/shap.parquet", List.of("phi.a"));
    Batch together = lines("together/shap.parquet", List.of("phi.a"));
    for (int row = 0; row < 60; row++) {
      assertThat(together.number(0).value(row)).isEqualTo(sum.number(0).value(row));
    }
    assertThat(lines("sum-correlated/shap.parquet", List.of("phi.a")).number(0).value(5))
        .isNotEqualTo(
            lines("together-correlated/shap.parquet", List.of("phi.a")).number(0).value(5));
  }

  @ParameterizedTest
  @CsvSource({
    "expected_interactions_interventional.json,phi,--mode=permutation",
    "expected_interactions_interventional.json,phi,--mode=kernel",
    "expected_interactions_probability.json,interactions,--output-space=probability"
  })
  void interactionsAreThoseOfAllCoalitions(String file, String key, String mode) throws Exception {
    Cli run = explain(rows(binary, 6), "out", mode, "--samples=4096", "--interactions=full");

    assertThat(run.code()).as(run.err()).isZero();
    double[] truth = ShapFixture.numbers(binary.expected(file).path(key));
    var found = new double[6][12][12];
    List<String> names = binary.featureNames();
    Table table = TableFiles.open(folder.resolve("out/interactions.parquet"), "interactions");
    List<Selection> columns =
        List.of(
            Selection.text("row_id"),
            Selection.text("feature_a"),
            Selection.text("feature_b"),
            Selection.number("value"));
    try (Batches batches = table.read(columns)) {
      Batch lines = batches.next().orElseThrow();
      for (int line = 0; line < lines.rows(); line++) {
        int row = Integer.parseInt(lines.text(0).text(line).substring(1));
        int one = names.indexOf(lines.text(1).text(line));
        int other = names.indexOf(lines.text(2).text(line));
        found[row][one][other] = lines.number(3).value(line);
        found[row][other][one] = lines.number(3).value(line);
      }
    }
    for (int i = 0; i < 6 * 144; i++) {
      int one = i / 12 % 12;
      if (one != i % 12) {
        assertThat(found[i / 144][one][i % 12]).isCloseTo(truth[i], within(1e-11));
      }
    }
    assertThat(requireValid("out").findPath("interactions").toString()).contains("age_z");
  }

  @Test
  void shardsWithGroupsAndInteractionsMergeToTheBytesOfOneRun() throws Exception {
    Path rows = rows(binary, 5);
    String[] asked = {"--mode=kernel", "--samples=510", groups("together"), "--interactions=top:3"};
    explain(rows, "one", asked);
    explain(rows, "p0", with("--shard=0/2", asked));
    explain(rows, "p1", with("--shard=1/2", asked));
    String[] summed = asked.clone();
    summed[1] = "--samples=4096";
    summed[2] = groups("sum");
    explain(rows, "other", with("--shard=1/2", summed));

    Cli merged = merge("p1", "p0");
    assertThat(merged.code()).as(merged.err()).isZero();
    for (String name : List.of("shap.parquet", "summary.json", "interactions.parquet")) {
      assertThat(folder.resolve("merged").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(name));
    }
    assertThat(merge("p0", "other").code()).isEqualTo(13);
  }

  /// Fourteen features have too many coalitions; four groups that become known together have not,
  /// and sums over fourteen features would take them all.
  @Test
  void interactionsOfManyFeaturesNeedGroups() throws Exception {
    Cli refused = many("out", "--interactions=top:3");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("--interactions").contains("up to 12 features");
    assertThat(folder.resolve("out")).doesNotExist();
    String members =
        "groups: {a: [x0, x4, x8, x12], b: [x1, x5, x9, x13], c: [x2, x6, x10], d: [x3, x7, x11]}";
    Cli summed = many("out", "--interactions=top:3", write("values: sum\n" + members));
    assertThat(summed.code()).as(summed.err()).isEqualTo(2);

    Cli together = many("out", "--interactions=full", write("values: together\n" + members));
    assertThat(together.code()).as(together.err()).isZero();
    Table lines = TableFiles.open(folder.resolve("out/interactions.parquet"), "interactions");
    assertThat(lines.countRows()).isEqualTo(3 * 6);
    assertThat(requireValid("out").path("estimates").path("exactRows").intValue()).isEqualTo(3);
  }

  /// A logistic regression of x0 to x13, whose probability is explained.
  private Cli many(String out, String... more) throws IOException {
    List<String> names = new ArrayList<>();
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 14; i++) {
      names.add("x" + i);
    }
    rows.append(String.join(",", names)).append('\n');
    for (int i = 0; i < 3 * 14; i++) {
      rows.append(i * i % 23).append(i % 14 == 13 ? '\n' : ',');
    }
    String numbers = "[0.1,-0.2,0.3,-0.1,0.2,-0.3,0.1,-0.2,0.3,-0.1,0.2,-0.3,0.1,0.2]";
    Path model =
        Files.writeString(
            folder.resolve("many.json"),
            "{\"format\":\"simple-linear-json/1\",\"tool\":\"scikit-learn\",\"link\":\"logit\","
                + "\"coef\":"
                + numbers
                + ",\"intercept\":0.5,\"background_mean\":"
                + numbers
                + ",\"feature_names\":[\""
                + String.join("\",\"", names)
                + "\"]}");
    Path table = Files.writeString(folder.resolve("many.csv"), rows);
    List<String> arguments = new ArrayList<>(List.of("shap-batch", "--model=" + model));
    arguments.add("--data=" + table);
    arguments.add("--background=" + table);
    arguments.add("--output-space=probability");
    arguments.add("--output-dir=" + folder.resolve(out));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  /// The last file that the step writes has no place, so that it fails when all rows are explained.
  @ParameterizedTest
  @CsvSource({
    "--mode=kernel,--samples=300",
    "--mode=permutation,--interactions=top:4",
    "--output-space=probability,--interactions=full",
    "--mode=kernel,--samples=200 --max-error=0.05"
  })
  void piecesOfAnUnfinishedRunAreKept(String mode, String more) throws Exception {
    Path rows = rows(binary, 20);
    String[] asked = (mode + " " + more).split(" ", -1);
    asked = with(groups("sum"), asked);
    explain(rows, "whole", asked);
    Path pieces = folder.resolve("pieces");
    asked = with("--resume=" + pieces, asked);
    assertThat(explain(rows, brokenOutput(), asked).code()).isNotZero();
    assertThat(files(pieces)).isNotEmpty();

    assertThat(explain(rows, "other", with("--seed=7", asked)).err()).doesNotContain("resumed:");
    assertThat(explain(rows, "fewer", with("--background-rows=40", asked)).err())
        .doesNotContain("resumed:");
    Cli resumed = explain(rows, "resumed", asked);

    assertThat(resumed.err()).contains("resumed: 20 rows were explained before and kept");
    for (String file : RESULTS) {
      assertThat(folder.resolve("resumed").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
    if (more.contains("interactions")) {
      assertThat(folder.resolve("resumed/interactions.parquet"))
          .hasSameBinaryContentAs(folder.resolve("whole/interactions.parquet"));
    }
    assertThat(files(pieces)).isEmpty();
  }

  @Test
  void otherInteractionsAreOtherPieces() throws Exception {
    Path rows = rows(binary, 3);
    String resume = "--resume=" + folder.resolve("pieces");
    explain(rows, brokenOutput(), "--mode=permutation", "--interactions=pairs:crp*age_z", resume);
    Cli other = explain(rows, "a", "--mode=permutation", "--interactions=pairs:crp*male", resume);
    assertThat(other.err()).contains("PASS").doesNotContain("resumed:");
  }

  /// The server is away before the rows are all explained, and comes back.
  @Test
  @Tag("slow")
  void aServedModelIsAskedForTheRestOnly() throws Exception {
    var asked = new AtomicInteger();
    var allowed = new AtomicInteger(Integer.MAX_VALUE);
    ModelServer.Handler model = ModelServer.serving(linear.model("model.json"));
    try (var server =
        new ModelServer(request ->
            asked.incrementAndGet() > allowed.get()
                ? ModelServer.Reply.of(503, "")
                : model.answer(request))) {
      String url = server.url("/v2/models/risk");
      String resume = "--resume=" + folder.resolve("pieces");
      served(url, "whole");
      int whole = asked.getAndSet(0);
      allowed.set(whole / 2);
      assertThat(served(url, "again", resume).code()).isEqualTo(75);
      assertThat(files(folder.resolve("pieces"))).isNotEmpty();
      allowed.set(Integer.MAX_VALUE);
      asked.set(0);
      Cli again = served(url, "again", resume);

      assertThat(again.err()).contains("were explained before and kept");
      assertThat(asked.get()).isLessThan(whole);
      for (String file : RESULTS) {
        assertThat(folder.resolve("again").resolve(file))
            .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
      }
    }
  }

  /// The model is replaced while rows are explained: what was made of both is not kept, so it
  /// cannot come into a later run.
  @Test
  @Tag("slow")
  void noPieceOfAReplacedModelIsKept() throws Exception {
    var asked = new AtomicInteger();
    var until = new AtomicInteger(Integer.MAX_VALUE);
    ModelServer.Handler one = ModelServer.serving(linear.model("model.json"));
    var model = linear.model("model.json");
    ModelServer.Handler other =
        ModelServer.serving(
            new org.primum.model.Scorer() {
              @Override
              public List<org.primum.model.Feature> features() {
                return model.features();
              }

              @Override
              public double[] score(FeatureMatrix rows) {
                return Arrays.stream(model.score(rows)).map(p -> p / 2).toArray();
              }
            });
    try (var server =
        new ModelServer(
            request -> (asked.incrementAndGet() > until.get() ? other : one).answer(request))) {
      String url = server.url("/v1/models/risk");
      String resume = "--resume=" + folder.resolve("pieces");
      served(url, "whole");
      until.set(asked.getAndSet(0) / 2);
      Cli mixed = served(url, "mixed", resume);
      assertThat(mixed.code()).isEqualTo(13);
      assertThat(mixed.err()).contains("was replaced");
      List<Path> kept = files(folder.resolve("pieces"));
      assertThat(kept).isNotEmpty();

      until.set(0);
      Cli changed = served(url, "changed", resume);
      assertThat(changed.code()).as(changed.err()).isZero();
      assertThat(changed.err()).doesNotContain("resumed:");
      until.set(Integer.MAX_VALUE);
      for (String read : List.of("--served-missing=null", "--output-space=margin")) {
        assertThat(served(url, "read", resume, read, "--overwrite").err())
            .contains("PASS")
            .doesNotContain("resumed:");
      }
      assertThat(files(folder.resolve("pieces"))).isEqualTo(kept);
      Cli again = served(url, "again", resume);
      assertThat(again.code()).as(again.err()).isZero();
      assertThat(again.err()).contains("resumed: " + 64 * kept.size() + " rows");
      for (String file : RESULTS) {
        assertThat(folder.resolve("again").resolve(file))
            .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--mode=kernel|--save-explainer|no patient's rows",
        "--mode=kernel|--explainer=any.bin|no patient's rows",
        "--output-space=probability|--cover-from=any.csv|read no cover",
        "--mode=kernel --samples=500|--interactions=full|for all coalitions",
      })
  void refuseWhatHasNoSense(String one, String two, String sentence) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add("shap-batch");
    arguments.add("--model=" + binary.file("model.json"));
    arguments.add("--data=" + rows(binary, 3));
    if (two.startsWith("--save") || two.startsWith("--inter")) {
      arguments.add("--background=" + binary.file("background.csv"));
    }
    arguments.add("--output-dir=" + folder.resolve("out"));
    arguments.addAll(List.of(one.split(" ", -1)));
    arguments.add(two);
    Cli run = Cli.run(arguments.toArray(String[]::new));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().replaceAll("\\s+", " ")).contains(sentence);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void correlatedFeaturesHaveNoInteractionsAndNoExplainerFile() {
    assertThat(linear("a", "--mode=correlated", "--interactions=full").err())
        .contains("those of independent features");
    assertThat(linear("b", "--mode=correlated", "--save-explainer").err())
        .contains("no covariances");
    assertThat(folder.resolve("a")).doesNotExist();
    assertThat(folder.resolve("b")).doesNotExist();
  }

  @Test
  void anExplainerFileOfALinearModelGivesTheSameBytes() {
    assertThat(linear("one", "--mode=linear", "--save-explainer").code()).isZero();
    Cli two =
        Cli.run(
            "shap-batch",
            "--model=" + linear.file("model.json"),
            "--data=" + linear.file("rows.csv"),
            "--id=row_id",
            "--mode=linear",
            "--explainer=" + folder.resolve("one/explainer.bin"),
            "--output-dir=" + folder.resolve("two"));
    assertThat(two.code()).as(two.err()).isZero();
    for (String file : RESULTS) {
      assertThat(folder.resolve("two").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
    }
  }

  private Path rows(ShapFixture fixture, int count) throws IOException {
    List<String> lines = Files.readAllLines(fixture.file("rows.csv"));
    return Files.write(folder.resolve("rows-" + count + ".csv"), lines.subList(0, count + 1));
  }

  private String groups(String values) throws IOException {
    return groups(values, "blood: [hb_z, na_z, k_z], circulation: [sbp_z, crp]");
  }

  private String groups(String values, String members) throws IOException {
    return write("values: " + values + "\ngroups: {" + members + "}\n");
  }

  private String write(String document) throws IOException {
    String head = "apiVersion: primum.dev/v1alpha1\nkind: FeatureGroups\n";
    Path file = Files.createTempFile(folder, "groups", ".yaml");
    return "--groups=" + Files.writeString(file, head + document);
  }

  private String brokenOutput() throws IOException {
    Files.createDirectories(folder.resolve("broken"));
    Files.writeString(folder.resolve("broken/params"), "a file where a directory has to be");
    return "broken";
  }

  private static List<Path> files(Path directory) throws IOException {
    try (var walk = Files.walk(directory)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> file.toString().contains("pieces-"))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private Cli explain(Path rows, String out, String... more) {
    return run(binary.file("model.json").toString(), binary, rows, out, more);
  }

  private Cli linear(String out, String... more) {
    return run(linear.file("model.json").toString(), linear, linear.file("rows.csv"), out, more);
  }

  /// 150 rows, in pieces of 64, and a request a row.
  private Cli served(String url, String out, String... more) throws IOException {
    List<String> lines = Files.readAllLines(linear.file("rows.csv"));
    List<String> many = new ArrayList<>(lines);
    while (many.size() < 151) {
      many.add(lines.get(1 + many.size() % 60));
    }
    Path rows = Files.write(folder.resolve("served.csv"), many);
    String[] asked = with("--background-rows=4", with("--served-batch=2000", more));
    return run(url, linear, rows, out, asked);
  }

  private Cli run(String model, ShapFixture fixture, Path rows, String out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("shap-batch", "--model=" + model));
    arguments.add("--data=" + rows);
    arguments.add("--id=row_id");
    arguments.add("--background=" + fixture.file("background.csv"));
    arguments.add("--output-dir=" + folder.resolve(out));
    arguments.addAll(List.of(more));
    return Cli.run(Map.of("PRIMUM_MODEL_PATIENCE", "PT1S"), arguments.toArray(String[]::new));
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

  private static List<String> prefixed(String prefix, List<String> names) {
    return names.stream().map(name -> prefix + name).toList();
  }

  private JsonNode requireValid(String out) throws IOException {
    for (String name : List.of("summary", "shard")) {
      JsonNode document = JSON.readTree(folder.resolve(out + "/" + name + ".json").toFile());
      assertThat(Schemas.violations(document, "shap-" + name)).isEmpty();
    }
    return JSON.readTree(folder.resolve(out + "/summary.json").toFile());
  }

  private Batch lines(String file, List<String> columns) throws IOException {
    Table table = TableFiles.open(folder.resolve(file), "shap");
    try (Batches batches = table.read(columns.stream().map(Selection::number).toList())) {
      return batches.next().orElseThrow();
    }
  }
}
