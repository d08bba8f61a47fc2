package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Mortality of 1,629 smokers in the NHEFS study, learned on 970 of them. The expected numbers are
/// scikit-learn's and statsmodels' on the same scored rows: testdata/nhefs/README.md.
final class NhefsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// The logistic model is computed in Java, whose exp may differ in the last bit between machines;
  /// XGBoost adds in float32.
  private static final double TOLERANCE = 1e-6;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"logistic-regression", "xgboost"})
  void numbersAreScikitLearns(String learner) throws IOException {
    Path output = directory.resolve(learner);
    Cli cli = Cli.run(arguments(learner, output));
    assertThat(cli.code()).as(cli.err()).isZero();

    JsonNode expected =
        JSON.readTree(Path.of("testdata/nhefs/expected.json").toFile()).get(learner);
    for (JsonNode metric : JSON.readTree(output.resolve("metrics.json").toFile()).get("metrics")) {
      String name = metric.get("metric").asText();
      if (expected.has(name)) {
        assertThat(metric.get("value").asDouble())
            .as(name)
            .isCloseTo(expected.get(name).asDouble(), within(TOLERANCE));
      }
      if (name.equals("auroc")) {
        for (int end = 0; end < 2; end++) {
          assertThat(metric.get("ci").get(end).asDouble())
              .isCloseTo(expected.get("auroc_ci").get(end).asDouble(), within(TOLERANCE));
        }
      }
    }
  }

  private static String[] arguments(String learner, Path output) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--data=testdata/nhefs/nhefs.csv",
                "--label=death",
                "--id=seqn",
                "--sensitive=race,sex,age",
                "--sensitive-as-feature",
                "--exclude=race,sex,yrdth,modth,dadth,wt82,wt82_71,smkintensity82_71,price82,tax82,"
                    + "hightax82,price71_82,tax71_82,censored,qsmk,id,older",
                "--learner=" + learner,
                "--holdout=0.4",
                "--seed=7",
                "--output-dir=" + output));
    if (learner.equals("xgboost")) {
      arguments.add("--param=max_depth=3");
      arguments.add("--param=eta=0.05");
    }
    return arguments.toArray(String[]::new);
  }
}
