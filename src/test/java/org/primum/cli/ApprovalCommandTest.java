package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.primum.step.release.ReleaseFixture.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.document.Schemas;
import org.primum.gate.Status;
import org.primum.step.release.ReleaseFixture;

/// A person has the last word where the policy or the workflow asks for one. Model `a` passes its
/// gate; what is left is the approval.
final class ApprovalCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path root;
  private ReleaseFixture fixture;
  private List<Path> evidence = List.of();
  private int runs;

  @BeforeEach
  void makeFixture() {
    fixture = new ReleaseFixture(root, Clock.systemUTC());
    evidence = fixture.passing("a");
  }

  @Test
  void whereNobodyApprovedNothingMovesAndTheNodeSaysSo() throws IOException {
    Cli promote = promote(asking());
    assertThat(promote.code()).isEqualTo(23);
    assertThat(termination())
        .startsWith("APPROVAL_MISSING: ")
        .contains("nobody approved the release of readmission;")
        .contains("approval");
    assertThat(root.resolve("registry")).doesNotExist();
    JsonNode verdict = JSON.readTree(last("verdict.json").toFile());
    assertThat(Schemas.violations(verdict, "verdict")).isEmpty();
    assertThat(verdict.get("status").asText()).isEqualTo("FAIL");
    assertThat(verdict.get("rules").findValuesAsText("id")).contains("approval");
    assertThat(last("params/exit_code")).hasContent("23");
    assertThat(last("report.html")).content().contains("Not approved").contains("approval");
    assertThat(promote.out()).contains("FAIL approval");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasRejectedIsNotPromotedWhetherOrNotThePolicyAsks(boolean asks) throws IOException {
    Path policy = asks ? asking() : fixture.policy();
    Cli promote = promote(policy, "--approval=reject", "--approver=Dr. Grace Hopper");
    assertThat(promote.code()).isEqualTo(23);
    assertThat(termination())
        .contains("APPROVAL_MISSING: ")
        .contains("Dr. Grace Hopper rejected the release of readmission;");
    assertThat(root.resolve("registry")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasApprovedIsPromotedAndTheRegistryKnowsByWhom(boolean asks) throws IOException {
    Path policy = asks ? asking() : fixture.policy();
    Cli promote = promote(policy, "--approval=approve", "--approver=Dr. Grace Hopper");
    assertThat(promote.err()).contains("Promoted");
    assertThat(promote.code()).isZero();
    assertThat(last("report.html")).content().contains("approved by Dr. Grace Hopper");
    JsonNode decision = decision();
    assertThat(Schemas.violations(decision, "decision")).isEmpty();
    assertThat(decision.get("reason").asText()).isEqualTo("approved by Dr. Grace Hopper");
    assertThat(decision.get("rules").findValuesAsText("id")).contains("approval");
  }

  @Test
  void anApprovalMayStandWithoutAName() throws IOException {
    assertThat(promote(asking(), "--approval=approve").code()).isZero();
    assertThat(decision().get("reason").asText()).isEqualTo("approved; by whom was not said");
  }

  @Test
  void withoutAPolicyThatAsksAndWithoutAnAnswerTheEvidenceDecidesAlone() throws IOException {
    assertThat(promote(fixture.policy(), "--approval=", "--approver=").code()).isZero();
    assertThat(decision().get("reason").asText()).isEmpty();
    assertThat(decision().get("rules").findValuesAsText("id")).doesNotContain("approval");
  }

  /// A template names the approver of a question that nobody answered.
  @Test
  void aNameAloneIsNoApproval() throws IOException {
    assertThat(promote(asking(), "--approval=", "--approver=admin").code()).isEqualTo(23);
    assertThat(termination()).contains("nobody approved");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "approved", "true", "approve,reject", " ", "{{tasks.approve}}"})
  void anyOtherWordIsAUsageError(String word) throws IOException {
    Cli promote = promote(fixture.policy(), "--approval=" + word);
    assertThat(promote.code()).isEqualTo(2);
    assertThat(promote.err()).contains("--approval");
    assertThat(root.resolve("registry")).doesNotExist();
  }

  @Test
  void anApproverThatIsNoNameIsAUsageError() throws IOException {
    for (String name : List.of("a\nb", "a\u202eb", "x".repeat(201))) {
      Cli promote = promote(fixture.policy(), "--approval=approve", "--approver=" + name);
      assertThat(promote.code()).as(name).isEqualTo(2);
      assertThat(promote.err()).contains("--approver");
    }
  }

  @ParameterizedTest
  @CsvSource({"-0.08,20,refused", "-0.02,21,not known"})
  void noApprovalHelpsAModelThatItsEvidenceDoesNotCarry(double difference, int code, String word)
      throws IOException {
    Path audit = fixture.audit("a", difference, difference < -0.05 ? Status.FAIL : Status.PASS);
    evidence = code == 20 ? List.of(root.resolve("a/train"), audit) : List.of(audit);
    for (String approval : List.of("approve", "reject", "")) {
      Cli promote = promote(asking(), "--approval=" + approval);
      assertThat(promote.code()).isEqualTo(code);
      assertThat(promote.err()).containsIgnoringCase(word);
    }
  }

  @Test
  void aModelThatIsCurrentAlreadyCanBeRejectedToo() throws IOException {
    assertThat(promote(asking(), "--approval=approve").code()).isZero();
    String before = ReleaseFixture.everything(root.resolve("registry"));
    assertThat(promote(asking(), "--approval=reject").code()).isEqualTo(23);
    assertThat(promote(asking()).code()).isEqualTo(23);
    assertThat(ReleaseFixture.everything(root.resolve("registry"))).isEqualTo(before);
    assertThat(last("report.html")).content().contains("Where the registry stands");
  }

  @Test
  void theGateDoesNotAskForAnApproval() throws IOException {
    Cli gate =
        Cli.run(
            "gate",
            "--policy=" + asking(),
            evidence(evidence),
            "--output-dir=" + root.resolve("gate"));
    assertThat(gate.code()).isZero();
    assertThat(Cli.run("gate", "--help").out()).contains("approval");
  }

  @Test
  void anotherWordInThePolicyIsRejectedWithItsKey() throws IOException {
    Path policy = Files.writeString(root.resolve("wrong.yaml"), policy("approval: optional"));
    Cli promote = promote(policy, "--approval=approve");
    assertThat(promote.code()).isEqualTo(10);
    assertThat(promote.err()).contains("approval");
  }

  private Cli promote(Path policy, String... more) {
    runs++;
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "promote",
                "--model=" + fixture.model("a"),
                "--name=readmission",
                "--registry=" + root.resolve("registry"),
                "--policy=" + policy,
                evidence(evidence),
                "--output-dir=" + root.resolve("out-" + runs)));
    arguments.addAll(List.of(more));
    return Cli.run(
        Map.of("PRIMUM_TERMINATION_LOG", root.resolve("termination").toString()),
        arguments.toArray(String[]::new));
  }

  private Path asking() throws IOException {
    return Files.writeString(root.resolve("asking.yaml"), policy("approval: required"));
  }

  private static String policy(String approval) {
    return """
    kind: ReleasePolicy
    metadata: {name: readmission-release, revision: 1}
    %s
    require:
      - {step: train, rules: [{metric: auroc, min: 0.70}]}
      - {step: fairness-audit}
    """
        .formatted(approval);
  }

  private JsonNode decision() throws IOException {
    Path registry = root.resolve("registry");
    JsonNode pointer = JSON.readTree(registry.resolve("models/readmission/current.json").toFile());
    String hex = pointer.get("decision").asText().substring("sha256:".length());
    return JSON.readTree(
        registry.resolve("blobs/sha256").resolve(hex.substring(0, 2)).resolve(hex).toFile());
  }

  private String termination() throws IOException {
    return Files.readString(root.resolve("termination"));
  }

  private Path last(String file) {
    return root.resolve("out-" + runs).resolve(file);
  }
}
