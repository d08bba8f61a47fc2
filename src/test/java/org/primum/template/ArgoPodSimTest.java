package org.primum.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The simulation has to notice what is wrong with a template, or it proves nothing of one that is
/// right. `shap-plan` on a table of three rows, with one fault at a time.
final class ArgoPodSimTest {

  private static final Map<String, String> DATA = Map.of("data", "table.csv");

  @TempDir Path world;
  private ArgoPodSim argo;
  private String template;

  @BeforeEach
  void putATable() throws IOException {
    argo = new ArgoPodSim(world);
    template = ArgoPodSim.read("shap-plan");
    Files.createDirectories(argo.object("."));
    Files.writeString(argo.object("table.csv"), "id,x\n1,2\n2,3\n3,4\n");
  }

  @Test
  void runsATemplateThatIsRight() throws IOException {
    ArgoPodSim.Result plan = argo.run(template, Map.of("shards", "2"), DATA);

    assertThat(plan.cli().code()).as(plan.cli().err()).isZero();
    assertThat(plan.missing()).isEmpty();
    assertThat(plan.undeclared()).isEmpty();
    assertThat(plan.parameters()).containsEntry("rows", "3").containsEntry("status", "PASS");
    assertThat(plan.parameter("shards").replace(" ", "")).isEqualTo("[\"0/2\",\"1/2\"]");
    assertThat(plan.artifact("evidence")).isEqualTo("primum/clinic/uid/wf-shap-plan-1");
    assertThat(argo.object("primum/clinic/uid/wf-shap-plan-1/report.html")).isNotEmptyFile();
  }

  @Test
  void aMisspeltOptionIsABadCommandLine() throws IOException {
    ArgoPodSim.Result plan = argo.run(template.replace("--shards=", "--shard="), Map.of(), DATA);

    assertThat(plan.cli().code()).isEqualTo(2);
    assertThat(plan.message()).contains("--shard");
    assertThat(plan.parameters()).containsEntry("status", "ERROR").containsEntry("rows", "NaN");
  }

  @Test
  void aMisspeltParameterIsNotResolved() {
    assertError(template.replace("{{inputs.parameters.shards}}", "{{inputs.parameters.shard}}"))
        .hasMessageContaining("{{inputs.parameters.shard}}");
  }

  @Test
  void anArtifactAtAnotherPathIsNotFound() throws IOException {
    String elsewhere = template.replace("path: /primum/in/data", "path: /primum/in/table");

    assertThat(argo.run(elsewhere, Map.of(), DATA).cli().code()).isEqualTo(11);
  }

  @Test
  void anArtifactBelowADirectoryOfArgosIsNotReadable() {
    assertError(template.replace("path: /primum/in/data", "path: /primum/in/tables/data"))
        .hasMessageContaining("could not be read");
  }

  @Test
  void anOutputTheStepDoesNotWriteIsMissing() throws IOException {
    String renamed = template.replace("path: /primum/out/params/rows", "path: /primum/out/rows");

    ArgoPodSim.Result plan = argo.run(renamed, Map.of(), DATA);

    assertThat(plan.missing()).containsExactly("params/rows");
    assertThat(plan.undeclared()).containsExactly("params/rows");
    assertThat(plan.parameters()).containsEntry("rows", "NaN");
  }

  @Test
  void aVolumeNobodyDeclaresIsAnError() {
    assertError(template.replace("- name: in\n        mountPath", "- name: inn\n        mountPath"))
        .hasMessageContaining("no volume");
  }

  @Test
  void twoPodsWithOneKeyAreAnError() throws IOException {
    String fixed = template.replace("{{pod.name}}", "plan");
    argo.run(fixed, Map.of(), DATA);

    assertError(fixed).hasMessageContaining("another object has the key");
  }

  @Test
  void aParameterNobodyGivesIsAnError() throws IOException {
    String train = ArgoPodSim.read("train");

    assertThatThrownBy(() -> argo.run(train, Map.of("id", "id"), DATA))
        .hasMessage("inputs.parameters.label was not supplied");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertError(String yaml) {
    return assertThatThrownBy(() -> argo.run(yaml, Map.of(), DATA))
        .isInstanceOf(ArgoPodSim.ArgoError.class);
  }
}
