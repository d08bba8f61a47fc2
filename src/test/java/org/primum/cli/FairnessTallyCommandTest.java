package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.Digest;
import org.primum.document.Schemas;

/// The cohort of testdata/fairness, whole and cut into three hospitals by its rows: 200 rows each.
final class FairnessTallyCommandTest {

  private static final Path COHORT = Path.of("testdata/fairness/cohort.csv");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String POLICY =
      """
      apiVersion: primum.dev/v1alpha1
      kind: FairnessPolicy
      metadata: {name: readmission-30d, revision: 1}
      data:
        label: {column: label, positive: 1}
        score: {column: score}
        decision: {threshold: 0.3}
        weight: {column: weight}
      attributes:
        - {name: race, column: race, reference: White}
        - {name: sex, column: sex}
        - {name: age, column: age_band}
      intersections: [{of: [race, sex]}]
      minimum: {n: 30, positives: 15, negatives: 15}
      rules:
        - {id: missed, metric: tpr, compare: difference, over: race, min: 0, decide: exclude-harm}
        - {id: parity, metric: selection_rate, compare: max_min, over: sex, max: 0.5}
      """;

  @TempDir Path folder;

  @BeforeEach
  void cutTheCohort() throws IOException {
    write("policy.yaml", POLICY);
    List<String> lines = Files.readAllLines(COHORT);
    for (int site = 0; site < 3; site++) {
      List<String> part = new ArrayList<>(List.of(lines.getFirst()));
      part.addAll(lines.subList(1 + 200 * site, 1 + 200 * (site + 1)));
      write("site-" + site + ".csv", String.join("\n", part) + "\n");
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Cli run(String step, String output, String... options) {
    List<String> arguments = new ArrayList<>(List.of(step));
    for (String option : options) {
      arguments.add(option.replace("@", folder + "/"));
    }
    arguments.add("--output-dir=" + folder.resolve(output));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private void tallySites(String... more) {
    for (int site = 0; site < 3; site++) {
      String[] options =
          Stream.concat(
                  Stream.of("--data=@site-" + site + ".csv", "--policy=@policy.yaml"),
                  Stream.of(more))
              .toArray(String[]::new);
      Cli tally = run("fairness-tally", "tallies/site-" + site, options);
      assertThat(tally.code()).as(tally.err()).isZero();
    }
  }

  private JsonNode json(String name) throws IOException {
    return JSON.readTree(folder.resolve(name).toFile());
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  @Test
  void countsAndDecidesNothing() throws IOException {
    Cli tally = run("fairness-tally", "t", "--data=@site-0.csv", "--policy=@policy.yaml");
    assertThat(tally.code()).as(tally.err()).isZero();
    assertThat(tally.out()).contains("200 rows of one table").contains("Nothing is decided");
    JsonNode verdict = json("t/verdict.json");
    assertThat(Schemas.violations(verdict, "verdict")).isEmpty();
    assertThat(verdict.get("rules")).isEmpty();
    assertThat(verdict.at("/subject/dataset").asText())
        .isEqualTo(Digest.of(folder.resolve("site-0.csv")).value());
    assertThat(Files.readString(folder.resolve("t/params/rows"))).isEqualTo("200");
    assertThat(Files.readString(folder.resolve("t/report.html"))).contains("Counted");
  }

  @Test
  void mergingThenAuditingIsAuditingTheUnion() throws IOException {
    tallySites();
    Cli merge = run("fairness-merge", "all", "--tallies=@tallies");
    assertThat(merge.code()).as(merge.err()).isZero();
    assertThat(merge.out()).contains("600 rows of 3 tables");
    Cli ofAll = run("fairness-audit", "from-tally", "--tally=@all", "--policy=@policy.yaml");
    Cli whole = run("fairness-audit", "whole", "--data=" + COHORT, "--policy=@policy.yaml");

    assertThat(whole.code()).isEqualTo(20);
    assertThat(ofAll.code()).isEqualTo(whole.code());
    assertThat(ofAll.out()).isEqualTo(whole.out());
    assertThat(bytes("from-tally/metrics.json")).isEqualTo(bytes("whole/metrics.json"));
    assertThat(json("from-tally/verdict.json").get("rules"))
        .isEqualTo(json("whole/verdict.json").get("rules"));
    assertThat(Files.readString(folder.resolve("from-tally/params/worst_group")))
        .isEqualTo("race=Black");
  }

  @Test
  void neitherOrderNorNestingChangesAByte() throws IOException {
    tallySites();
    run("fairness-merge", "a", "--tallies=@tallies/site-0,@tallies/site-1,@tallies/site-2");
    run("fairness-merge", "b1", "--tallies=@tallies/site-2/tally.bin", "--tallies=@tallies/site-0");
    run("fairness-merge", "b2", "--tallies=@b1,@tallies/site-1");
    assertThat(bytes("b2/tally.bin")).isEqualTo(bytes("a/tally.bin"));
  }

  /// The digest by hand: that of the three digests in ascending order, a line each.
  @Test
  void theVerdictNamesAllTablesTogetherAndTheManifestEach() throws IOException {
    tallySites();
    run("fairness-merge", "all", "--tallies=@tallies");
    run("fairness-audit", "audit", "--tally=@all/tally.bin", "--policy=@policy.yaml");
    List<String> digests = new ArrayList<>();
    for (int site = 0; site < 3; site++) {
      digests.add(Digest.of(folder.resolve("site-" + site + ".csv")).value());
    }
    String lines = digests.stream().sorted().map(d -> d + "\n").collect(Collectors.joining());
    String together = Digest.of(lines.getBytes(StandardCharsets.UTF_8)).value();
    assertThat(json("audit/verdict.json").at("/subject/dataset").asText()).isEqualTo(together);
    List<String> counted = new ArrayList<>();
    for (JsonNode input : json("audit/manifest.json").get("inputs")) {
      if (input.get("name").asText().equals("counted")) {
        counted.add(input.get("digest").asText());
      }
    }
    assertThat(counted).containsExactlyInAnyOrderElementsOf(digests);
    assertThat(Schemas.violations(json("audit/manifest.json"), "manifest")).isEmpty();
  }

  @Test
  void anAuditOfOneTallyIsAnAuditOfItsTable() throws IOException {
    run("fairness-audit", "one", "--data=@site-0.csv", "--policy=@policy.yaml");
    run("fairness-audit", "again", "--tally=@one", "--policy=@policy.yaml");
    assertThat(bytes("again/metrics.json")).isEqualTo(bytes("one/metrics.json"));
    assertThat(bytes("again/tally.bin")).isEqualTo(bytes("one/tally.bin"));
    assertThat(json("again/verdict.json").get("subject"))
        .isEqualTo(json("one/verdict.json").get("subject"));
  }

  @Test
  void theGateAcceptsAnAuditMadeFromTallies() throws IOException {
    Path model = write("model.ubj", "a model");
    write("policy.yaml", POLICY.replace("min: 0, decide: exclude-harm", "min: -0.9"));
    tallySites("--model=" + model);
    run("fairness-merge", "all", "--tallies=@tallies");
    Cli audit = run("fairness-audit", "audit", "--tally=@all", "--policy=@policy.yaml");
    write(
        "release.yaml",
        """
        apiVersion: primum.dev/v1alpha1
        kind: ReleasePolicy
        metadata: {name: release, revision: 1}
        require:
          - {step: fairness-audit}
        """);
    Cli gate = run("gate", "gate", "--policy=@release.yaml", "--evidence=@audit");
    assertThat(audit.code()).as(audit.out()).isEqualTo(21);
    assertThat(gate.code()).as(gate.out()).isEqualTo(21);
    assertThat(gate.out()).contains("INCONCLUSIVE").contains("race=NHPI");
    assertThat(Files.readString(folder.resolve("gate/params/model")))
        .isEqualTo(Digest.of(model).value());
  }

  // what does not belong together

  @ParameterizedTest
  @ValueSource(strings = {"@tallies/site-1", "@tallies/site-1/tally.bin", "@all"})
  void theSameTableTwiceIsRefused(String again) throws IOException {
    tallySites();
    run("fairness-merge", "all", "--tallies=@tallies/site-0,@tallies/site-1");
    Cli merge = run("fairness-merge", "twice", "--tallies=@tallies/site-1", "--tallies=" + again);
    assertThat(merge.code()).isEqualTo(13);
    assertThat(merge.err())
        .contains("counted already")
        .contains(Digest.of(folder.resolve("site-1.csv")).value());
    assertThat(folder.resolve("twice")).doesNotExist();
  }

  @Test
  void talliesOfTwoModelsAreRefused() throws IOException {
    Path one = write("one.ubj", "one model");
    Path two = write("two.ubj", "another model");
    run("fairness-tally", "a", "--data=@site-0.csv", "--policy=@policy.yaml", "--model=" + one);
    run("fairness-tally", "b", "--data=@site-1.csv", "--policy=@policy.yaml", "--model=" + two);
    run("fairness-tally", "c", "--data=@site-2.csv", "--policy=@policy.yaml");
    Cli models = run("fairness-merge", "m", "--tallies=@a,@b");
    assertThat(models.code()).isEqualTo(13);
    assertThat(models.err()).contains(Digest.of(one).value()).contains(Digest.of(two).value());
    Cli unnamed = run("fairness-merge", "m", "--tallies=@a,@c");
    assertThat(unnamed.code()).isEqualTo(13);
    assertThat(unnamed.err()).contains("a model it does not name");
    Cli audit = run("fairness-audit", "x", "--tally=@a", "--policy=@policy.yaml", "--model=" + two);
    assertThat(audit.code()).isEqualTo(13);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "label: {column: label, positive: 1} | label: {column: prediction, positive: 1}",
        "threshold: 0.3 | threshold: 0.4",
        "weight: {column: weight} | ''",
        "name: sex, column: sex | name: sex, column: sex, categories: [F; M]",
        "- {name: sex, column: sex} | ''",
        "metric: selection_rate, compare: max_min, over: sex, max: 0.5"
            + " | metric: net_benefit@0.2, over: sex, min: -9"
      })
  void talliesOfOtherColumnsGroupsOrThresholdsAreRefused(String what, String with)
      throws IOException {
    String other = POLICY.replace(what, with.replace(';', ','));
    if (!other.contains("name: sex")) {
      other =
          other
              .replace("intersections: [{of: [race, sex]}]\n", "")
              .replace("over: sex", "over: age");
    }
    write("other.yaml", other);
    run("fairness-tally", "a", "--data=@site-0.csv", "--policy=@policy.yaml");
    Cli tally = run("fairness-tally", "b", "--data=@site-1.csv", "--policy=@other.yaml");
    assertThat(tally.code()).as(tally.err()).isZero();
    Cli merge = run("fairness-merge", "m", "--tallies=@a,@b");
    assertThat(merge.code()).as(merge.err()).isEqualTo(11);
    assertThat(merge.err()).contains("different columns, groups or thresholds");
    Cli audit = run("fairness-audit", "x", "--tally=@a", "--policy=@other.yaml");
    assertThat(audit.code()).isEqualTo(10);
    assertThat(audit.err()).contains("fairness-tally");
  }

  /// A policy that differs in what it demands alone counts the same.
  @Test
  void theRulesOfThePolicyDoNotMatterForCounting() throws IOException {
    write(
        "other.yaml",
        POLICY.replace("min: 0, ", "min: -0.1, ").replace("revision: 1", "revision: 2"));
    run("fairness-tally", "a", "--data=@site-0.csv", "--policy=@policy.yaml");
    run("fairness-tally", "b", "--data=@site-1.csv", "--policy=@other.yaml");
    assertThat(run("fairness-merge", "m", "--tallies=@a,@b").code()).isZero();
  }

  // what is no tally

  @Test
  void aTallyOfTheFirstVersionIsRefusedWithTheNextStep() throws IOException {
    run("fairness-tally", "a", "--data=@site-0.csv", "--policy=@policy.yaml");
    byte[] old = bytes("a/tally.bin");
    old[9] = 1;
    Files.write(folder.resolve("old.bin"), old);
    Cli audit = run("fairness-audit", "x", "--tally=@old.bin", "--policy=@policy.yaml");
    assertThat(audit.code()).isEqualTo(11);
    assertThat(audit.err()).contains("version 1").contains("fairness-tally");
    assertThat(run("fairness-merge", "x", "--tallies=@old.bin").code()).isEqualTo(11);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@nowhere", "@policy.yaml", "@site-0.csv", "@empty"})
  void whatIsNoTallyIsBadData(String location) throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    assertThat(run("fairness-merge", "x", "--tallies=" + location).code()).isEqualTo(11);
    Cli audit = run("fairness-audit", "x", "--tally=" + location, "--policy=@policy.yaml");
    assertThat(audit.code()).isEqualTo(11);
    assertThat(audit.err()).contains(location.substring(1));
  }

  @Test
  void aShardThatDidNotFinishIsNotLeftOut() throws IOException {
    tallySites();
    Files.delete(folder.resolve("tallies/site-1/verdict.json"));
    Cli merge = run("fairness-merge", "x", "--tallies=@tallies");
    assertThat(merge.code()).isEqualTo(11);
    assertThat(merge.err()).contains("site-1").contains("did not finish");
  }

  @Test
  void anAuditTakesTheRowsOrTheirCounts() throws IOException {
    tallySites();
    Cli both =
        run(
            "fairness-audit",
            "x",
            "--data=@site-0.csv",
            "--tally=@tallies/site-0",
            "--policy=@policy.yaml");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("--data and --tally");
    Cli neither = run("fairness-audit", "x", "--policy=@policy.yaml");
    assertThat(neither.code()).isEqualTo(2);
    assertThat(neither.err()).contains("--data").contains("--tally");
    Cli several = run("fairness-audit", "x", "--tally=@tallies", "--policy=@policy.yaml");
    assertThat(several.code()).isEqualTo(2);
    assertThat(several.err()).contains("fairness-merge");
  }

  @Test
  void badRowsEndTheTallyAsTheyEndTheAudit() throws IOException {
    write("bad.csv", "label,score,race,sex,age_band,weight\n1,NaN,A,F,x,1\n");
    Cli tally = run("fairness-tally", "x", "--data=@bad.csv", "--policy=@policy.yaml");
    assertThat(tally.code()).isEqualTo(11);
    assertThat(tally.err()).contains("score").contains("row 1");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fairness-tally", "fairness-merge"})
  void helpTellsAnExample(String step) {
    Cli help = Cli.run(step, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("fairness-merge --tallies=tallies").contains("13");
  }
}
