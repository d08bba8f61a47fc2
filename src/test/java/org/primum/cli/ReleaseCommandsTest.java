package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.primum.step.release.ReleaseFixture.edit;
import static org.primum.step.release.ReleaseFixture.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.document.Documents;
import org.primum.document.PointerDocument;
import org.primum.document.Source;
import org.primum.gate.Status;
import org.primum.promotion.Pointer;
import org.primum.promotion.Slot;
import org.primum.step.release.ReleaseFixture;

/// The commands `gate`, `promote`, `rollback` and `status`, on output directories as steps leave
/// them: models named by a letter, each with a training and an audit.
final class ReleaseCommandsTest {

  @TempDir Path root;
  private ReleaseFixture fixture;
  private int runs;

  @BeforeEach
  void makeFixture() {
    fixture = new ReleaseFixture(root, Clock.systemUTC());
    fixture.policy();
  }

  @Test
  void theGatePassesHonestEvidenceAndSaysSo() {
    Cli gate = gate(fixture.passing("a"));
    assertThat(gate.code()).isZero();
    assertThat(gate.out()).contains("train:auroc").contains("0.75").contains("at least 0.7");
    assertThat(last("verdict.json")).content().contains("\"status\" : \"PASS\"");
    assertThat(last("params/model")).hasContent(fixture.digest("a").value());
  }

  @Test
  void theGateTakesTheModelAtHand() {
    var evidence = fixture.passing("a");
    fixture.passing("b");
    assertThat(gate(evidence, "--model=" + fixture.model("a")).code()).isZero();
    assertThat(gate(evidence, "--model=" + fixture.model("b")).code()).isEqualTo(21);
    assertThat(last("report.html")).content().contains("foreign").contains("it speaks of model");
  }

  @Test
  void evidenceMayBeGivenOptionByOption() {
    var evidence = fixture.passing("a");
    Cli gate =
        Cli.run(
            "gate",
            "--policy=" + fixture.policy(),
            "--evidence=" + evidence.getFirst(),
            "--evidence=" + evidence.getLast(),
            "--model=",
            "--junit=",
            "--output-dir=" + root.resolve("given"));
    assertThat(gate.code()).isZero();
  }

  @Test
  void aRuleThatIsBrokenRefusesTheModel() {
    Cli gate = gate(List.of(fixture.train("a", 0.69), fixture.audit("a", -0.02, Status.PASS)));
    assertThat(gate.code()).isEqualTo(20);
    assertThat(last("verdict.json"))
        .content()
        .contains("0.69 is outside the limit of at least 0.7");
  }

  @Test
  void aMissingStepIsNotKnown() {
    Cli gate = gate(List.of(fixture.train("a", 0.75)));
    assertThat(gate.code()).isEqualTo(21);
    assertThat(gate.out())
        .contains("INCONCLUSIVE fairness-audit:evidence: missing: no evidence of step");
  }

  @Test
  void aDirectoryThatIsNotThereIsNotKnown() {
    var evidence = new ArrayList<>(fixture.passing("a"));
    evidence.add(root.resolve("nowhere"));
    assertThat(gate(evidence).code()).isEqualTo(21);
    assertThat(last("report.html")).content().contains("no such directory");
  }

  @Test
  void anOldAuditIsNotKnown() {
    fixture.train("a", 0.75);
    var then = new ReleaseFixture(root, Clock.offset(Clock.systemUTC(), Duration.ofDays(-31)));
    assertThat(gate(List.of(root.resolve("a/train"), then.audit("a", 0, Status.PASS))).code())
        .isEqualTo(21);
  }

  @Test
  void anAuditFromTheFutureIsNotKnown() {
    fixture.train("a", 0.75);
    var later = new ReleaseFixture(root, Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
    assertThat(gate(List.of(root.resolve("a/train"), later.audit("a", 0, Status.PASS))).code())
        .isEqualTo(21);
    assertThat(last("report.html")).content().contains("dated in the future");
  }

  @Test
  void anAuditThatClaimsAPassItsNumbersDoNotGiveIsRefused() {
    fixture.train("a", 0.75);
    var lying = fixture.audit("a", -0.08, Status.PASS);
    assertThat(gate(List.of(root.resolve("a/train"), lying)).code()).isEqualTo(20);
    assertThat(last("verdict.json")).content().contains("recorded as PASS, but recomputed");
  }

  @Test
  void ofTwoAuditsOfOneModelTheBadOneDecides() {
    var evidence = new ArrayList<>(fixture.passing("a"));
    evidence.add(fixture.audit("a", root.resolve("a/second"), -0.08, Status.FAIL));
    assertThat(gate(evidence).code()).isEqualTo(20);
  }

  @Test
  void aStatusEditedInTheVerdictIsAProvenanceError() {
    fixture.train("a", 0.75);
    var audit = fixture.audit("a", -0.08, Status.FAIL);
    edit(audit.resolve("verdict.json"), "\"FAIL\"", "\"PASS\"");
    assertTampered(gate(List.of(root.resolve("a/train"), audit)), "params/status");
  }

  @Test
  void aStatusCannotBeEditedByTakingAwayWhatRepeatsIt() throws IOException {
    fixture.train("a", 0.75);
    var audit = fixture.audit("a", -0.08, Status.FAIL);
    edit(audit.resolve("verdict.json"), "\"FAIL\"", "\"PASS\"");
    Files.delete(audit.resolve("params/status"));
    assertTampered(gate(List.of(root.resolve("a/train"), audit)), "params/status is missing");
  }

  @Test
  void aNoisyReleaseThatIsTakenAwayIsAProvenanceError() throws IOException {
    var evidence = new ArrayList<>(fixture.passing("a"));
    evidence.add(fixture.noise("open", "{\"private\": false, \"ledgerSequence\": 7}"));
    assertThat(gate(evidence).code()).isEqualTo(21);
    Files.delete(evidence.getLast().resolve("release.json"));
    assertTampered(gate(evidence), "release.json is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"report.html", "metrics.prom", "params/exit_code"})
  void anEditedFileThatNoRuleReadsIsAProvenanceErrorToo(String file) throws IOException {
    var evidence = fixture.passing("a");
    Files.writeString(evidence.getLast().resolve(file), " ", StandardOpenOption.APPEND);
    assertTampered(gate(evidence), file + " is not what manifest.json names");
  }

  @Test
  void aLimitThatIsEditedAwayIsNotKnown() {
    fixture.train("a", 0.75);
    var audit = fixture.audit("a", -0.08, Status.PASS);
    edit(audit.resolve("verdict.json"), "\"decide\" : \"point\"", "\"decide\" : \"presence\"");
    assertThat(gate(List.of(root.resolve("a/train"), audit)).code()).isEqualTo(21);
    edit(audit.resolve("verdict.json"), "\"threshold\" : -0.05", "\"threshold\" : null");
    assertThat(gate(List.of(root.resolve("a/train"), audit)).code()).isEqualTo(21);
  }

  @Test
  void aValueEditedInTheVerdictIsAProvenanceError() {
    fixture.train("a", 0.75);
    var audit = fixture.audit("a", -0.08, Status.FAIL);
    edit(audit.resolve("verdict.json"), "-0.08", "-0.02");
    assertTampered(gate(List.of(root.resolve("a/train"), audit)), "metrics.json holds as tpr");
  }

  @Test
  void aValueEditedInTheMetricsIsAProvenanceError() {
    var evidence = List.of(fixture.train("a", 0.69), fixture.audit("a", 0, Status.PASS));
    edit(evidence.getFirst().resolve("metrics.json"), "0.69", "0.96");
    assertTampered(gate(evidence), "metrics.json is not what manifest.json names");
  }

  @Test
  void anEditedManifestIsAProvenanceError() {
    var evidence = fixture.passing("a");
    edit(evidence.getLast().resolve("manifest.json"), "\"exitCode\" : 0", "\"exitCode\" : 20");
    assertTampered(gate(evidence), "manifest.json is not what verdict.json names");
  }

  @Test
  void aRejuvenatedVerdictIsAProvenanceError() {
    fixture.train("a", 0.75);
    var then = new ReleaseFixture(root, Clock.offset(Clock.systemUTC(), Duration.ofDays(-31)));
    var audit = then.audit("a", 0, Status.PASS);
    String created = then.clock().instant().toString().substring(0, 10);
    String today = Clock.systemUTC().instant().toString().substring(0, 10);
    edit(audit.resolve("verdict.json"), created, today);
    assertTampered(gate(List.of(root.resolve("a/train"), audit)), "the time of the run");
  }

  @Test
  void aVerdictOfTrainingThatNamesAModelItDidNotWriteIsAProvenanceError() {
    var evidence = fixture.passing("a");
    fixture.passing("b");
    edit(
        evidence.getFirst().resolve("verdict.json"),
        fixture.digest("a").value(),
        fixture.digest("b").value());
    assertTampered(gate(evidence), "model that was written");
  }

  @Test
  void aModelThatWasEditedIsAProvenanceErrorWhereItLiesInTheEvidence() throws IOException {
    var evidence = fixture.passing("a");
    Files.writeString(fixture.model("a").resolve("trees/0.bin"), "other trees");
    assertTampered(
        gate(evidence, "--model=" + fixture.model("a")),
        "model/trees/0.bin is not what manifest.json names");
  }

  @Test
  void anEditedCopyOfAModelHasNoEvidence() throws IOException {
    var evidence = fixture.passing("a");
    Path copy = Files.createDirectories(root.resolve("copy/trees"));
    Files.copy(fixture.model("a").resolve("model.json"), copy.resolveSibling("model.json"));
    Files.writeString(copy.resolve("0.bin"), "other trees");
    assertThat(gate(evidence, "--model=" + copy.getParent()).code()).isEqualTo(21);
  }

  @Test
  void evidenceOfAnUnknownVersionIsNotKnown() {
    var evidence = fixture.passing("a");
    edit(evidence.getLast().resolve("verdict.json"), "verdict/v1alpha1", "verdict/v9");
    assertThat(gate(evidence).code()).isEqualTo(21);
  }

  @Test
  void evidenceThatIsCutOffOrTwisted() throws IOException {
    for (String text : List.of("", "{", "[]", "{\"a\": 1, \"a\": 2}", "null", "\u0000")) {
      var evidence = fixture.passing("a");
      Files.writeString(evidence.getLast().resolve("verdict.json"), text);
      assertThat(gate(evidence).code()).as(text).isEqualTo(21);
    }
  }

  @Test
  void aNoisyReleaseCountsOnlyWhereItsNoiseIsRealAndPaidFor() {
    fixture.file(
        "release.yaml",
        """
        kind: ReleasePolicy
        metadata: {name: with-noise, revision: 2}
        require: [{step: train}, {step: fairness-audit}, {step: dp-noise}]
        """);
    assertThat(gateNoise("good", "{\"private\": true, \"ledgerSequence\": 7}")).isZero();
    assertThat(gateNoise("silent", "{\"ledgerSequence\": 7}")).isEqualTo(21);
    assertThat(gateNoise("open", "{\"private\": false, \"ledgerSequence\": 7}")).isEqualTo(21);
    assertThat(gateNoise("unpaid", "{\"private\": true, \"ledgerSequence\": null}")).isEqualTo(21);
  }

  private int gateNoise(String name, String release) {
    var evidence = new ArrayList<>(fixture.passing("a"));
    evidence.add(fixture.noise(name, release));
    return Cli.run(
            "gate",
            "--policy=" + root.resolve("release.yaml"),
            evidence(evidence),
            "--output-dir=" + next())
        .code();
  }

  @Test
  void aPolicyThatIsWrongIsRejectedWithThePathOfTheKey() {
    var evidence = fixture.passing("a");
    assertThat(withPolicy(evidence, "require: [{step: train, rules: [{metrc: auroc, min: 0.7}]}]"))
        .contains("require[0].rules[0].metrc: unknown key");
    assertThat(withPolicy(evidence, "require: [{step: train, rules: [{metric: auroc}]}]"))
        .contains("require[0].rules[0]: a rule needs min, max or both");
    assertThat(withPolicy(evidence, "require: [{step: train, maxAge: 30 days}]"))
        .contains("require[0].maxAge")
        .contains("P30D");
    assertThat(withPolicy(evidence, "require: []")).contains("require");
    assertThat(withPolicy(evidence, "require: [{step: train}, {step: train}]"))
        .contains("required twice");
    for (String limit : List.of(".nan", ".inf", "1e999", "'0.7'", "null", "true")) {
      assertThat(
              withPolicy(
                  evidence,
                  "require: [{step: train, rules: [{metric: auroc, min: " + limit + "}]}]"))
          .isNotEmpty();
    }
    assertThat(withPolicy(evidence, "require: [{step: train}]\nrequire: [{step: shap-batch}]"))
        .containsIgnoringCase("duplicate");
  }

  private String withPolicy(List<Path> evidence, String require) {
    var policy =
        fixture.file(
            "wrong.yaml",
            "kind: ReleasePolicy\nmetadata: {name: wrong, revision: 1}\n" + require + "\n");
    Path output = next();
    Cli gate = Cli.run("gate", "--policy=" + policy, evidence(evidence), "--output-dir=" + output);
    assertThat(gate.code()).as(require).isEqualTo(10);
    assertThat(output).doesNotExist();
    return gate.err();
  }

  @Test
  void theGateWritesJUnitXmlAndOverwritesNone() throws IOException {
    fixture.train("a", 0.69);
    var evidence = List.of(root.resolve("a/train"), fixture.audit("a", 0, Status.PASS));
    Path junit = root.resolve("ci/gate.xml");
    assertThat(gate(evidence, "--junit=" + junit).code()).isEqualTo(20);
    assertThat(Files.readString(junit))
        .contains("failures=\"1\"")
        .contains("name=\"train:auroc\"")
        .contains("name=\"fairness-audit:equal-opportunity [race=Black]\"");
    assertThat(gate(evidence, "--junit=" + junit).code()).isEqualTo(2);
  }

  @Test
  void promotionsRollbacksAndStatusTellOneStory() {
    assertThat(promote("a").code()).isZero();
    assertThat(pointer().previous()).isEqualTo(new Slot.Empty());
    assertThat(promote("b").code()).isZero();
    assertThat(pointer().model()).isEqualTo(fixture.digest("b"));
    assertThat(pointer().lastKnownGood()).isEqualTo(Slot.of(fixture.digest("a")));

    assertThat(rollback().code()).isZero();
    assertThat(pointer().model()).isEqualTo(fixture.digest("a"));
    assertThat(pointer().previous()).isEqualTo(Slot.of(fixture.digest("b")));
    assertThat(pointer().sequence()).isEqualTo(3);

    Cli status = status();
    assertThat(status.out())
        .contains("Current under 'readmission': " + fixture.digest("a"))
        .contains("Rolled back, and not promoted again: " + fixture.digest("b"))
        .contains("A rollback would go to: nothing");
  }

  @Test
  void aRollbackWithoutALastKnownGoodMovesNothing() {
    promote("a");
    Cli rollback = rollback();
    assertThat(rollback.code()).isEqualTo(21);
    assertThat(rollback.err()).contains("has no last known good model");
    assertThat(pointer().sequence()).isEqualTo(1);
  }

  @Test
  void aRefusedModelLeavesNoTraceInTheRegistry() {
    fixture.train("a", 0.69);
    fixture.audit("a", 0, Status.PASS);
    assertThat(run("promote", "a").code()).isEqualTo(20);
    assertThat(root.resolve("registry")).doesNotExist();
    assertThat(status().code()).isEqualTo(2);
    assertThat(status().err()).contains("nothing was ever promoted");
  }

  @Test
  void promotingTheCurrentModelAgainMovesNothing() {
    promote("a");
    Cli again = promote("a");
    assertThat(again.code()).isZero();
    assertThat(again.err()).contains("It was current already");
    assertThat(pointer().sequence()).isEqualTo(1);
  }

  @Test
  void theRegistryHoldsEveryByteOfModelAndDecision() throws IOException {
    promote("a");
    String hex = pointer().decision().hex();
    Path decision = root.resolve("registry/blobs/sha256/" + hex.substring(0, 2) + "/" + hex);
    var tree = Documents.read(Source.of(decision, "decision"), "decision");
    assertThat(tree.path("evidence")).hasSize(2);
    assertThat(tree.path("evidence").get(0).path("files").has("verdict.json")).isTrue();
    String everything = ReleaseFixture.everything(root.resolve("registry"));
    assertThat(everything).contains("trees of a").contains("kind: ReleasePolicy");
  }

  @Test
  void aDamagedTargetStopsARollback() throws IOException {
    promote("a");
    promote("b");
    try (Stream<Path> blobs = Files.walk(root.resolve("registry/blobs"))) {
      for (Path blob : blobs.filter(Files::isRegularFile).toList()) {
        if (Files.readString(blob).equals("trees of a")) {
          Files.writeString(blob, "trees of A");
        }
      }
    }
    Cli rollback = rollback();
    assertThat(rollback.code()).isEqualTo(13);
    assertThat(rollback.err()).contains("does not hold the bytes it is named by");
    assertThat(pointer().model()).isEqualTo(fixture.digest("b"));
  }

  @Test
  void aPointerEditedByHandIsAProvenanceError() {
    promote("a");
    promote("b");
    Path current = root.resolve("registry/models/readmission/current.json");
    edit(current, "\"sequence\" : 2", "\"sequence\" : 3");
    assertThat(status().code()).isEqualTo(13);
    edit(current, "\"sequence\" : 3", "\"sequence\" : \"two\"");
    assertThat(status().code()).isEqualTo(13);
    assertThat(run("promote", "a").code()).isEqualTo(13);
  }

  @Test
  void aNameThatIsAPathIsAUsageError() {
    fixture.passing("a");
    for (String name : List.of("..", "a/b", "A", "-a", "a\u0007", "x".repeat(64))) {
      Cli promote =
          Cli.run(
              "promote",
              "--model=" + fixture.model("a"),
              "--name=" + name,
              "--registry=" + root.resolve("registry"),
              "--policy=" + fixture.policy(),
              evidence(List.of(root.resolve("a/train"), root.resolve("a/audit"))),
              "--output-dir=" + next());
      assertThat(promote.code()).as(name).isEqualTo(2);
    }
  }

  @Test
  void noSecretOfTheEnvironmentIsInAnyOutput() throws IOException {
    String canary = "canary-4b1d-of-the-store";
    var secrets =
        Map.of("AWS_SECRET_ACCESS_KEY", canary, "MINIO_SECRET_KEY", canary, "VAULT_TOKEN", canary);
    Cli promote = Cli.run(secrets, promoteArguments("a", fixture.passing("a")));
    assertThat(promote.code()).isZero();
    assertThat(promote.out() + promote.err()).doesNotContain(canary);
    assertThat(ReleaseFixture.everything(root)).doesNotContain(canary);
  }

  @Test
  void theReportSaysWhatIsCurrentWhatWasAndWhereARollbackGoes() {
    promote("a");
    promote("b");
    assertThat(last("report.html"))
        .content()
        .contains("Where the registry stands")
        .contains("Before that: " + fixture.digest("a"))
        .contains("A rollback would go to: " + fixture.digest("a"))
        .doesNotContain("<script");
  }

  private Cli promote(String model) {
    fixture.passing(model);
    return run("promote", model);
  }

  private Cli run(String command, String model) {
    assertThat(command).isEqualTo("promote");
    return Cli.run(
        promoteArguments(
            model,
            List.of(root.resolve(model).resolve("train"), root.resolve(model).resolve("audit"))));
  }

  private String[] promoteArguments(String model, List<Path> evidence) {
    return new String[] {
      "promote",
      "--model=" + fixture.model(model),
      "--name=readmission",
      "--registry=" + root.resolve("registry"),
      "--policy=" + fixture.policy(),
      evidence(evidence),
      "--output-dir=" + next()
    };
  }

  private Cli rollback() {
    return Cli.run(
        "rollback",
        "--name=readmission",
        "--registry=" + root.resolve("registry"),
        "--reason=it misses patients over 75",
        "--output-dir=" + next());
  }

  private Cli status() {
    return Cli.run("status", "--name=readmission", "--registry=" + root.resolve("registry"));
  }

  private Pointer pointer() {
    Cli status =
        Cli.run(
            "status",
            "--name=readmission",
            "--registry=" + root.resolve("registry"),
            "--format=json");
    assertThat(status.code()).isZero();
    return PointerDocument.read(
        new Source("stdout", status.out().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private Cli gate(List<Path> evidence, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addFirst("gate");
    arguments.add("--policy=" + fixture.policy());
    arguments.add(evidence(evidence));
    arguments.add("--output-dir=" + next());
    return Cli.run(arguments.toArray(String[]::new));
  }

  private void assertTampered(Cli gate, String how) {
    assertThat(gate.err()).contains(how);
    assertThat(gate.code()).isEqualTo(13);
    assertThat(root.resolve("out-" + runs)).doesNotExist();
  }

  private Path next() {
    runs++;
    return root.resolve("out-" + runs);
  }

  private Path last(String file) {
    return root.resolve("out-" + runs).resolve(file);
  }
}
