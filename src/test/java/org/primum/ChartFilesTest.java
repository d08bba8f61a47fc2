package org.primum;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The chart under pipelines/chart/primum renders copies, since Helm and kustomize read nothing
/// outside their folder; here each copy is held against what it was copied from, and what is said
/// of the chart elsewhere against the chart. What it renders is checked by scripts/lint-chart.sh.
final class ChartFilesTest {

  private static final Path CHART = Path.of("pipelines/chart/primum");
  private static final Path FILES = CHART.resolve("files");
  private static final Path ARGO = Path.of("pipelines/argo");
  private static final String STALE = "the chart's copies are stale: run make generate";

  @Test
  void everyTemplateRightWorkflowAndPolicyIsCopiedAndNothingElse() throws IOException {
    SortedMap<String, String> expected = new TreeMap<>();
    for (Path template : files("steps", ".*/argo/clusterworkflowtemplate\\.yaml")) {
      String step = template.getName(1).toString();
      expected.put("cluster/" + step + ".yaml", Files.readString(template));
      expected.put(
          "namespaced/rights/" + step + ".yaml",
          Files.readString(template.resolveSibling("rbac.yaml")));
    }
    assertThat(expected).hasSizeGreaterThan(20);
    copies(expected, ARGO.resolve("rbac"), "[^/]*", name -> "namespaced/rights/" + name);
    copies(expected, ARGO.resolve("policies"), "[^/]*", name -> "namespaced/policies/" + name);
    copies(expected, ARGO, "primum-[^/]*", name -> "namespaced/workflows/" + name);
    copies(expected, ARGO, "network-policy", name -> name);

    SortedMap<String, String> actual = new TreeMap<>();
    for (Path file : files(FILES.toString(), ".*\\.yaml")) {
      if (!file.endsWith("kustomization.yaml")) {
        actual.put(FILES.relativize(file).toString(), Files.readString(file));
      }
    }
    assertThat(actual.keySet()).as(STALE).isEqualTo(expected.keySet());
    assertThat(actual).as(STALE).isEqualTo(expected);
  }

  @Test
  void kustomizeListsEveryCopy() throws IOException {
    for (String part : List.of("cluster", "namespaced")) {
      Path folder = FILES.resolve(part);
      List<String> there = new ArrayList<>();
      for (Path file : files(folder.toString(), ".*\\.yaml")) {
        if (!file.endsWith("kustomization.yaml")) {
          there.add(folder.relativize(file).toString());
        }
      }
      assertThat(yaml(folder.resolve("kustomization.yaml")).get("resources").valueStream())
          .as(STALE)
          .map(JsonNode::textValue)
          .containsExactlyInAnyOrderElementsOf(there);
    }
  }

  @Test
  void theOverlayOfARestrictedNamespaceStartsFromTheExampleAddresses() throws IOException {
    for (String name : List.of("network-policy.yaml", "object-store.yaml")) {
      assertThat(Path.of("pipelines/kustomize/overlays/restricted-namespace", name))
          .hasSameTextualContentAs(ARGO.resolve(name));
    }
  }

  @Test
  void theChartHasTheVersionOfTheProject() throws IOException {
    Matcher project =
        Pattern.compile("<artifactId>primum</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(project.find()).isTrue();
    JsonNode chart = yaml(CHART.resolve("Chart.yaml"));
    assertThat(chart.get("version").textValue()).isEqualTo(project.group(1));
    assertThat(chart.get("appVersion").textValue()).isEqualTo(project.group(1));
    assertThat(chart.get("annotations").get("artifacthub.io/images").textValue())
        .contains("image: primum.local/primum:" + project.group(1) + "\n");
  }

  @Test
  void theSchemaKnowsEveryStepAndNoOther() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(CHART.resolve("values.schema.json").toFile());
    List<String> steps = new ArrayList<>();
    for (Path template : files("steps", ".*/argo/clusterworkflowtemplate\\.yaml")) {
      steps.add(template.getName(1).toString());
    }
    JsonNode accounts = schema.at("/definitions/serviceAccounts/properties/stepAnnotations");
    for (JsonNode known : List.of(schema.at("/properties/steps"), accounts)) {
      assertThat(known.get("properties").fieldNames())
          .toIterable()
          .containsExactlyInAnyOrderElementsOf(steps);
    }
  }

  /// docs/install.md has a table of all values; a key and its default stand in one row.
  @Test
  void everyValueIsInTheDocumentationWithItsDefault() throws IOException {
    SortedMap<String, String> values = new TreeMap<>();
    leaves("", yaml(CHART.resolve("values.yaml")), values);
    SortedMap<String, String> rows = new TreeMap<>();
    Matcher row =
        Pattern.compile("(?m)^\\| `([A-Za-z.-]+)` \\| (?:`([^`]*)`)? *\\|")
            .matcher(Files.readString(Path.of("docs/install.md")));
    while (row.find()) {
      rows.put(row.group(1), row.group(2) == null ? "" : row.group(2));
    }
    assertThat(rows).isEqualTo(values);
  }

  private static void leaves(String path, JsonNode node, Map<String, String> into) {
    if (node.isObject() && !node.isEmpty()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        leaves(
            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), into);
      }
    } else {
      into.put(path, node.isContainerNode() ? node.toString() : node.asText());
    }
  }

  private static void copies(
      Map<String, String> into, Path folder, String name, UnaryOperator<String> place)
      throws IOException {
    for (Path file : files(folder.toString(), Pattern.quote(folder + "/") + name + "\\.yaml")) {
      into.put(place.apply(file.getFileName().toString()), Files.readString(file));
    }
  }

  private static List<Path> files(String folder, String pattern) throws IOException {
    try (Stream<Path> found = Files.walk(Path.of(folder))) {
      return found
          .filter(file -> Files.isRegularFile(file) && file.toString().matches(pattern))
          .sorted()
          .toList();
    }
  }

  private static JsonNode yaml(Path file) throws IOException {
    return new YAMLMapper().readTree(file.toFile());
  }
}
