package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tables that are here, and tables of people who bring their own: other names, other values.
final class FairnessInitCommandTest {

  private static final Path COHORT = Path.of("testdata/fairness/cohort.csv");

  @TempDir Path folder;

  private Cli init(Path data, String... more) {
    List<String> arguments = new ArrayList<>(List.of("fairness-audit", "init", "--data=" + data));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private Cli audit(Path data, Path policy) {
    return Cli.run(
        "fairness-audit",
        "--data=" + data,
        "--policy=" + policy,
        "--output-dir=" + folder.resolve("audit"),
        "--overwrite");
  }

  private String proposed(Path data, String... more) {
    Cli cli = init(data, more);
    assertThat(cli.code()).as(cli.err()).isZero();
    return cli.out();
  }

  /// Whatever the verdict: the policy is one, and its columns are there.
  private void assertAccepted(Path data, String yaml) throws IOException {
    Path policy = Files.writeString(folder.resolve("proposed.yaml"), yaml);
    Cli audit = audit(data, policy);
    assertThat(audit.code()).as(audit.err()).isIn(0, 20, 21);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "testdata/fairness/cohort.csv",
        "testdata/nhefs/scored-xgboost.csv",
        "testdata/nhefs/scored-logistic-regression.csv"
      })
  void anAuditAcceptsTheProposalAsItIs(String data) throws IOException {
    assertAccepted(Path.of(data), proposed(Path.of(data)));
  }

  @Test
  void anAuditAcceptsAProposalForACohortThatWasScored() throws IOException {
    Path cohort = folder.resolve("cohort.parquet");
    Cli.run("cohort", "--patients=3000", "--output=" + cohort);
    Cli train =
        Cli.run(
            "train",
            "--data=" + cohort,
            "--label=readmitted_30d",
            "--id=patient_id",
            "--sensitive=race,sex,age_band",
            "--exclude=admission_month,weight",
            "--learner=logistic-regression",
            "--output-dir=" + folder.resolve("train"));
    assertThat(train.code()).as(train.err()).isZero();
    Path scored = folder.resolve("train/scored.parquet");
    String yaml = proposed(scored);
    assertThat(yaml)
        .contains("column: race,")
        .contains("column: sex,")
        .contains("column: age_band,");
    assertAccepted(scored, yaml);
  }

  /// A cohort as it is drawn has outcomes and no predictions: there is nothing to audit yet.
  @Test
  void aTableThatNobodyScoredIsNotProposedFor() {
    Path cohort = folder.resolve("cohort.parquet");
    Cli.run("cohort", "--patients=500", "--output=" + cohort);
    Cli cli = init(cohort);
    assertThat(cli.code()).isEqualTo(11);
    assertThat(cli.err()).contains("primum score");
  }

  /// 16 rows of AIAN have no positive, 7 are NHPI: neither can be tested.
  @Test
  void saysWhatCanBeTestedAndWhatCannot() {
    String yaml = proposed(COHORT);
    assertThat(yaml)
        .contains("label: {column: label, positive: \"1\", negative: \"0\"}")
        .contains("prediction: {column: prediction,")
        .contains("score: {column: score}")
        .contains("weight: {column: weight}")
        .contains("categories: [AIAN, Asian, Black, Hispanic, NHPI, White], reference: White")
        .contains("AIAN: 16 rows, 0 with the outcome")
        .contains("NHPI: fewer than 11 rows")
        .containsPattern("Too small, so this rule will be INCONCLUSIVE for them: .*AIAN.*NHPI");
  }

  @Test
  void aLimitIsAPlaceholderThatSaysSo() {
    List<String> lines = proposed(COHORT).lines().toList();
    List<String> rules = lines.stream().filter(l -> l.contains("metric:")).toList();
    assertThat(rules).isNotEmpty().allMatch(rule -> rule.contains("rationale: \"TO DECIDE"));
    for (String rule : rules) {
      assertThat(lines.get(lines.indexOf(rule) - 1)).contains("TO DECIDE: the limit");
    }
  }

  @Test
  void agesBecomeBandsAndNoPatientsAgeIsWritten() throws IOException {
    Path table = folder.resolve("ages.csv");
    StringBuilder csv = new StringBuilder("mrn,age,sex,died,risk\n");
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      csv.append(
          "m%05d,%d,%s,%s,%.4f\n"
              .formatted(
                  i % 1500,
                  20 + random.nextInt(71),
                  i % 2 == 0 ? "F" : "M",
                  random.nextInt(4) == 0 ? "yes" : "no",
                  random.nextDouble()));
    }
    Files.writeString(table, csv);
    String yaml = proposed(table);
    assertThat(yaml)
        .contains("label: {column: died, positive: \"yes\", negative: \"no\"}")
        .contains("score: {column: risk}")
        .contains("decision: {threshold: 0.5}")
        .contains("TO DECIDE: from which score on a patient is flagged")
        .contains("{name: age, column: age, bins: [45, 65, 75]")
        .contains("mrn names 1,500 people in 2,000 rows")
        .contains("cluster: {column: mrn}")
        .doesNotContain("m00001");
    assertAccepted(table, yaml);
  }

  /// Values that YAML would take for something else, and a name that no attribute can have. As a
  /// spreadsheet writes it: semicolons, a byte order mark, names with blanks and signs, one group
  /// written in two ways.
  private Path spreadsheet(String score) throws IOException {
    StringBuilder csv =
        new StringBuilder("\uFEFFPatient No.;Readmitted?;Risk;Sex at birth;Age (years)\n");
    for (int i = 0; i < 300; i++) {
      String sex = i % 60 == 0 ? "female" : i % 2 == 0 ? "Female" : "Male";
      csv.append("P").append(i).append(i % 3 == 0 ? ";Yes;" : ";No;").append(score);
      csv.append(i % 10).append(';').append(sex).append(';').append(30 + i % 60).append('\n');
    }
    return Files.writeString(folder.resolve("spread sheet.csv"), csv);
  }

  @Test
  void aSpreadsheetIsReadAndOneGroupInTwoSpellingsIsPointedAt() throws IOException {
    Path data = spreadsheet("0.");
    String yaml = proposed(data);
    assertThat(yaml)
        .contains(
            "name: Sex_at_birth, column: Sex at birth", "name: Age_years, column: \"Age (years)\"")
        .contains("TO DECIDE: Female and female look like one group, written in 2 ways");
    assertAccepted(data, yaml);
  }

  @Test
  void aScoreInPercentOrWithACommaIsToldHowToWriteIt() throws IOException {
    assertThat(init(spreadsheet("4")).err())
        .contains("divide percentages by 100", "decimals with a point");
    assertThat(init(spreadsheet("0,")).err())
        .contains("divide percentages by 100", "decimals with a point");
    Cli named = init(spreadsheet("4"), "--score=Risk");
    assertThat(named.err())
        .contains("--score=Risk: holds other values", "divide percentages by 100");
  }

  @Test
  void whatYamlCouldMisreadIsQuoted() throws IOException {
    Path table = folder.resolve("odd.csv");
    StringBuilder csv = new StringBuilder("2nd race,sex,outcome,prediction\n");
    String[] races = {"no", "null", "a: b", "# c", "d\"q", "-1", "1e3", "[x]", "~"};
    for (int i = 0; i < 900; i++) {
      String race = races[i % races.length].replace("\"", "\"\"");
      csv.append("\"%s\",%s,%d,%d\n".formatted(race, i % 2 == 0 ? "f" : "m", i / 7 % 2, i / 3 % 2));
    }
    Files.writeString(table, csv);
    assertAccepted(table, proposed(table));
    Cli audit = audit(table, folder.resolve("proposed.yaml"));
    assertThat(audit.out()).doesNotContain("unknown-category").doesNotContain("missing-group");
  }

  @Test
  void whatSomebodySaysIsTaken() throws IOException {
    Path table = folder.resolve("own.csv");
    Files.writeString(
        table,
        "k1,k2,k3,k4\n"
            + Stream.of("x,alive,0,0.2", "y,gone,1,0.7", "x,gone,0,0.5")
                .map(l -> (l + "\n").repeat(60))
                .reduce("", String::concat));
    Cli guess = init(table);
    assertThat(guess.code()).isEqualTo(11);
    Cli half = init(table, "--label=k2", "--prediction=k3", "--score=k4", "--sensitive=k1");
    assertThat(half.code()).isEqualTo(11);
    assertThat(half.err()).contains("--positive").doesNotContain("gone");
    String yaml =
        proposed(
            table,
            "--label=k2",
            "--positive=gone",
            "--prediction=k3",
            "--score=k4",
            "--sensitive=k1",
            "--name=deaths");
    assertThat(yaml)
        .contains("metadata: {name: deaths, revision: 1}")
        .contains("label: {column: k2, positive: gone, negative: alive}")
        .contains("{name: k1, column: k1, categories: [x, \"y\"]");
    assertAccepted(table, yaml);
  }

  @ParameterizedTest
  @CsvSource({
    "--label=nothing, 11, no column 'nothing'",
    "--label=race, 10, --label=race",
    "--score=sex, 10, --score=sex",
    "--sensitive=patient_id, 10, patient_id",
    "--positive=2, 10, --positive"
  })
  void aWrongWordIsNamed(String option, int code, String message) {
    Cli cli = init(COHORT, option);
    assertThat(cli.code()).as(cli.err()).isEqualTo(code);
    assertThat(cli.err()).contains(message);
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void neverReplacesAFile() throws IOException {
    Path output = folder.resolve("deep/policy.yaml");
    Cli first = init(COHORT, "--output=" + output);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out()).isEmpty();
    assertThat(output).content().isEqualTo(proposed(COHORT));
    Files.writeString(output, "edited");
    Cli again = init(COHORT, "--output=" + output);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("is there already");
    assertThat(output).content().isEqualTo("edited");
  }

  @Test
  void isOneCommandUnderTwoNames() {
    assertThat(Cli.run("fairness-init", "--data=" + COHORT).out()).isEqualTo(proposed(COHORT));
    Cli help = Cli.run("fairness-audit", "init", "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("Usage: primum fairness-init").contains("fairness-audit init");
  }
}
