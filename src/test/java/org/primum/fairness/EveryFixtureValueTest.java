package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// No recorded number of another tool lies about unused: the tests that read testdata/fairness are
/// run here, and each leaf of the four files has to be looked at by one of them, but for what is
/// listed as not being a number to hold ourselves against.
@Tag("slow")
final class EveryFixtureValueTest {

  /// Which tests read the fixtures.
  private static final String READERS =
      ".*(FixtureTest|FunctionsTest|ValuesTest|PeerTrapsTest|\\.statistics\\..*(?<!Properties|Coverage|Simulation|Statistics)Test"
          + "|\\.train\\.(Reweighing|ScoreMetrics)Test)";

  /// What a file says of itself.
  private static final String ABOUT =
      "/(tool/.*|python|command|input|input_sha256|non_finite|notes/.*|rows|confidence)";

  /// By file: what is no expectation, as patterns of paths, and why.
  private static final Map<String, List<String>> NO_EXPECTATION =
      Map.of(
          "aif360",
          List.of(
              "/traps/.*",
              "/orientation",
              "/favorable_label",
              "/individual/(benefit|own.*)",
              "/reweighing/formula",
              // the covering splits again with weights, which the tool ignores
              "/pairs/[^/]*/weighted/between_group_.*"),
          "scipy",
          List.of(
              ".*DO_NOT_USE/.*", // wrong there: its name says so
              ".*/statsmodels_score_ratio/.*", // for information: wrong at the edges
              "/miettinen_nurminen_note/.*",
              ".*/exact/(barnard|midp_.*)", // not offered
              "/sample_size/two_sample_power/.*", // of the z test, by which nothing is decided:
              // plans
              // sum over the outcomes of the audit's own decisions
              "/score_distribution_White_Black/mannwhitney_p", // not offered: distances have
              // intervals
              ".*/ratio_ci95/log_adjusted/.*", // only where a rate is 0, which a test reads
              "/equivalence/cases/[^/]*/(difference|tost_wald_p|tost_agresti_caffo_p)", // not
              // offered
              ".*/z_pooled/p", // of tables that a test reads; NaN where nothing varies
              ".*/(note|orientation)",
              "/count_bootstrap_range_between_groups/[^/]*/(groups/.*|replicates)"));

  @ParameterizedTest
  @ValueSource(strings = {"fairlearn", "aif360", "sklearn", "scipy"})
  void isReadByATest(String file) {
    runReaders();
    List<String> unread = new ArrayList<>();
    collect("", Fixtures.json(file), unread);
    List<String> excused = NO_EXPECTATION.getOrDefault(file, List.of());
    assertThat(unread)
        .filteredOn(path -> !path.matches(ABOUT))
        .filteredOn(path -> excused.stream().noneMatch(path::matches))
        .as(file + ".json: values that no test looks at")
        .isEmpty();
  }

  private static boolean ran;

  private static void runReaders() {
    if (ran) {
      return;
    }
    ran = true;
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage("org.primum.fairness"), selectPackage("org.primum.train"))
            .filters(includeClassNamePatterns(READERS))
            .build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, summary);
    assertThat(summary.getSummary().getTestsFoundCount()).isGreaterThan(100);
  }

  private static void collect(String path, JsonNode node, List<String> unread) {
    if (node.isContainerNode()) {
      node.properties().forEach(e -> collect(path + "/" + e.getKey(), e.getValue(), unread));
      for (int i = 0; node.isArray() && i < node.size(); i++) {
        collect(path + "/" + i, node.get(i), unread);
      }
    } else if (!RecordingNodes.wasRead(node)) {
      unread.add(path);
    }
  }
}
