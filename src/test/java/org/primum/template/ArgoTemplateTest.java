package org.primum.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.primum.platform.ExitStatus;

/// What holds of every template, whatever its step takes: what a cluster with the restricted Pod
/// Security Standard asks for, what Argo needs to collect outputs of a failed step, and that
/// nothing but a fault of the platform is tried again.
final class ArgoTemplateTest {

  private static final Pattern CODES = Pattern.compile("in \\[([^]]*)]");

  static Stream<Path> templates() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("steps"))) {
      return files
          .filter(file -> file.endsWith("argo/clusterworkflowtemplate.yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static JsonNode template(Path file) throws IOException {
    return new YAMLMapper().readTree(file.toFile()).at("/spec/templates/0");
  }

  @ParameterizedTest
  @MethodSource("templates")
  void passesTheRestrictedPodSecurityStandard(Path file) throws IOException {
    JsonNode template = template(file);
    assertThat(template.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(template.at("/securityContext/seccompProfile/type").asText())
        .isEqualTo("RuntimeDefault");
    JsonNode container = template.at("/container/securityContext");
    assertThat(container.get("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.get("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
    assertThat(template.get("volumes")).allMatch(v -> v.has("emptyDir") || v.has("configMap"));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void givesTheStepNoTokenAndTheExecutorAnAccountOfItsOwn(Path file) throws IOException {
    JsonNode template = template(file);
    assertThat(template.get("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(template.at("/executor/serviceAccountName").asText()).isEqualTo("primum-executor");
    JsonNode account = new YAMLMapper().readTree(file.resolveSibling("rbac.yaml").toFile());
    assertThat(template.get("serviceAccountName")).isEqualTo(account.at("/metadata/name"));
    assertThat(account.get("automountServiceAccountToken").asBoolean(true)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("templates")
  void triesNothingAgainThatPrimumDecided(Path file) throws IOException {
    Matcher codes = CODES.matcher(template(file).at("/retryStrategy/expression").asText());
    assertThat(codes.find()).isTrue();
    List<Integer> retried =
        Arrays.stream(codes.group(1).split(", ", -1)).map(Integer::valueOf).toList();
    assertThat(Stream.of(ExitStatus.values()).map(ExitStatus::code).filter(retried::contains))
        .containsExactly(75, 143);
    assertThat(template(file).at("/retryStrategy/backoff").has("maxDuration")).isFalse();
  }

  /// The patch is read as YAML once the values are in it, and laid over the whole pod.
  @ParameterizedTest
  @MethodSource("templates")
  void letsNoSizeAddToThePod(Path file) throws IOException {
    String patch = template(file).required("podSpecPatch").asText();
    String harmful = "1\"\n    image: theirs\n#";
    String filled =
        Pattern.compile("\\{\\{=toJson\\(inputs\\.parameters\\.\\w+\\)}}")
            .matcher(patch)
            .replaceAll(Matcher.quoteReplacement(new YAMLMapper().valueToTree(harmful).toString()));
    JsonNode main = new YAMLMapper().readTree(filled).at("/containers/0");
    assertThat(filled).doesNotContain("{{");
    assertThat(main.properties()).extracting(Map.Entry::getKey).containsOnly("name", "resources");
    assertThat(main.at("/resources/requests/cpu").asText()).isEqualTo(harmful);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void hidesNoOutputBehindOneThatIsMissing(Path file) throws IOException {
    JsonNode outputs = template(file).get("outputs");
    assertThat(outputs.get("parameters")).allMatch(p -> p.at("/valueFrom").has("default"));
    assertThat(outputs.get("artifacts")).allMatch(a -> a.get("optional").asBoolean());
    assertThat(outputs.get("artifacts")).allMatch(a -> a.at("/archive").has("none"));
    // SeaweedFS answers a key that ends in a slash with an empty object
    assertThat(outputs.get("artifacts")).noneMatch(a -> a.at("/s3/key").asText().endsWith("/"));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void namesNothingTwice(Path file) throws IOException {
    JsonNode template = template(file);
    for (String list :
        List.of(
            "/inputs/parameters",
            "/inputs/artifacts",
            "/outputs/parameters",
            "/outputs/artifacts",
            "/volumes",
            "/metrics/prometheus",
            "/container/env")) {
      List<String> names = new ArrayList<>();
      template.at(list).forEach(node -> names.add(node.get("name").asText()));
      assertThat(names).as(list).doesNotHaveDuplicates();
    }
  }

  /// Credentials are in no parameter, which everybody who sees the workflow can read.
  @ParameterizedTest
  @MethodSource("templates")
  void takesCredentialsFromASecretAlone(Path file) throws IOException {
    for (JsonNode variable : template(file).at("/container/env")) {
      String name = variable.get("name").asText();
      if (name.matches(".*(KEY|TOKEN|SECRET).*")) {
        assertThat(variable.at("/valueFrom").has("secretKeyRef")).as(name).isTrue();
      }
    }
    assertThat(template(file).at("/container/args").toString())
        .doesNotContainIgnoringCase("secret");
  }

  /// A number that is not known is no gauge: Argo would put an error on the workflow.
  @ParameterizedTest
  @MethodSource("templates")
  void measuresOnlyWhatIsKnown(Path file) throws IOException {
    for (JsonNode metric : template(file).at("/metrics/prometheus")) {
      assertThat(metric.get("name").asText()).matches("primum_[a-z0-9_]+");
      assertThat(metric.get("help").asText()).isNotBlank();
      if (metric.has("gauge")) {
        String value = metric.at("/gauge/value").asText();
        assertThat(metric.get("when").asText())
            .isEqualTo("'" + value + "' != 'NaN' && '" + value + "' != ''");
      }
    }
  }
}
