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
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.document.Schemas;

/// A logistic model with log-odds 2 lactate + 0.5 age + 0.05 race, all features with mean 0, so
/// that a Shapley value is the coefficient times the value. 300 patients with values ±1; seven are
/// of ward `burns`, the others of `icu` and `general`.
final class ExplanationPolicyCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path model;
  private Path data;

  @BeforeEach
  void world() throws IOException {
    model = model("model.json", 2, 0.5, 0.05);
    var random = new Random(11);
    var rows = new StringBuilder("id,lactate,age,race,ward\n");
    for (int i = 0; i < 300; i++) {
      rows.append("p").append(i);
      for (int feature = 0; feature < 3; feature++) {
        double size = i % 43 == 0 ? 0.913 : 1;
        rows.append(',').append(random.nextBoolean() ? size : -size);
      }
      rows.append(i % 43 == 0 ? ",burns" : i % 3 == 0 ? ",icu" : ",general").append('\n');
    }
    data = Files.writeString(folder.resolve("patients.csv"), rows);
  }

  private Path model(String name, double lactate, double age, double race) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        """
        {"format": "simple-linear-json/1", "tool": "by hand", "link": "logit",
         "coef": [%s, %s, %s], "intercept": -1, "background_mean": [0, 0, 0],
         "feature_names": ["lactate", "age", "race"]}
        """
            .formatted(lactate, age, race));
  }

  @Test
  void aPolicyThatIsMetPasses() throws Exception {
    Cli run = explain("out", "--policy=" + policy("race", 3));

    assertThat(run.err()).contains("PASS");
    assertThat(run.code()).isZero();
    JsonNode verdict = json("out/verdict.json");
    assertThat(verdict.path("subject").has("policy")).isTrue();
    assertThat(verdict.path("rules").findValuesAsText("id")).contains("additivity", "must-not");
    assertThat(Schemas.violations(json("out/summary.json"), "shap-summary")).isEmpty();
    assertThat(Schemas.violations(verdict, "verdict")).isEmpty();
    assertThat(Schemas.violations(json("out/metrics.json"), "metrics")).isEmpty();
  }

  @Test
  void aSensitiveFeatureThatLeadsStopsTheWorkflow() throws Exception {
    Cli run =
        explain(
            "out",
            "--policy=" + policy("age", 3),
            "--junit=" + folder.resolve("j.xml"),
            "--sarif=" + folder.resolve("s.json"));

    assertThat(run.code()).isEqualTo(20);
    assertThat(run.err()).contains("Not met: must-not");
    assertThat(run.out()).contains("FAIL must-not: the rank of 'age' is 2 (2 to 2)");
    assertThat(json("out/verdict.json").path("status").asText()).isEqualTo("FAIL");
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("must-not")
        .doesNotContain(">Explained<");
    assertThat(Files.readString(folder.resolve("j.xml"))).contains("must-not").contains("<failure");
    assertThat(Files.readString(folder.resolve("s.json"))).contains("must-not");
    assertThat(explain("rep", "--policy=" + policy("age", 3), "--on-violation=report").code())
        .isZero();
    assertThat(json("rep/verdict.json").path("status").asText()).isEqualTo("FAIL");
  }

  @Test
  void whatNobodyKnowsIsInconclusive() throws Exception {
    assertThat(explain("out", "--policy=" + policy("rase", 3)).code()).isEqualTo(21);
    assertThat(explain("sarif", "--sarif=" + folder.resolve("s.json")).code()).isEqualTo(2);
    Path bad = Files.writeString(folder.resolve("bad.yaml"), "kind: ExplanationPolicy");
    assertThat(explain("bad", "--policy=" + bad).code()).isEqualTo(10);
  }

  @Test
  void aFailingVerdictStopsARelease() throws Exception {
    explain("fails", "--policy=" + policy("age", 3), "--on-violation=report");
    explain("passes", "--policy=" + policy("race", 3));

    Path release =
        Files.writeString(
            folder.resolve("release.yaml"),
            """
            apiVersion: primum.dev/v1alpha1
            kind: ReleasePolicy
            metadata: {name: r, revision: 1}
            require: [{step: shap-batch, rules: [{metric: phi_rank.race, min: 3}]}]
            """);
    assertThat(gate(release, "fails").code()).isEqualTo(20);
    Cli passes = gate(release, "passes");
    assertThat(passes.out()).contains("phi_rank.race");
    assertThat(passes.code()).isZero();
  }

  /// Against the first model the second takes half of lactate's weight: its values move by 1 on
  /// average at ±2 and ±1, and the order stays.
  @Test
  void driftIsMeasuredFromAnEarlierSummary() throws Exception {
    explain("before");
    Path now = model("now.json", 1, 0.5, 0.05);
    Path policy = Files.writeString(folder.resolve("drift.yaml"), drift("wasserstein", "max: 0.5"));
    Cli run =
        Cli.run(
            "shap-batch",
            "--model=" + now,
            "--data=" + data,
            "--id=id",
            "--baseline=" + folder.resolve("before/summary.json"),
            "--policy=" + policy,
            "--output-dir=" + folder.resolve("out"));

    assertThat(run.code()).isEqualTo(20);
    JsonNode drift = json("out/summary.json").path("drift");
    assertThat(drift.path("ndcg").doubleValue()).isEqualTo(1);
    assertThat(drift.path("kendall").doubleValue()).isEqualTo(1);
    assertThat(drift.path("features").path(0).path("feature").asText()).isEqualTo("lactate");
    // Every row moves by 1 (±1 or ±0.913); the sketch holds each within 1/64 of 2 and of 1.
    assertThat(drift.path("features").path(0).path("wasserstein").doubleValue())
        .isCloseTo(1, within(3.0 / 64));
    assertThat(drift.path("features").path(1).path("wasserstein").doubleValue()).isZero();
    assertThat(Schemas.violations(json("out/summary.json"), "shap-summary")).isEmpty();
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("What has changed since the baseline")
        .contains("Another version of the model");
    assertThat(json("out/metrics.json").findValuesAsText("metric"))
        .contains("phi_ndcg", "phi_wasserstein.lactate", "phi_psi.age");
  }

  @Test
  void aBaselineOfAnotherThingIsRefused() throws Exception {
    explain("before");
    Path summary = folder.resolve("before/summary.json");
    String whole = Files.readString(summary);
    for (String other :
        List.of(
            whole.replace("\"feature\" : \"age\"", "\"feature\" : \"weight\""),
            whole.replace("\"interventional\"", "\"path-dependent\""))) {
      Files.writeString(summary, other);
      Cli run = explain("out", "--baseline=" + summary, "--overwrite");
      assertThat(run.code()).isEqualTo(13);
      assertThat(run.err()).contains("before/summary.json");
    }
  }

  @Test
  void shardsOfAnySplitAreJudgedAsOneRun() throws Exception {
    explain("before", "--min-cohort=20");
    String baseline = "--baseline=" + folder.resolve("before/summary.json");
    String policy = "--policy=" + policy("age", 3);
    assertThat(explain("one", baseline, policy).code()).isEqualTo(20);
    for (int count : new int[] {2, 5}) {
      List<String> shards = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String out = "part-" + i + "-of-" + count;
        Cli shard = explain(out, baseline, policy, "--shard=" + i + "/" + count);
        assertThat(shard.code()).isZero();
        assertThat(shard.err()).contains("a shard is not judged");
        assertThat(json(out + "/summary.json").path("groups")).isEmpty();
        shards.addFirst(folder.resolve(out).toString());
      }
      Cli merge =
          Cli.run(
              "shap-merge",
              "--shards=" + String.join(",", shards),
              baseline,
              policy,
              "--output-dir=" + folder.resolve("merged-" + count));
      assertThat(merge.code()).isEqualTo(20);
      for (String file : List.of("shap.parquet", "summary.json", "shard.json", "metrics.json")) {
        assertThat(folder.resolve("merged-" + count).resolve(file))
            .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
      }
    }
  }

  /// Patient p7 has two predictions and p999 one; the 300 explained rows have neither p7's second
  /// nor p999.
  @Test
  void predictionsThatNobodyExplainedAreCounted() throws Exception {
    var predictions = new StringBuilder("id,score\n");
    for (int i = 0; i < 298; i++) {
      predictions.append("p").append(i).append(",0.5\n");
    }
    Path expected =
        Files.writeString(folder.resolve("served.csv"), predictions + "p7,0.5\np999,0.5\n");
    String served = "--expected=" + expected;
    Path all = Files.writeString(folder.resolve("coverage.yaml"), drift("coverage", "min: 1"));
    Cli run = explain("out", served, "--policy=" + all);

    assertThat(run.code()).isEqualTo(20);
    assertThat(run.err()).contains("Of 300 predictions that were made 2 have no explanation");
    assertThat(run.out() + run.err()).doesNotContain("p999");
    JsonNode coverage = json("out/summary.json").path("coverage");
    assertThat(coverage.path("expected").intValue()).isEqualTo(300);
    assertThat(coverage.path("missing").intValue()).isEqualTo(2);
    assertThat(coverage.path("surplus").intValue()).isEqualTo(2);
    assertThat(Schemas.violations(json("out/summary.json"), "shap-summary")).isEmpty();
    assertThat(json("out/manifest.json").toString()).contains("expected");

    Path most = Files.writeString(folder.resolve("most.yaml"), drift("coverage", "min: 0.99"));
    assertThat(explain("most", served, "--policy=" + most).code()).isZero();
    assertThat(explain("none", "--policy=" + most).code()).isEqualTo(21);
    Cli other = explain("other", "--expected=" + folder.resolve("most.yaml"));
    assertThat(other.code()).isEqualTo(11);

    explain("c0", "--shard=0/2", served);
    explain("c1", "--shard=1/2");
    Cli merge =
        Cli.run(
            "shap-merge",
            "--shards=" + folder.resolve("c0") + "," + folder.resolve("c1"),
            served,
            "--policy=" + all,
            "--output-dir=" + folder.resolve("merged-c"));
    assertThat(merge.code()).isEqualTo(20);
    assertThat(folder.resolve("merged-c/summary.json"))
        .hasSameBinaryContentAs(folder.resolve("out/summary.json"));
  }

  /// 300 rows against others of the same patients: the interval of each number holds what no change
  /// is, and a rule that asks for certainty says what the rows do not show.
  @Test
  void driftIsHeldAgainstALimitWithItsInterval() throws Exception {
    explain("before");
    String baseline = "--baseline=" + folder.resolve("before/summary.json");
    Path sure =
        Files.writeString(
            folder.resolve("sure.yaml"), drift("wasserstein", "max: 0.05, decide: show-safe"));
    Path harm =
        Files.writeString(
            folder.resolve("harm.yaml"), drift("wasserstein", "max: 0, decide: exclude-harm"));

    String directory = "--baseline=" + folder.resolve("before");
    assertThat(explain("sure", directory, "--policy=" + sure).code()).isEqualTo(21);
    assertThat(explain("harm", baseline, "--policy=" + harm).code()).isZero();
    JsonNode drift = json("sure/summary.json").path("drift");
    assertThat(drift.path("ndcgInterval").path(1).doubleValue()).isEqualTo(1);
    assertThat(drift.path("kendallInterval").path(1).doubleValue()).isEqualTo(1);
    JsonNode lactate = drift.path("features").path(0);
    assertThat(lactate.path("wassersteinInterval").path(0).doubleValue()).isZero();
    assertThat(lactate.path("wassersteinChance").doubleValue()).isPositive();
    assertThat(Files.readString(folder.resolve("sure/report.html"))).contains("by chance?");
  }

  /// Site and ward: everyone of ward `burns` (7) is at site `south`, whose other ward is `icu`.
  @Test
  void aSiteDoesNotTellOfItsSmallWard() throws Exception {
    List<String> lines = new ArrayList<>(Files.readAllLines(data));
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      lines.set(i, line + (i == 0 ? ",site" : line.endsWith("general") ? ",north" : ",south"));
    }
    Files.write(data, lines);
    explain("out", "--sensitive=site");

    JsonNode summary = json("out/summary.json");
    List<String> told = summary.path("groups").findValuesAsText("group");
    assertThat(told).contains("site=north", "site=south").doesNotContain("ward=icu");
    assertThat(told).doesNotContain("ward=burns");

    explain("s0", "--sensitive=site", "--shard=0/2");
    explain("s1", "--sensitive=site", "--shard=1/2");
    Cli merge =
        Cli.run(
            "shap-merge",
            "--shards=" + folder.resolve("s0") + "," + folder.resolve("s1"),
            "--output-dir=" + folder.resolve("merged-s"));
    assertThat(merge.code()).isZero();
    for (String file : List.of("summary.json", "shard.json")) {
      assertThat(folder.resolve("merged-s").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("out").resolve(file));
    }
  }

  @Test
  void shardsOfAnEarlierVersionAreNotMerged() throws Exception {
    explain("p0");
    Path shard = folder.resolve("p0/shard.json");
    Files.writeString(
        shard, Files.readString(shard).replace("shap-shard/v1alpha2", "shap-shard/v1alpha1"));
    Cli merge =
        Cli.run(
            "shap-merge",
            "--shards=" + folder.resolve("p0"),
            "--output-dir=" + folder.resolve("merged"));
    assertThat(merge.code()).isEqualTo(11);
    assertThat(merge.err()).contains("shard.json").contains("run shap-batch on the shard again");
  }

  @Test
  void shardsWithAnotherSmallestCohortAreNotMerged() {
    explain("p0", "--shard=0/2");
    explain("p1", "--shard=1/2", "--min-cohort=5");

    assertThat(
            Cli.run(
                    "shap-merge",
                    "--shards=" + folder.resolve("p0") + "," + folder.resolve("p1"),
                    "--output-dir=" + folder.resolve("merged"))
                .code())
        .isEqualTo(13);
  }

  /// The seven of `burns` have a mean |phi| of lactate of 2 · 0.913 = 1.826. With them `icu`, the
  /// smaller of the others, is not told: everyone less `general` would tell of them.
  @Test
  void noFileButTheShardTellsOfASmallGroup() throws Exception {
    explain("told", "--min-cohort=0");
    assertThat(Files.readString(folder.resolve("told/summary.json")))
        .contains("ward=burns")
        .contains("1.826");

    explain("out");

    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (!name.equals("shard.json") && !name.equals("shap.parquet")) {
          assertThat(Files.readString(file)).as(name).doesNotContain("1.826", "1.8260");
        }
      }
    }
    JsonNode summary = json("out/summary.json");
    assertThat(summary.path("groups").findValuesAsText("group")).containsExactly("ward=general");
    assertThat(summary.at("/suppressed/groups").valueStream().map(JsonNode::asText))
        .containsExactly("ward=burns", "ward=icu");
    assertThat(json("out/metrics.json").findValuesAsText("group"))
        .doesNotContain("ward=burns", "ward=icu");
    assertThat(json("out/metrics.json").at("/suppression/below").intValue()).isEqualTo(11);
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("Not told")
        .contains("ward=burns, ward=icu");
  }

  private Path policy(String feature, int least) throws IOException {
    return Files.writeString(
        folder.resolve(feature + ".yaml"),
        """
        apiVersion: primum.dev/v1alpha1
        kind: ExplanationPolicy
        metadata: {name: sepsis, revision: 1}
        rules:
          - {id: must-not, metric: rank, features: %s, min: %d}
          - {id: matters, metric: rank, features: [lactate], max: 1}
          - {id: race, metric: rank, features: [race], min: 3, decide: point}
          - {id: enough, metric: rows, min: 300}
        """
            .formatted(feature, least));
  }

  private static String drift(String metric, String limit) {
    return """
    apiVersion: primum.dev/v1alpha1
    kind: ExplanationPolicy
    metadata: {name: drift, revision: 1}
    rules: [{id: moved, metric: %s, %s}]
    """
        .formatted(metric, limit);
  }

  private Cli gate(Path release, String evidence) {
    return Cli.run(
        "gate",
        "--policy=" + release,
        "--evidence=" + folder.resolve(evidence),
        "--output-dir=" + folder.resolve("gate-" + evidence));
  }

  private Cli explain(String out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "shap-batch",
                "--model=" + model,
                "--data=" + data,
                "--id=id",
                "--cohorts=ward",
                "--output-dir=" + folder.resolve(out)));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private JsonNode json(String file) throws IOException {
    return JSON.readTree(folder.resolve(file).toFile());
  }
}
