package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.primum.document.Schemas;

/// What people see of an audit that asks for everything: strata, needs, numbers of all groups at
/// once. 1,200 rows of which nothing is small; B needs one more than A at every score.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuditPageTest {

  private static final String POLICY =
      """
      apiVersion: primum.dev/v1alpha1
      kind: FairnessPolicy
      metadata: {name: everything, revision: 1}
      data:
        label: {column: y, positive: 1, people: readmitted patients}
        score: {column: s}
        decision: {threshold: 0.5}
        need: {column: visits}
      attributes: [{name: race, column: race, reference: A}]
      condition: [acuity]
      suppress: {below: 0}
      rules:
        - {id: both-sides, metric: fpr, compare: ratio, over: race, min: 0.8, max: 1.25, decide: point}
        - {id: alike, metric: selection_rate, compare: difference, over: race, min: -0.05, within: condition, decide: exclude-harm}
        - {id: same, metric: "homogeneity[tpr]", over: race, min: 0.05, decide: point}
        - {id: apart, metric: "max_t[tpr]", over: race, min: 0.05, decide: point}
        - {id: epsilon, metric: edf, over: race, max: 2, decide: point}
        - {id: strata, metric: cdd, over: race, max: 0.05, decide: exclude-harm}
        - {id: need, metric: "need_gap@0.5", over: race, max: 0.3, decide: exclude-harm}
      """;

  private Path folder = Path.of("");
  private String page = "";

  @BeforeAll
  void audit(@TempDir Path temporary) throws IOException {
    folder = temporary;
    StringBuilder csv = new StringBuilder("y,s,race,acuity,visits\n");
    for (int i = 0; i < 1_200; i++) {
      boolean b = i % 3 == 0;
      double score = (i * 37 % 101) / 101.0;
      int label = (i * 53 % 97) / 97.0 < score ? 1 : 0;
      csv.append(label).append(',').append(b ? score * 0.8 : score).append(',');
      csv.append(b ? "B" : "A").append(',').append(i % 2 == 0 ? "high" : "low").append(',');
      csv.append((b ? 1 : 0) + i % 4 + Math.round(4 * score)).append('\n');
    }
    Files.writeString(folder.resolve("data.csv"), csv);
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Cli run = run("out");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    page = Files.readString(folder.resolve("out/report.html"), StandardCharsets.UTF_8);
  }

  private Cli run(String out, String... more) {
    List<String> arguments =
        Stream.concat(
                Stream.of(
                    "fairness-audit",
                    "--data=" + folder.resolve("data.csv"),
                    "--policy=" + folder.resolve("policy.yaml"),
                    "--on-violation=report",
                    "--output-dir=" + folder.resolve(out)),
                Stream.of(more))
            .toList();
    return Cli.run(Map.of(), arguments.toArray(String[]::new));
  }

  /// The part of the page under a heading that begins so.
  private String section(String heading) {
    int from = page.indexOf("<h2>" + heading);
    assertThat(from).as(heading).isPositive();
    return page.substring(from, page.indexOf("</section>", from));
  }

  @Test
  void everyRuleHasAPictureAndEveryPictureWords() {
    for (String rule :
        List.of("both-sides", "alike", "same", "apart", "epsilon", "strata", "need")) {
      assertThat(section("Rule " + rule + ":")).as(rule).contains("<svg");
    }
    assertThat(page.split("<svg", -1)).hasSameSizeAs(page.split("role=\"img\"", -1));
    assertThat(page).doesNotContain("aria-label=\"\"");
  }

  @Test
  void strataStandBesideEachOther() {
    assertThat(section("Rule alike:"))
        .contains("panels large", ">acuity=high<", ">acuity=low<")
        .contains("among those who are alike")
        .doesNotContain("race=B|acuity=high");
  }

  /// A group with a limit on either side is one row, with both limits named.
  @Test
  void aGroupIsDrawnOnceWhereThereAreTwoLimits() {
    String svg = section("Rule both-sides:");
    svg = svg.substring(svg.lastIndexOf("<svg"));
    assertThat(svg.split(">race=B<", -1)).hasSize(2);
    assertThat(svg).contains(">at least 0.8<", ">at most 1.25<");
  }

  @Test
  void aTestOfAllGroupsShowsWhatItTests() {
    assertThat(section("Rule same:")).contains("chance would put them", "true positive rate");
    assertThat(section("Rule apart:")).contains("All differences lie within these intervals");
    assertThat(section("Rule epsilon:")).contains("over all groups that can be judged");
  }

  @Test
  void needStandsBesideEqualScoresWithItsUnit() throws IOException {
    assertThat(section("Do equal scores mean equal need?"))
        .contains("mean visits by tenth of the score", "race=A 1:", "race=B 1:", "column visits");
    assertThat(section("Rule need:")).contains("in the unit of visits").doesNotContain("`");
    JsonNode curves = new ObjectMapper().readTree(folder.resolve("out/curves.json").toFile());
    assertThat(Schemas.violations(curves, "curves")).isEmpty();
    assertThat(curves.get("needByTenth").findValuesAsText("group"))
        .containsExactly("overall", "race=A", "race=B");
  }

  /// Visits are no people: a difference of means is not so many of the rows.
  @Test
  void onlySharesAreToldInPeople() {
    String checks = section("What was asked");
    assertThat(checks.substring(checks.indexOf("<b>need</b>")))
        .doesNotContain("In these data that is about")
        .contains("race=B: need_at@0.5 is");
  }

  @Test
  void decisionCurvesHaveBandsAndSayWhatTheyAre() {
    assertThat(section("Does acting on the score help every group?"))
        .contains("class=\"band\"", "95 % interval", "not hold for all thresholds at once");
  }

  // ---- which exports are written

  @Test
  void writesTheExportsThatAreNamedAndNoOthers() throws IOException {
    Cli run = run("some", "--export=csv,annex-iv");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(written("some")).containsExactly("annex-iv.md", "metrics.csv");
    assertThat(written("out"))
        .containsExactly("annex-iv.md", "hti1.json", "metrics.csv", "section-92-210.json");
    assertThat(run("empty", "--export=").code()).isZero();
    assertThat(written("empty")).isEqualTo(written("out"));
  }

  private List<String> written(String out) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(out).resolve("exports"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void namesTheExportsThereAreWhereOneIsUnknown() {
    Cli run = run("none", "--export=csv,pdf");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("'pdf'", "csv, hti1, section-92-210, annex-iv");
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
