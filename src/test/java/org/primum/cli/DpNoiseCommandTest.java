package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.primum.document.Schemas;

/// Forty patients of one row each: p0 to p29 are White and 20 to 49 years old, p30 to p39 Black and
/// 50 to 59. So the ages sum to 1035 + 545 = 1580, 39.5 on average.
///
/// The misuse cases are those of the peers' study: what OpenDP, Tumult, diffprivlib and
/// dp-accounting do when asked for each, and what is answered here.
final class DpNoiseCommandTest {

  private static final String BUDGET =
      """
      apiVersion: primum.dev/v1alpha1
      kind: PrivacyBudget
      dataset: clinic
      unit: {column: patient_id, maxRows: 1}
      neighbouring: add-remove
      definition: pure
      epsilon: 1
      """;

  private static final String COUNT = "{id: all, kind: count, epsilon: 0.1}";
  private static final String RACE =
      "{id: by-race, kind: histogram, column: race, categories: [White, Black], epsilon: 0.5}";
  private static final String AGE =
      "{id: age, kind: mean, column: age, lower: 18, upper: 110, epsilon: 0.4}";

  @TempDir Path folder;

  @BeforeEach
  void writeWorld() throws IOException {
    StringBuilder rows = new StringBuilder("patient_id,race,age\n");
    for (int i = 0; i < 40; i++) {
      rows.append("p%d,%s,%d\n".formatted(i, i < 30 ? "White" : "Black", 20 + i));
    }
    write("data.csv", rows.toString());
    write("budget.yaml", BUDGET);
    release(COUNT);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  private void release(String... queries) throws IOException {
    StringBuilder text = new StringBuilder("kind: PrivacyRelease\nmetadata: {name: t}\nqueries:\n");
    Arrays.stream(queries).forEach(query -> text.append("  - ").append(query).append('\n'));
    write("release.yaml", text.toString());
  }

  private Cli run(String output, String... more) {
    return run(Map.of(), output, more);
  }

  private Cli run(Map<String, String> environment, String output, String... more) {
    Stream<String> options =
        Stream.of(
            "dp-noise",
            "--data=" + folder.resolve("data.csv"),
            "--release=" + folder.resolve("release.yaml"),
            "--budget=" + folder.resolve("budget.yaml"),
            "--ledger=" + folder.resolve("store"),
            "--output-dir=" + folder.resolve(output));
    return Cli.run(environment, Stream.concat(options, Arrays.stream(more)).toArray(String[]::new));
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
  }

  @Test
  void releasesEveryKindOfQueryWithItsPriceAndItsInterval() throws IOException {
    write("budget.yaml", BUDGET.replace("epsilon: 1", "epsilon: 400"));
    release(
        "{id: all, kind: count, epsilon: 50}",
        "{id: people, kind: count, of: patients, epsilon: 50}",
        "{id: by-race, kind: histogram, column: race, categories: [White, Black], epsilon: 50}",
        "{id: cross, kind: table, columns: [race, age], categories: {race: [Black], age: [50, 51]},"
            + " epsilon: 50}",
        "{id: years, kind: sum, column: age, lower: 0, upper: 100, epsilon: 50}",
        "{id: age, kind: mean, column: age, lower: 18, upper: 110, epsilon: 100}");
    Cli cli = run("out");
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode release = json("out/release.json");
    assertThat(Schemas.violations(release, "release")).isEmpty();
    assertThat(release.get("spent").asInt()).isEqualTo(350);
    assertThat(release.get("remaining").asInt()).isEqualTo(50);
    assertThat(release.get("ledgerSequence").asInt()).isEqualTo(1);
    assertThat(release.get("private").asBoolean()).isTrue();
    // scale 1/50: a count is off by one or more with probability 2 exp(-50) / (1 + exp(-50)) <
    // 4e-22
    assertThat(value(release, 0, 0)).isEqualTo(40);
    assertThat(value(release, 1, 0)).isEqualTo(40);
    assertThat(value(release, 2, 0)).isEqualTo(30);
    assertThat(value(release, 2, 1)).isEqualTo(10);
    assertThat(value(release, 2, 2)).isZero();
    assertThat(release.at("/queries/2/cells/1/group/race").asText()).isEqualTo("Black");
    assertThat(release.at("/queries/2/cells/2/group/race").asText()).isEqualTo("other");
    // race=Black and age 50 or 51: one each; the other 38 are other
    assertThat(value(release, 3, 0)).isEqualTo(1);
    assertThat(value(release, 3, 1)).isEqualTo(1);
    assertThat(value(release, 3, 2)).isEqualTo(38);
    // scale 100/50 = 2 for the sum: beyond 60 with probability exp(-30); 92/2/50 = 0.92 and 1/50
    // for
    // the mean of 40: off by 1 with probability below exp(-40)
    assertThat(value(release, 4, 0)).isBetween(1520.0, 1640.0);
    assertThat(value(release, 5, 0)).isBetween(38.5, 40.5);
    assertThat(read("out/report.html"))
        .contains("race=Black", "What is not protected")
        .doesNotContain("<script");
    assertThat(read("out/params/epsilon_spent")).isEqualTo("350");
    assertThat(read("out/params/epsilon_remaining")).isEqualTo("50");
    assertThat(read("out/params/ledger_sequence")).isEqualTo("1");
    assertThat(read("out/params/status")).isEqualTo("PASS");
    assertThat(Schemas.violations(json("out/verdict.json"), "verdict")).isEmpty();
    assertThat(cli.out()).contains("by-race", "race=Black", "left");
  }

  private static double value(JsonNode release, int query, int cell) {
    return release.at("/queries/" + query + "/cells/" + cell + "/value").asDouble();
  }

  @Test
  void zcdpUsesTheDiscreteGaussianAndReportsEpsilonAtDelta() throws IOException {
    write(
        "budget.yaml",
        BUDGET
            .replace("definition: pure", "definition: zcdp")
            .replace("epsilon: 1", "rho: 0.125\ndelta: 0.000001"));
    release("{id: all, kind: count, rho: 0.125}");
    assertThat(run("out").code()).isZero();
    JsonNode release = json("out/release.json");
    assertThat(release.at("/queries/0/mechanism").asText()).isEqualTo("discrete-gaussian");
    assertThat(release.at("/queries/0/rho").decimalValue()).isEqualByComparingTo("0.125");
    // sigma2 = 1 / (2 * 0.125) = 4
    assertThat(release.at("/queries/0/scale").asDouble()).isEqualTo(2);
    assertThat(read("out/params/rho_spent")).isEqualTo("0.125");
    // accounting.json, zcdp, rho 0.125 at 1e-6
    double epsilon = Double.parseDouble(read("out/params/epsilon_spent"));
    JsonNode row = accountingRow("0.125");
    assertThat(epsilon)
        .isCloseTo(row.at("/tight/1e-6").asDouble(), org.assertj.core.api.Assertions.within(1e-9));
  }

  private static JsonNode accountingRow(String rho) {
    for (JsonNode row : org.primum.privacy.Oracle.read("accounting.json").get("zcdp")) {
      if (row.get("rho").asText().equals(rho)) {
        return row;
      }
    }
    throw new AssertionError("no row for rho " + rho);
  }

  @Test
  void case22And23TenTimesATenthFitsAndTheEleventhIsRefusedWithWhatWasAskedAndLeft()
      throws IOException {
    for (int i = 0; i < 10; i++) {
      Cli cli = run("out" + i);
      assertThat(cli.code()).as(cli.err()).isZero();
    }
    Cli eleventh = run("out10");
    assertThat(eleventh.code()).isEqualTo(22);
    assertThat(eleventh.err()).contains("asks for epsilon 0.1", "only 0 is left");
    assertThat(json("out10/verdict.json").at("/rules/0/status").asText()).isEqualTo("FAIL");
    assertThat(json("out10/verdict.json").at("/rules/0/value").asDouble()).isEqualTo(1.1);
    assertThat(json("out10/verdict.json").at("/rules/0/threshold").asDouble()).isEqualTo(1);
    assertThat(folder.resolve("out10/release.json")).doesNotExist();
    assertThat(read("out10/params/exit_code")).isEqualTo("22");
    assertThat(read("out10/params/epsilon_remaining")).isEqualTo("0");
    assertThat(folder.resolve("out10/report.html")).exists();
  }

  @Test
  void theSameRunTriedAgainPublishesTheSameDrawAndPaysNothing() throws IOException {
    release(RACE);
    assertThat(run("out", "--run-id=workflow-1").code()).isZero();
    byte[] first = Files.readAllBytes(folder.resolve("out/release.json"));
    Cli again = run("again", "--run-id=workflow-1");
    assertThat(again.code()).isZero();
    assertThat(again.err()).contains("the same draw again, at no cost");
    assertThat(folder.resolve("again/release.json")).hasBinaryContent(first);
    assertThat(run(Map.of("ARGO_WORKFLOW_UID", "workflow-1"), "argo").code()).isZero();
    assertThat(folder.resolve("argo/release.json")).hasBinaryContent(first);
    assertThat(run("out", "--overwrite", "--run-id=workflow-1").code()).isZero();
    assertThat(folder.resolve("out/release.json")).hasBinaryContent(first);
  }

  @Test
  void anotherRunOrOtherBytesSpendAgain() throws IOException {
    assertThat(run("a").code()).isZero();
    assertThat(run("b").code()).isZero();
    assertThat(read("b/params/epsilon_spent")).isEqualTo("0.2");
    write("data.csv", read("data.csv") + "p40,White,33\n");
    assertThat(run("a", "--overwrite").code()).isZero();
    assertThat(read("a/params/epsilon_spent")).isEqualTo("0.3");
  }

  @Test
  void case24NoNewSessionStartsTheBudgetAgainAndAnotherBudgetIsRefused() throws IOException {
    assertThat(run("a").code()).isZero();
    write("budget.yaml", BUDGET.replace("epsilon: 1", "epsilon: 2"));
    Cli richer = run("b");
    assertThat(richer.code()).isEqualTo(10);
    assertThat(richer.err()).contains("opened with another budget", "epsilon 1", "epsilon 2");
    write("budget.yaml", BUDGET.replace("maxRows: 1", "maxRows: 2"));
    assertThat(run("b").code()).isEqualTo(10);
    write("budget.yaml", BUDGET.replace("epsilon: 1", "epsilon: 1.0"));
    assertThat(run("b").code()).isZero();
  }

  @Test
  void case26ASeedIsForTestsOnlyAndStampsEverything() throws IOException {
    Cli refused = run("out", "--insecure-test-seed=7");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("INSECURE_SEED", "PRIMUM_ALLOW_INSECURE_SEED=1");
    assertThat(folder.resolve("out")).doesNotExist();
    Map<String, String> allowed = Map.of("PRIMUM_ALLOW_INSECURE_SEED", "1");
    assertThat(run(allowed, "one", "--insecure-test-seed=7").code()).isEqualTo(20);
    assertThat(run(allowed, "two", "--insecure-test-seed=7").code()).isEqualTo(20);
    assertThat(folder.resolve("two/release.json"))
        .hasBinaryContent(Files.readAllBytes(folder.resolve("one/release.json")));
    assertThat(json("one/release.json").get("private").asBoolean()).isFalse();
    assertThat(json("one/release.json").get("ledgerSequence").isNull()).isTrue();
    assertThat(json("one/verdict.json").get("status").asText()).isEqualTo("FAIL");
    assertThat(json("one/verdict.json").at("/rules/1/metric").asText()).isEqualTo("private");
    assertThat(json("one/verdict.json").at("/rules/1/value").asDouble()).isZero();
    assertThat(read("one/metrics.json")).contains("\"private\"");
    assertThat(read("one/report.html")).contains("private: false");
    assertThat(folder.resolve("store")).doesNotExist();
  }

  /// A change to the budget or the release, the exit code, and what the message has to say.
  private record Misuse(String name, String budget, String query, int code, String message) {}

  @TestFactory
  Stream<DynamicTest> misuseIsRefusedWithAMessageThatSaysWhatToDo() {
    return Stream.of(
            release("case01InfiniteEpsilon", "{id: a, kind: count, epsilon: .inf}", "'.inf'"),
            release(
                "case02NegativeEpsilon", "{id: a, kind: count, epsilon: -1}", "epsilon must be"),
            release("case03ZeroEpsilon", "{id: a, kind: count, epsilon: 0}", "epsilon must be"),
            release("case03NanEpsilon", "{id: a, kind: count, epsilon: .nan}", "'.nan'"),
            budget("case04NanRho", zcdp("rho: .nan\ndelta: 0.000001"), "'.nan'"),
            budget("case05DeltaTwo", zcdp("rho: 1\ndelta: 2"), "delta must lie"),
            budget("case05DeltaNegative", zcdp("rho: 1\ndelta: -1"), "delta must lie"),
            budget("case06DeltaTooLarge", zcdp("rho: 1\ndelta: 0.01"), "DELTA_TOO_LARGE"),
            release("case07BoundsNan", mean("lower: .nan, upper: 1"), "'.nan'"),
            release(
                "case07BoundsReversed", mean("lower: 5, upper: 1"), "lower must be below upper"),
            release("case08BoundsInfinite", mean("lower: 0, upper: .inf"), "'.inf'"),
            release(
                "case08BoundsHuge", mean("lower: 0, upper: 1.0e+300"), "between 1e-18 and 1e18"),
            release("case09NoBounds", mean("lower: 0"), "upper: missing"),
            release("case10BoundsFromData", mean("lower: min, upper: max"), "queries"),
            budget("case16HugeContribution", BUDGET.replace("Rows: 1", "Rows: 1000000"), "maxRows"),
            budget("case17NoContribution", BUDGET.replace("Rows: 1", "Rows: 0"), "maxRows"),
            budget("case17NegativeContribution", BUDGET.replace("Rows: 1", "Rows: -1"), "maxRows"),
            budget("case18ABillionRows", BUDGET.replace("Rows: 1", "Rows: 1000000000"), "maxRows"),
            budget("case20NoUnit", BUDGET.replaceAll("unit:.*\n", ""), "UNIT_UNKNOWN"),
            release(
                "case21PrivateKeys",
                "{id: a, kind: histogram, column: race, epsilon: 0.1}",
                "categories: missing"),
            release("case28MixedDefinitions", "{id: a, kind: count, rho: 0.1}", "rho: not under"),
            release("case29TinyEpsilon", "{id: a, kind: count, epsilon: 1.0e-30}", "between"),
            release("case27RawQuery", "{id: a, kind: count, noise: none, epsilon: 1}", "noise"),
            budget("aTypo", BUDGET + "epsilonn: 1\n", "epsilonn: unknown key"),
            budget("anUnknownRelation", BUDGET.replace("add-remove", "some"), "neighbouring"),
            budget("aDatasetThatIsAPath", BUDGET.replace("clinic", "../x"), "dataset"),
            release("aQueryTypo", "{id: a, kind: count, epsilom: 1}", "epsilom: unknown key"),
            release("aCellTooMany", table(), "100000"),
            release("aDeclaredRest", RACE.replace("Black", "other"), "leave it out"),
            release(
                "aCategoryTwice",
                "{id: a, kind: histogram, column: race, categories: [A, A], epsilon: 0.1}",
                "declared twice"))
        .map(misuse -> dynamicTest(misuse.name(), () -> isRefused(misuse)));
  }

  private static String zcdp(String amounts) {
    return BUDGET.replace("definition: pure", "definition: zcdp").replace("epsilon: 1", amounts);
  }

  private static String mean(String bounds) {
    return "{id: a, kind: mean, column: age, " + bounds + ", epsilon: 0.1}";
  }

  private static String table() {
    String thousand =
        String.join(",", java.util.stream.IntStream.range(0, 1000).mapToObj(i -> "" + i).toList());
    return "{id: a, kind: table, columns: [race, age], categories: {race: [%s], age: [%s]}, epsilon: 0.1}"
        .formatted(thousand, thousand);
  }

  private static Misuse release(String name, String query, String message) {
    return new Misuse(name, BUDGET, query, 10, message);
  }

  private static Misuse budget(String name, String budget, String message) {
    return new Misuse(name, budget, COUNT, 10, message);
  }

  private void isRefused(Misuse misuse) throws IOException {
    write("budget.yaml", misuse.budget());
    release(misuse.query());
    Cli cli = run("out");
    assertThat(cli.code()).as(cli.err()).isEqualTo(misuse.code());
    assertThat(cli.err()).contains(misuse.message()).doesNotContain("bug in primum");
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(folder.resolve("store")).doesNotExist();
  }

  @Test
  void case20ADataFileWithoutTheUnitColumnIsRefusedBeforeAnythingIsSpent() throws IOException {
    write("budget.yaml", BUDGET.replace("patient_id", "person"));
    Cli cli = run("out");
    assertThat(cli.code()).isEqualTo(11);
    assertThat(cli.err()).contains("UNIT_UNKNOWN", "'person'", "patient_id, race, age");
    assertThat(folder.resolve("store")).doesNotExist();
  }

  @Test
  void aColumnThatIsNotThereIsRefusedBeforeAnythingIsSpent() throws IOException {
    release(RACE.replace("column: race", "column: rase"));
    Cli cli = run("out");
    assertThat(cli.code()).isEqualTo(11);
    assertThat(cli.err()).contains("no column 'rase'");
    assertThat(folder.resolve("store")).doesNotExist();
  }

  /// Cases 11 to 15 and 19: whatever stands in the data, the answer has the same form, the same
  /// messages and the same price.
  @Test
  void case11To15NothingInTheDataChangesWhatIsSaidAroundTheAnswer() throws IOException {
    release(RACE, AGE);
    write("budget.yaml", BUDGET.replace("epsilon: 1", "epsilon: 2"));
    Cli clean = run("clean");
    assertThat(clean.code()).as(clean.err()).isZero();
    String odd =
        "p1,Martian,NaN\np2,,Infinity\np3,White,1e308\np4,White,-1e308\np5,White,abc\n,White,30\n";
    write("data.csv", "patient_id,race,age\n" + odd);
    Cli dirty = run("dirty");
    assertThat(dirty.code()).as(dirty.err()).isZero();
    assertThat(withoutPaths(dirty.err())).isEqualTo(withoutPaths(clean.err()));
    assertThat(read("dirty/release.json")).doesNotContain("NaN", "Martian", "abc");
    assertThat(read("dirty/report.html")).doesNotContain("NaN", "Martian", "abc");
  }

  private static String withoutPaths(String text) {
    return text.replaceAll("/\\S+", "").replaceAll("epsilon (0.9|1.8) of 2", "");
  }

  @Test
  void aReleaseSaysTheNoiseBeforeItSpends() {
    Cli cli = run("out");
    // scale 10: P(|noise| >= 31) = 2 exp(-3.1) / (1 + exp(-0.1)) = 0.0473 <= 0.05 < 0.0523 at 30
    assertThat(cli.err())
        .contains("all: costs epsilon 0.1; noise moves the count by at most 30 in 95 of 100");
  }

  @Test
  void aTamperedGappedOrForkedLedgerIs13() throws IOException {
    assertThat(run("a").code()).isZero();
    assertThat(run("b").code()).isZero();
    Path ledger = folder.resolve("store/ledger/clinic");
    Path reservation = ledger.resolve("000000000001.json");
    String whole = Files.readString(reservation);
    Files.writeString(reservation, whole.replace("\"loss\" : \"0.1\"", "\"loss\" : \"0.01\""));
    expectTampered("changed");
    Files.delete(reservation);
    expectTampered("missing");
    Files.writeString(reservation, whole);
    Files.copy(reservation, ledger.resolve("000000000001-copy.json"));
    expectTampered("no release writes");
    Files.delete(ledger.resolve("000000000001-copy.json"));
    Files.writeString(ledger.resolve("000000000005.json"), whole);
    expectTampered("number 5");
    Files.delete(ledger.resolve("000000000005.json"));
    assertThat(run("c").code()).isZero();
    for (int cut = 8; cut >= 5; cut--) {
      Files.deleteIfExists(ledger.resolve("00000000000" + cut + ".json"));
    }
    expectTampered("no reservation");
  }

  private void expectTampered(String message) {
    Cli cli = run("tampered");
    assertThat(cli.code()).as(cli.err()).isEqualTo(13);
    assertThat(cli.err()).contains("LEDGER_TAMPERED", message);
    assertThat(folder.resolve("tampered")).doesNotExist();
  }

  @Test
  void aPublishedResultThatWasChangedIsNeverPublishedAgain() throws IOException {
    assertThat(run("a", "--run-id=r").code()).isZero();
    Path results = folder.resolve("store/ledger/clinic/results");
    try (Stream<Path> files = Files.list(results)) {
      List<Path> all = files.filter(f -> f.toString().endsWith(".json")).toList();
      assertThat(all).hasSize(1);
      Files.delete(all.getFirst());
    }
    Cli cli = run("b", "--run-id=r");
    assertThat(cli.code()).isEqualTo(13);
    assertThat(cli.err()).contains("never drawn again");
  }

  /// Patient a has three rows; with epsilon 50 a count is off by one with probability below 4e-22.
  @Test
  void case19AnUnderstatedContributionIsTruncatedByPatient() throws IOException {
    write("data.csv", "patient_id,race,age\na,White,30\na,White,31\na,Black,32\nb,Black,33\n");
    write("budget.yaml", BUDGET.replace("epsilon: 1", "epsilon: 100"));
    release(
        "{id: all, kind: count, epsilon: 50}",
        "{id: by-race, kind: histogram, column: race, categories: [White, Black], epsilon: 50}");
    assertThat(run("out").code()).isZero();
    JsonNode release = json("out/release.json");
    assertThat(value(release, 0, 0)).isEqualTo(2);
    assertThat(value(release, 1, 0)).isEqualTo(1);
    assertThat(value(release, 1, 1)).isEqualTo(1);
  }

  /// Scale 2 / 1 for replace-one, 1 / 1 for add-remove: a replaced patient leaves one cell and
  /// enters another (sensitivity.json, histogram, replace-one, k = 1, L1 = 2).
  @Test
  void case33ReplaceOneNeedsTwiceTheNoiseForAHistogram() throws IOException {
    release(RACE.replace("0.5", "1"));
    assertThat(run("add").code()).isZero();
    write("budget.yaml", BUDGET.replace("add-remove", "replace-one").replace("clinic", "other"));
    assertThat(run("replace").code()).isZero();
    assertThat(json("add/release.json").at("/queries/0/scale").asDouble()).isEqualTo(1);
    assertThat(json("replace/release.json").at("/queries/0/scale").asDouble()).isEqualTo(2);
    release("{id: people, kind: count, of: patients, epsilon: 1}");
    Cli known = run("known");
    assertThat(known.code()).isEqualTo(10);
    assertThat(known.err()).contains("query people", "needs no budget");
  }

  @Test
  void everythingInTheLedgerFollowsItsSchema() throws IOException {
    assertThat(run("out").code()).isZero();
    for (int sequence = 0; sequence < 3; sequence++) {
      JsonNode entry = json("store/ledger/clinic/00000000000" + sequence + ".json");
      assertThat(Schemas.violations(entry, "ledger-entry")).isEmpty();
    }
    assertThat(json("store/ledger/clinic/000000000000.json").get("type").asText())
        .isEqualTo("OPEN");
    JsonNode reserve = json("store/ledger/clinic/000000000001.json");
    assertThat(reserve.get("type").asText()).isEqualTo("RESERVE");
    assertThat(reserve.at("/events/0/noise").asText()).isEqualTo("scale 10");
    assertThat(json("store/ledger/clinic/000000000002.json").get("type").asText())
        .isEqualTo("COMMIT");
  }

  /// docs/privacy.md, "An example that runs".
  @Test
  void theExampleOfTheDocumentationRunsTwiceAndIsThenRefused() throws IOException {
    String text = Files.readString(Path.of("docs/privacy.md"), StandardCharsets.UTF_8);
    write("budget.yaml", heredoc(text, "budget.yaml"));
    write("release.yaml", heredoc(text, "release.yaml"));
    assertThat(run("one").code()).isZero();
    assertThat(run("two").code()).isZero();
    Cli third = run("three");
    assertThat(third.code()).isEqualTo(22);
    assertThat(third.err()).contains("asks for epsilon 0.4", "only 0.2 is left");
  }

  private static String heredoc(String text, String file) {
    String start = "cat > " + file + " <<'YAML'\n";
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf("YAML\n", from));
  }

  @Test
  void helpShowsAnExampleAndTheExitCodes() {
    Cli cli = Cli.run("dp-noise", "--help");
    assertThat(cli.code()).isZero();
    assertThat(cli.out()).contains("--ledger", "Example:", "22", "PRIVACY_BUDGET");
  }
}
