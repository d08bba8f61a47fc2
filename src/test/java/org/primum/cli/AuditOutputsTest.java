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
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.primum.document.Schemas;

/// Everything an audit leaves behind, of a cohort in which three people are of one group: race C.
///
/// Races A 437 and B 313, sexes F 401 and M 352 (C is 1 F and 2 M): 753 rows. Whoever knows 753,
/// 437 and 313 knows C. Every file is held against that.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuditOutputsTest {

  private static final String POLICY =
      """
      apiVersion: primum.dev/v1alpha1
      kind: FairnessPolicy
      metadata: {name: canary, revision: 3}
      data:
        label: {column: y, positive: 1, people: readmitted patients}
        score: {column: s}
        decision: {threshold: 0.3}
        origin: local
      attributes:
        - {name: race, column: race, reference: A, represents: [race], modelInput: true}
        - {name: sex, column: sex, represents: [sex]}
      intersections: [{of: [race, sex]}]
      minimum: {n: 30, positives: 15, negatives: 15}
      rules:
        - {id: missed, metric: tpr, compare: difference, over: race, min: -0.05, decide: exclude-harm, rationale: a missed patient comes back}
        - {id: alarms, metric: fpr, over: sex, max: 0.9, min: 0.01, decide: point}
        - {id: unknown, metric: missing_rate, over: race, max: 0.5}
      """;

  private final Map<String, String> files = new TreeMap<>();
  private Cli run = new Cli(0, "", "");

  @BeforeAll
  void audit(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("data.csv"), rows());
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    run =
        Cli.run(
            Map.of("PRIMUM_TERMINATION_LOG", folder.resolve("termination").toString()),
            "fairness-audit",
            "--data=" + folder.resolve("data.csv"),
            "--policy=" + folder.resolve("policy.yaml"),
            "--output-dir=" + folder.resolve("out"),
            "--junit=" + folder.resolve("junit.xml"),
            "--sarif=" + folder.resolve("sarif.json"),
            "--summary=" + folder.resolve("summary.md"));
    assertThat(run.code()).as(run.err()).isIn(0, 20, 21);
    for (String beside : List.of("termination", "junit.xml", "sarif.json", "summary.md")) {
      files.put(beside, Files.readString(folder.resolve(beside)));
    }
    try (Stream<Path> walk = Files.walk(folder.resolve("out"))) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        String name = folder.resolve("out").relativize(file).toString();
        files.put(name, new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
    files.put("stdout", run.out());
    files.put("stderr", run.err());
  }

  /// Scores spread over 97 values, the label more likely with a higher one; all by arithmetic.
  private static String rows() {
    StringBuilder csv = new StringBuilder("y,s,race,sex\n");
    for (int i = 0; i < 750; i++) {
      String race = i < 437 ? "A" : "B";
      String sex = i % 15 < 8 ? "F" : "M";
      double score = (i * 37 % 97) / 97.0;
      int label = (i * 53 % 101) / 101.0 < score ? 1 : 0;
      csv.append(label).append(',').append(score).append(',').append(race).append(',');
      csv.append(sex).append('\n');
    }
    return csv.append("1,0.7,C,F\n1,0.9,C,M\n0,0.1,C,M\n").toString();
  }

  private String text(String name) {
    return files.getOrDefault(name, "");
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(text(name));
  }

  @Test
  void holdEveryFormOfTheEvidence() {
    assertThat(files)
        .containsKeys(
            "verdict.json",
            "metrics.json",
            "curves.json",
            "report.html",
            "metrics.prom",
            "tally.bin",
            "exports/metrics.csv",
            "exports/hti1.json",
            "exports/section-92-210.json",
            "exports/annex-iv.md");
  }

  @Test
  void keepToTheirSchemas() throws IOException {
    Map<String, String> schemas =
        Map.of(
            "verdict.json", "verdict",
            "metrics.json", "metrics",
            "curves.json", "curves",
            "exports/hti1.json", "source-attributes",
            "exports/section-92-210.json", "decision-tools");
    for (Map.Entry<String, String> file : schemas.entrySet()) {
      assertThat(Schemas.violations(json(file.getKey()), file.getValue()))
          .as(file.getKey())
          .isEmpty();
    }
  }

  /// Whoever wants to draw the same again finds how.
  @Test
  void sayHowNumbersWereDrawnAnew() throws IOException {
    assertThat(json("metrics.json").at("/bootstrap/replicates").asInt()).isEqualTo(10_000);
    assertThat(json("metrics.json").at("/bootstrap/seed").asLong()).isEqualTo(20260901);
    assertThat(json("manifest.json").at("/seed").asLong()).isEqualTo(20260901);
  }

  // three people of a group are told nowhere, and cannot be computed

  /// A and B and C make all; of C alone nothing has a number but none.
  @Test
  void tellNoNumberOfTheThree() throws IOException {
    for (JsonNode metric : json("metrics.json").get("metrics")) {
      String group = metric.get("group").asText();
      if (group.startsWith("race=C") && !metric.get("metric").asText().equals("missing_rate")) {
        assertThat(metric.get("value").isNull()).as(metric.toString()).isTrue();
        assertThat(metric.get("n").asInt()).as(metric.toString()).isZero();
        assertThat(metric.get("ci").isNull()).as(metric.toString()).isTrue();
      }
    }
    for (JsonNode rule : json("verdict.json").get("rules")) {
      if (rule.get("group").asText().startsWith("race=C")) {
        assertThat(rule.get("n").isNull()).as(rule.toString()).isTrue();
        assertThat(rule.get("value").isNull()).as(rule.toString()).isTrue();
      }
    }
  }

  /// Who knows how many are in A and in B of 753 knows C: not all three may be told as one number.
  /// The end of a range may be any number, by chance the right one too.
  @Test
  void tellNotAllOfWhatTheThreeCouldBeComputedFrom() {
    Pattern all = Pattern.compile("(?<![\\d.])(?<!to )753(?![\\d.]| to)");
    Pattern a = Pattern.compile("(?<![\\d.])(?<!to )437(?![\\d.]| to)");
    Pattern b = Pattern.compile("(?<![\\d.])(?<!to )313(?![\\d.]| to)");
    StringBuilder everything = new StringBuilder();
    files.forEach((name, text) -> {
      if (!name.equals("tally.bin") && !name.equals("manifest.json")) {
        everything.append(text).append('\n');
      }
    });
    List<Boolean> told = new ArrayList<>();
    for (Pattern number : List.of(all, a, b)) {
      told.add(number.matcher(everything).find());
    }
    assertThat(told).as("753, 437, 313 told").contains(false);
  }

  /// The rates with their n give numerators and denominators; of each pair that adds up with C, one
  /// is not there, or only roughly.
  @Test
  void tellNoRateFromWhichTheThreeCouldBeComputed() throws IOException {
    List<String> approximate = new ArrayList<>();
    json("metrics.json").at("/suppression/approximate").forEach(g -> approximate.add(g.asText()));
    assertThat(approximate).contains("race=C");
    assertThat(approximate.stream().filter(List.of("overall", "race=A", "race=B")::contains))
        .as("another number that adds up with it is rough")
        .isNotEmpty();
    assertThat(json("curves.json").get("curves").findValuesAsText("group"))
        .doesNotContain("race=C")
        .doesNotContainAnyElementsOf(approximate);
  }

  /// Names of groups are told; whoever is in one is not counted.
  @Test
  void sayOfTheThreeThatTheyAreTooFew() {
    assertThat(text("report.html")).contains("race=C", "fewer than 11");
    assertThat(text("stdout")).contains("race=C", "fewer than 11");
    assertThat(text("metrics.prom"))
        .doesNotContain("group=\"race=C\",stat")
        .doesNotContainPattern("primum_metric\\{[^}]*race=C")
        .contains("primum_metrics_absent{step=\"fairness-audit\",reason=\"suppressed\"}");
  }

  @Test
  void writeNoNumberThatIsNone() {
    files.forEach((name, text) -> {
      if (!name.equals("tally.bin")) {
        assertThat(text).as(name).doesNotContain("NaN");
      }
    });
  }

  // exports

  @Test
  void nameThe31SourceAttributesOfTheRegulation() throws IOException {
    JsonNode hti = json("exports/hti1.json");
    List<String> paragraphs = hti.get("sourceAttributes").findValuesAsText("paragraph");
    List<String> expected = new ArrayList<>();
    int[] points = {4, 4, 2, 4, 2, 4, 5, 4, 2};
    List<String> roman = List.of("i", "ii", "iii", "iv", "v");
    for (int part = 0; part < points.length; part++) {
      for (int point = 0; point < points[part]; point++) {
        expected.add("(b)(11)(iv)(B)(" + (part + 1) + ")(" + roman.get(point) + ")");
      }
    }
    assertThat(paragraphs).hasSize(31).isEqualTo(expected);
    assertThat(hti.get("label").asText()).contains("no statement of compliance");
  }

  /// The data are local, so the audit speaks to fairness and validity in local data, and not to
  /// those in data of another origin.
  @Test
  void fillOnlyWhatTheAuditKnows() throws IOException {
    JsonNode local = sourceAttribute("maintenance_local_fairness");
    assertThat(local.get("value").asText()).contains("canary, revision 3");
    assertThat(local.get("evidence").findValuesAsText("rule")).contains("missed");
    assertThat(sourceAttribute("maintenance_local_validity").get("evidence")).isNotEmpty();
    for (String open : List.of("performance_external_fairness", "details_developer")) {
      assertThat(sourceAttribute(open).get("value").isNull()).as(open).isTrue();
      assertThat(sourceAttribute(open).get("note").asText())
          .isEqualTo("not provided by this audit");
    }
    JsonNode race = json("exports/hti1.json").get("variables").get(0);
    assertThat(race.get("attributes").get(0).asText()).isEqualTo("race");
    assertThat(race.get("modelInput").asBoolean()).isTrue();
    JsonNode sex = json("exports/hti1.json").get("variables").get(5);
    assertThat(sex.get("modelInput").isNull()).isTrue();
  }

  private JsonNode sourceAttribute(String key) throws IOException {
    for (JsonNode attribute : json("exports/hti1.json").get("sourceAttributes")) {
      if (attribute.get("key").asText().equals("predictive_" + key)) {
        return attribute;
      }
    }
    throw new AssertionError("no source attribute " + key);
  }

  @Test
  void pointToRulesAndMetricsThatAreThere() throws IOException {
    List<String> rules = json("verdict.json").get("rules").findValuesAsText("id");
    List<String> metrics = json("metrics.json").get("metrics").findValuesAsText("metric");
    for (String export : List.of("exports/hti1.json", "exports/section-92-210.json")) {
      assertThat(rules).as(export).containsAll(json(export).findValuesAsText("rule"));
      assertThat(metrics).as(export).containsAll(json(export).findValuesAsText("metric"));
    }
    assertThat(text("exports/annex-iv.md"))
        .contains("no statement of compliance", "missed", "a missed patient comes back")
        .contains("Not provided by this audit");
  }

  @Test
  void inventoryTheGroundsOfSection1557() throws IOException {
    JsonNode grounds = json("exports/section-92-210.json").get("grounds");
    assertThat(grounds.findValuesAsText("ground"))
        .containsExactly("race", "color", "national-origin", "sex", "age", "disability");
    assertThat(grounds.get(0).at("/attributes/0/results")).isNotEmpty();
    assertThat(grounds.get(5).get("attributes")).isEmpty();
    assertThat(grounds.get(0).at("/mitigation/measure").isNull()).isTrue();
  }

  @Test
  void giveASpreadsheetNoFormula() {
    String csv = text("exports/metrics.csv");
    assertThat(csv.lines().skip(1))
        .allSatisfy(line -> {
          for (String cell : line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)) {
            boolean text = cell.startsWith("\"");
            assertThat(text ? cell.substring(1) : cell)
                .doesNotStartWith("=")
                .doesNotStartWith("@")
                .doesNotStartWith("+");
            if (!text && !cell.isEmpty() && !cell.equals("yes") && !cell.equals("no")) {
              assertThat(cell).as(line).matches("-?[0-9.]+(E-?[0-9]+)?");
            }
          }
        });
    assertThat(csv).contains("\"alarms\"", "\"evidence, not compliance\"");
  }

  // one series a number

  @Test
  void exposeEachSeriesOnce() {
    List<String> series =
        text("metrics.prom")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.substring(0, line.lastIndexOf(' ')))
            .toList();
    assertThat(series).doesNotHaveDuplicates();
    assertThat(series)
        .contains(
            "primum_fairness_metric{rule=\"alarms\",attribute=\"sex\",group=\"sex=F\",limit=\"max\",stat=\"value\"}",
            "primum_fairness_rule{rule=\"alarms\",attribute=\"sex\",group=\"sex=F\",limit=\"min\"}",
            "primum_fairness_gate{step=\"fairness-audit\"}");
  }

  // what the page tells

  @Test
  void tellAClinicianWhatTheBaseRatesForceAndWhatWasNotMeasured() throws IOException {
    assertThat(text("report.html"))
        .contains("Does a score mean the same for every group?")
        .contains("Does acting on the score help every group?")
        .contains("What was not measured, and why")
        .contains("A missed patient comes back");
    assertThat(json("metrics.json").get("notMeasured").findValuesAsText("metric"))
        .contains("need_at", "individual fairness");
  }
}
