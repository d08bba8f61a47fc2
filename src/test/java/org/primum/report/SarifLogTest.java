package org.primum.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.primum.gate.Finding;
import org.primum.gate.Status;

/// One finding of each status, of a rule with its status for a name. The whole file is held against
/// the schema of OASIS and the rules of GitHub's code scanning by scripts/e2e/ci.sh.
final class SarifLogTest {

  private static final SarifLog.Policy POLICY =
      new SarifLog.Policy("policies/fairness.yaml", Map.of("FAIL", 16, "audit", 7));

  private static JsonNode run(Finding... findings) throws IOException {
    byte[] sarif = SarifLog.write(Findings.report(List.of(findings)), POLICY);
    JsonNode log = new ObjectMapper().readTree(sarif);
    assertThat(log.get("version").asText()).isEqualTo("2.1.0");
    assertThat(log.get("runs")).hasSize(1);
    return log.get("runs").get(0);
  }

  private static JsonNode ofEachStatus() throws IOException {
    return run(
        Stream.of(Status.values())
            .map(status -> Findings.of(status.name(), "race=Black", -0.25, status))
            .toArray(Finding[]::new));
  }

  @Test
  void whatIsMetIsNoResultButARule() throws IOException {
    JsonNode run = ofEachStatus();
    assertThat(run.at("/tool/driver/rules").findValuesAsText("id"))
        .containsExactly("PASS", "WAIVED", "WARN", "INCONCLUSIVE", "FAIL");
    assertThat(run.get("results").findValuesAsText("ruleId"))
        .containsExactly("WAIVED", "WARN", "INCONCLUSIVE", "FAIL");
  }

  @Test
  void whatBlocksIsAnError() throws IOException {
    JsonNode results = ofEachStatus().get("results");
    assertThat(results.findValuesAsText("level"))
        .containsExactly("note", "warning", "error", "error");
    assertThat(results.get(0).at("/suppressions/0/justification").asText())
        .isEqualTo("because WAIVED");
    assertThat(results.get(3).has("suppressions")).isFalse();
  }

  @Test
  void aResultSaysOfWhomAndWhereItsLimitStands() throws IOException {
    JsonNode result = run(Findings.of("FAIL", "race=Black", -0.25, Status.FAIL)).at("/results/0");
    assertThat(result.at("/message/text").asText())
        .isEqualTo(
            "FAIL, not met: because FAIL. (race=Black against race=White, tpr difference: -0.2500,"
                + " interval [-0.3500, -0.1500], n 1,234, limit at least -0.05.)");
    JsonNode location = result.at("/locations/0");
    assertThat(location.at("/logicalLocations/0/name").asText()).isEqualTo("race=Black");
    assertThat(location.at("/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("policies/fairness.yaml");
    assertThat(location.at("/physicalLocation/region/startLine").asInt()).isEqualTo(16);
  }

  @Test
  void aRuleOfAStepHasTheLineOfTheStepAndAnUnknownOneTheFirst() throws IOException {
    JsonNode results =
        run(
                Findings.of("audit:parity", "race=Black", -0.25, Status.FAIL),
                Findings.of("elsewhere", "race=Black", -0.25, Status.FAIL))
            .get("results");
    assertThat(results.findValuesAsText("startLine")).containsExactly("7", "1");
  }

  @Test
  void theFingerprintIsOfRuleAndGroupNotOfTheValue() throws IOException {
    List<String> prints =
        run(
                Findings.of("a", "race=Black", -0.25, Status.FAIL),
                Findings.of("a", "race=Black", -0.31, Status.INCONCLUSIVE),
                Findings.of("a", "race=Asian", -0.25, Status.FAIL),
                Findings.of("b", "race=Black", -0.25, Status.FAIL))
            .get("results")
            .findValuesAsText("primaryLocationLineHash");
    assertThat(prints.get(0)).matches("[0-9a-f]{16}:1").isEqualTo(prints.get(1));
    assertThat(prints.subList(1, 4)).doesNotHaveDuplicates();
  }

  @Test
  void oneStepDoesNotCloseTheAlertsOfAnother() throws IOException {
    assertThat(run().at("/automationDetails/id").asText()).isEqualTo("primum/fairness-audit/");
  }

  @Test
  void theWordsOfTheReportComeBeforeTheReason() throws IOException {
    Finding finding = Findings.of("FAIL", "race=Black", -0.25, Status.FAIL);
    Report report =
        Findings.report(List.of(finding))
            .checking(
                List.of(
                    new Report.Check(
                        Status.FAIL, "FAIL", "who is missed", "", "Of 1,000, 250 more.", "")));
    JsonNode run = new ObjectMapper().readTree(SarifLog.write(report, POLICY)).at("/runs/0");
    assertThat(run.at("/results/0/message/text").asText())
        .startsWith("FAIL, not met: Of 1,000, 250 more. (race=Black");
    assertThat(run.at("/tool/driver/rules/0/shortDescription/text").asText())
        .isEqualTo("FAIL: who is missed");
  }
}
