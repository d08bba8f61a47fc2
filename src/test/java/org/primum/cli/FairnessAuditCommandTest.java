package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.data.Batch;
import org.primum.data.ColumnType;
import org.primum.data.Digest;
import org.primum.data.Field;
import org.primum.data.NumberColumn;
import org.primum.data.RowSink;
import org.primum.data.Schema;
import org.primum.data.TextColumn;
import org.primum.document.Schemas;
import org.primum.fairness.tally.Tally;
import org.primum.fairness.tally.TallyFile;
import org.primum.table.TableFiles;
import org.primum.table.TableFormat;

/// The cohort of testdata/fairness through the command line. Counts from its fixtures: TPR White
/// 51/78, Black 15/41.
final class FairnessAuditCommandTest {

  private static final String COHORT = "testdata/fairness/cohort.csv";

  private static final String POLICY =
      """
      apiVersion: primum.dev/v1alpha1
      kind: FairnessPolicy
      metadata: {name: readmission-30d, revision: 1}
      data:
        label: {column: label, positive: 1}
        score: {column: score}
        decision: {threshold: 0.3}
      attributes:
        - {name: race, column: race, reference: White}
        - {name: sex, column: sex}
      intersections: [{of: [race, sex]}]
      minimum: {n: 30, positives: 15, negatives: 15}
      suppress: {below: 0}
      rules:
        - {id: missed, metric: tpr, compare: difference, over: race, min: 0, decide: exclude-harm}
      """;

  @TempDir Path folder;
  private Path policy = Path.of("");

  @BeforeEach
  void writePolicy() throws IOException {
    policy = write("policy.yaml", POLICY);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Cli audit(String data, Path policyFile, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "fairness-audit",
            "--data=" + data,
            "--policy=" + policyFile,
            "--output-dir=" + folder.resolve("out")));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out").resolve(name).toFile());
  }

  private String parameter(String name) throws IOException {
    return Files.readString(folder.resolve("out/params").resolve(name));
  }

  /// Pooled over four planned comparisons: 15/41 against 51/78 is about -.29, whole interval below
  /// 0.
  @Test
  void refusesAModelThatMissesAGroup() throws IOException {
    Cli run = audit(COHORT, policy);
    assertThat(run.code()).as(run.err()).isEqualTo(20);
    assertThat(run.out()).contains("FAIL").contains("race=Black").contains("-0.288");
    assertThat(parameter("status")).isEqualTo("FAIL");
    assertThat(parameter("exit_code")).isEqualTo("20");
    assertThat(parameter("failed_rules")).isEqualTo("missed");
    assertThat(parameter("worst_group")).isEqualTo("race=Black");
  }

  @Test
  void theVerdictSpeaksOfTheBytesItRead() throws IOException {
    audit(COHORT, policy);
    JsonNode verdict = json("verdict.json");
    assertThat(Schemas.violations(verdict, "verdict")).isEmpty();
    assertThat(Schemas.violations(json("metrics.json"), "metrics")).isEmpty();
    assertThat(verdict.at("/subject/dataset").asText())
        .isEqualTo("sha256:323aacda658a662797cf16d8689d094d2a39ecd7419031479c4e6fda661df3ac");
    assertThat(verdict.at("/subject/policy").asText()).isEqualTo(Digest.of(policy).value());
    assertThat(verdict.at("/summary").asText())
        .startsWith(
            "missed: Of 1,000 patients with label = 1 in race=Black, 288 more are missed than"
                + " in race=White (95 % interval");
  }

  @Test
  void metricsHoldEveryRateOfEveryGroupAloneAndAgainstItsReference() throws IOException {
    audit(COHORT, write("shown.yaml", POLICY.replace("below: 0", "below: 11")));
    JsonNode none = new ObjectMapper().createObjectNode();
    Map<String, JsonNode> found = new java.util.HashMap<>();
    for (JsonNode metric : json("metrics.json").get("metrics")) {
      String key =
          metric.get("metric").asText()
              + " "
              + metric.get("group").asText()
              + " "
              + metric.get("compare").asText();
      assertThat(found.put(key, metric)).as(key).isNull();
    }
    for (String rate :
        List.of(
            "selection_rate", "tpr", "fpr", "tnr", "fnr", "ppv", "npv", "accuracy", "base_rate")) {
      assertThat(found)
          .containsKeys(
              rate + " overall null",
              rate + " race=Black null",
              rate + " race=Black difference",
              rate + " race=Black ratio",
              rate + " race=Black,sex=F null",
              rate + " race=Black,sex=F ratio",
              rate + " race=<missing> null");
    }
    assertThat(found.getOrDefault("tpr race=Black null", none).get("n").asInt()).isEqualTo(41);
    JsonNode small = found.getOrDefault("tpr race=NHPI null", none);
    assertThat(small.get("value").isNull()).isTrue();
    assertThat(small.get("n").isNull()).isTrue();
    assertThat(small.get("reason").asText()).isEqualTo("suppressed");
    assertThat(found.getOrDefault("tpr race=AIAN null", none).get("reason").asText())
        .isEqualTo("no positives");
  }

  @Test
  void reportsARefusalWithoutFailingWhereAskedTo() throws IOException {
    Cli run = audit(COHORT, policy, "--on-violation=report");
    assertThat(run.code()).isZero();
    assertThat(json("verdict.json").get("status").asText()).isEqualTo("FAIL");
    assertThat(parameter("status")).isEqualTo("FAIL");
    assertThat(parameter("exit_code")).isEqualTo("0");
  }

  @Test
  void isInconclusiveWhereGroupsAreTooSmall() throws IOException {
    Path large = write("large.yaml", POLICY.replace("positives: 15", "positives: 60"));
    Cli run = audit(COHORT, large);
    assertThat(run.code()).isEqualTo(21);
    assertThat(parameter("inconclusive_rules")).isEqualTo("missed");
  }

  @Test
  void passesWhereThePolicyIsMet() throws IOException {
    Path lenient =
        write("lenient.yaml", POLICY.replace("over: race, min: 0,", "over: sex, min: -0.5,"));
    Cli run = audit(COHORT, lenient);
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(parameter("worst_group")).isEmpty();
  }

  @Test
  void printsTheVerdictAsJson() throws IOException {
    Cli run = audit(COHORT, policy, "--format=json");
    assertThat(new ObjectMapper().readTree(run.out())).isEqualTo(json("verdict.json"));
  }

  @Test
  void leavesTheTallyBehind() throws IOException {
    audit(COHORT, policy);
    Tally tally = TallyFile.read(Files.readAllBytes(folder.resolve("out/tally.bin")), "tally.bin");
    assertThat(tally.overall().n()).isEqualTo(600);
  }

  @Test
  void theReportIsWhatAClinicianOpens() throws IOException {
    audit(COHORT, policy);
    String html = Files.readString(folder.resolve("out/report.html"));
    assertThat(html)
        .contains("288 more are missed than in race=White")
        .contains("What this audit cannot say")
        .contains("Who is not in these numbers")
        .contains("<svg")
        .contains("&lt;missing&gt;")
        .doesNotContain("<missing>")
        .doesNotContain("<script")
        .doesNotContain("NaN");
  }

  @Test
  void theSameRunGivesTheSameBytes() throws IOException {
    audit(COHORT, policy);
    byte[] tally = Files.readAllBytes(folder.resolve("out/tally.bin"));
    byte[] metrics = Files.readAllBytes(folder.resolve("out/metrics.json"));
    audit(COHORT, policy, "--overwrite");
    assertThat(Files.readAllBytes(folder.resolve("out/tally.bin"))).isEqualTo(tally);
    assertThat(Files.readAllBytes(folder.resolve("out/metrics.json"))).isEqualTo(metrics);
  }

  /// A Parquet file of three row groups, which three threads read.
  @Test
  void threadsChangeNoByte() throws IOException {
    Path truths =
        write(
            "truths.yaml",
            """
            apiVersion: primum.dev/v1alpha1
            kind: FairnessPolicy
            metadata: {name: truths, revision: 1}
            data:
              label: {column: truth, positive: "true"}
              prediction: {column: truth, positive: "true"}
            attributes: [{name: digit, column: required}, {name: text, column: text}]
            rules: [{id: missed, metric: tpr, over: digit, min: 0.5}]
            """);
    String data = "testdata/parquet/zstd-v2.parquet";
    assertThat(audit(data, truths, "--threads=1").err()).contains("1,000 rows");
    byte[] alone = Files.readAllBytes(folder.resolve("out/tally.bin"));
    audit(data, truths, "--threads=3", "--overwrite");
    assertThat(Files.readAllBytes(folder.resolve("out/tally.bin"))).isEqualTo(alone);
    assertThat(audit(data, truths, "--threads=-1", "--overwrite").code()).isEqualTo(2);
  }

  // whose predictions

  @Test
  void bindsTheDigestOfAModelFile() throws IOException {
    Path model = write("model.ubj", "a model");
    audit(COHORT, policy, "--model=" + model);
    assertThat(json("verdict.json").at("/subject/model").asText())
        .isEqualTo(Digest.of(model).value());
  }

  /// The dirHash of one file: the digest of `<hex> model.json\n`.
  @Test
  void bindsTheDigestOfAModelDirectory() throws IOException {
    Files.createDirectory(folder.resolve("model"));
    Path file = write("model/model.json", "{}");
    audit(COHORT, policy, "--model=" + folder.resolve("model"));
    assertThat(json("verdict.json").at("/subject/model").asText())
        .isEqualTo(Digest.of(Digest.of(file).hex() + "  model.json\n").value());
  }

  @Test
  void takesTheModelFromTheScoredTable() throws IOException {
    Digest model = Digest.of("the model");
    Path scored = scored(model.value());
    audit(scored.toString(), policyOfScored());
    assertThat(json("verdict.json").at("/subject/model").asText()).isEqualTo(model.value());
    assertThat(json("verdict.json").at("/subject/source").asText()).isEqualTo(SOURCE.value());
  }

  private static final Digest SOURCE = Digest.of("the data before it was scored");

  @Test
  void rejectsATableThatAnotherModelScored() throws IOException {
    Path scored = scored(Digest.of("the model").value());
    Path other = write("other.ubj", "another model");
    Cli run = audit(scored.toString(), policyOfScored(), "--model=" + other);
    assertThat(run.code()).isEqualTo(13);
    assertThat(run.err()).contains("was scored by another model");
    assertThat(Files.exists(folder.resolve("out"))).isFalse();
  }

  @Test
  void rejectsATableWhoseModelIsNoDigest() throws IOException {
    Cli run = audit(scored("sha256:oops").toString(), policyOfScored());
    assertThat(run.code()).isEqualTo(13);
  }

  private Path policyOfScored() throws IOException {
    return write(
        "scored.yaml",
        """
        apiVersion: primum.dev/v1alpha1
        kind: FairnessPolicy
        metadata: {name: p, revision: 1}
        data: {label: {column: label, positive: 1}, prediction: {column: label, positive: 1}}
        attributes: [{name: sex, column: sex}]
        rules: [{id: r, metric: tpr, over: sex, min: 0.5, decide: point}]
        """);
  }

  private Path scored(String model) throws IOException {
    Path file = folder.resolve("scored.parquet");
    Schema schema =
        new Schema(
            List.of(new Field("label", ColumnType.NUMBER), new Field("sex", ColumnType.TEXT)));
    try (RowSink sink =
        TableFiles.create(
            file,
            TableFormat.PARQUET,
            schema,
            Map.of("primum.model", model, "primum.dataset", SOURCE.value()))) {
      sink.write(
          new Batch(
              0,
              2,
              List.of(
                  new NumberColumn(new double[] {1, 0}, new BitSet(), 2),
                  new TextColumn(new String[] {"F", "M"}, new int[] {0, 1}, 2))));
    }
    return file;
  }

  // bad input: exit code and what the message names

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "column: race, | column: rase, | 11 | no column 'rase'",
        "column: label, | column: race, | 11 | column 'race', row 1",
        "score: {column: score} | score: {column: sex} | 11 | sex",
        "score: {column: score} | score: {column: age_band} | 11 | age_band",
        "metric: tpr | metric: tprr | 10 | rules.missed.metric",
        "min: 0, | maximum: 0, min: 0, | 10 | rules[0].maximum: unknown key"
      })
  void aMistakeEndsWithItsOwnCode(String what, String with, int code, String message)
      throws IOException {
    Cli run = audit(COHORT, write("bad.yaml", POLICY.replace(what, with)));
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
    assertThat(Files.exists(folder.resolve("out"))).isFalse();
  }

  @Test
  void aScoreThatIsNotANumberIsNamedByRowAndNotQuoted() throws IOException {
    Path data = write("bad.csv", "label,score,race,sex\n1,0.5,A,F\n1,NaN,A,F\n");
    Cli run = audit(data.toString(), policy);
    assertThat(run.code()).isEqualTo(11);
    assertThat(run.err()).contains("score").contains("row 2");
  }

  @Test
  void aTableThatIsNotThereIsNamed() {
    Cli run = audit(folder.resolve("nowhere.csv").toString(), policy);
    assertThat(run.code()).isEqualTo(11);
    assertThat(run.err()).contains("nowhere.csv");
  }

  @Test
  void helpTellsAnExampleAndTheExitCodes() {
    Cli run = Cli.run("fairness-audit", "--help");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("--on-violation=fail|report")
        .contains("kind: FairnessPolicy")
        .contains("21");
  }
}
