package org.primum.model.simple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.explain.TreeExplainer;
import org.primum.model.CoverKind;
import org.primum.model.FeatureMatrix;
import org.primum.model.LibraryModels;
import org.primum.model.LinearModel;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.TreeEnsemble;
import org.primum.model.reader.ModelReader;

/// Files that the function of docs/model-json.md wrote of scikit-learn 1.9.1's classifiers, and
/// what these said of 40 rows; and one split at 0.5 with leaves 0.25 and 0.75.
final class SimpleReaderTest {

  private static final String STUMP =
      """
      {"format": "simple-tree-json/1",
       "rule": "float32(x) <= threshold -> left; NaN -> left iff missing_go_to_left",
       "scale": 1, "base": 0, "n_features": 1,
       "trees": [{"children_left": [1, -1, -1], "children_right": [2, -1, -1],
        "feature": [0, -2, -2], "threshold": [0.5, -2, -2], "missing_go_to_left": [1, 0, 0],
        "value": [0, 0.25, 0.75], "cover": [4, 1, 3]}]}
      """;

  private static final String LINE =
      """
      {"format": "simple-linear-json/1", "link": "logit", "coef": [2, 1], "intercept": -1,
       "background_mean": [0.5, 3], "feature_names": ["a", "b"]}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "simple-extra.json",
        "simple-forest-missing.json",
        "simple-boosting.json",
        "simple-hist.json"
      })
  void probabilitiesAreScikitLearns(String file) {
    TreeEnsemble model = LibraryModels.trees(file);

    assertThat(model.cover()).isEqualTo(CoverKind.COUNT);
    assertThat(model.score(LibraryModels.rows(file)))
        .containsExactly(LibraryModels.expected(file, "probability"), within(1e-15));
    new TreeExplainer(model).explain(LibraryModels.rows(file)).requireAdditivity();
  }

  @ParameterizedTest
  @CsvSource({
    "simple-boosting.json, margin",
    "simple-boosting-wine.json, margin",
    "simple-hist.json, margin",
    "simple-forest-wine.json, probability"
  })
  void marginsAreScikitLearns(String file, String answer) {
    TreeEnsemble model = LibraryModels.trees(file);

    assertThat(model.margins(LibraryModels.rows(file)))
        .containsExactly(LibraryModels.expected(file, answer), within(1e-14));
    new TreeExplainer(model).explain(LibraryModels.rows(file)).requireAdditivity();
  }

  @Test
  void aLogisticRegressionBehindAScalerIsScikitLearns() throws IOException {
    String file = "simple-logistic.json";
    var model =
        (LinearModel) ModelReader.read(LibraryModels.FOLDER.resolve(file), Optional.empty());

    assertThat(model.margins(LibraryModels.rows(file)))
        .containsExactly(LibraryModels.expected(file, "margin"), within(1e-12));
    assertThat(model.score(LibraryModels.rows(file)))
        .containsExactly(LibraryModels.expected(file, "probability"), within(1e-12));
  }

  /// `float32(0.5 + 1e-9)` is 0.5; in float64 it lies beyond the threshold.
  @Test
  void theRuleSaysWhetherAValueIsRoundedBeforeItIsCompared() {
    double[] values = {0.5, 0.5 + 1e-9, 0.6, Double.NaN};
    String exact = STUMP.replace("float32(x)", "x").replace("left\": [1, 0", "left\": [0, 0");

    assertThat(trees(STUMP).score(new FeatureMatrix(values, 4, 1)))
        .containsExactly(0.25, 0.25, 0.75, 0.25);
    assertThat(trees(exact).score(new FeatureMatrix(values, 4, 1)))
        .containsExactly(0.25, 0.75, 0.75, 0.75);
  }

  /// Half of 0.25 and 0.75, added to 0.5 as log-odds: 1 / (1 + e^-0.625) = 0.6513548646660542.
  @Test
  void scaleBaseAndLinkMakeTheProbability() {
    String logit =
        STUMP.replace(
            "\"scale\": 1, \"base\": 0", "\"link\": \"logit\", \"scale\": 0.5, \"base\": 0.5");

    assertThat(trees(logit).score(new FeatureMatrix(new double[] {0}, 1, 1)))
        .containsExactly(new double[] {0.6513548646660542}, within(1e-15));
  }

  @Test
  void treesAddToTheOutputTheyName() {
    String second =
        STUMP
            .replace("\"base\": 0", "\"base\": [0.125, 0.5]")
            .replace("\"cover\"", "\"output\": 1, \"cover\"");

    assertThat(trees(second).margins(new FeatureMatrix(new double[] {1}, 1, 1)))
        .containsExactly(0.125, 1.25);
  }

  @Test
  void treesWithoutCoverAreReadAndSaySo() {
    assertThat(trees(STUMP.replace(", \"cover\": [4, 1, 3]", "")).cover())
        .isEqualTo(CoverKind.NONE);
  }

  /// 2 * 1 + 3 - 1 = 4, as 3 is the mean that stands in for the missing value; and its own share of
  /// the margin, 1 * (3 - 3), is nothing.
  @Test
  void aMissingValueOfALinearModelIsReadAsTheMean() {
    var model = (LinearModel) read(LINE);

    assertThat(model.margins(new FeatureMatrix(new double[] {1, Double.NaN}, 1, 2)))
        .containsExactly(4);
  }

  @Test
  void aSumThatIsNoProbabilityIsRefused() {
    TreeEnsemble model = trees(STUMP.replace("0.75]", "7.5]"));

    assertThatThrownBy(() -> model.score(new FeatureMatrix(new double[] {1}, 1, 1)))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("no probability");
  }

  @Test
  void refusesWhatTheFormDoesNotSay() {
    assertRefused(STUMP.replace("\"scale\"", "\"scal\""), "scal: no such key");
    assertRefused(STUMP.replace("\"cover\"", "\"categories\""), "categories: no such key");
    assertRefused(STUMP.replace("tree-json/1", "tree-json/2"), "format: the formats");
    assertRefused(STUMP.replace("<=", "<"), "rule: must be");
    assertRefused(STUMP.replace("\"scale\": 1", "\"link\": \"odds\""), "link: must be");
    assertRefused(STUMP.replace("\"n_features\": 1", "\"n_features\": 2000000"), "n_features");
    assertRefused(STUMP.replace("\"n_features\": 1", "\"n_features\": 0"), "feature 0 of 0");
    assertRefused(STUMP.replace("[1, -1, -1]", "[0, -1, -1]"), "tree 0: ");
    assertRefused(STUMP.replace("[2, -1, -1]", "[2, -1]"), "one entry a node");
    assertRefused(STUMP.replace("0.75]", "NaN]"), "leaf 2");
    assertRefused(STUMP.replace("\"base\": 0", "\"base\": []"), "base must hold");
    assertRefused(LINE.replace("logit", "identity"), "link must be logit");
    assertRefused(LINE.replace("[2, 1]", "[2]"), "one number a feature");
    assertRefused(LINE.replace("0.5, 3", "0.5, NaN"), "finite");
    assertRefused(LINE.replace("\"a\", \"b\"", "\"a\""), "1 are named");
    assertRefused(LINE.replace("\"intercept\": -1,", ""), "intercept must be finite");
    assertRefused("{\"format\": ", "cut off");
  }

  private static void assertRefused(String text, String because) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageStartingWith("m.json: ")
        .hasMessageContaining(because);
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple-hist.json", "simple-logistic.json", "simple-forest-wine.json"})
  void changedBytesAreReadOrRefused(String file) throws Exception {
    byte[] original = Files.readAllBytes(LibraryModels.FOLDER.resolve(file));
    var random = new Random(20261122);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] bytes =
          i % 5 == 0 ? Arrays.copyOf(original, random.nextInt(original.length)) : original.clone();
      for (int changes = random.nextInt(20); changes > 0 && bytes.length > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(95));
      }
      try {
        SimpleReader.read(bytes, "x", Optional.empty());
      } catch (ModelInvalidException e) {
        assertThat(e).hasMessageStartingWith("x: ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(200);
  }

  @Test
  void namesMustBeThoseOfTheFile() {
    assertThatThrownBy(() ->
            SimpleReader.read(
                LINE.getBytes(StandardCharsets.UTF_8), "m", Optional.of(List.of("b", "a"))))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("names or order");
  }

  private static TreeEnsemble trees(String text) {
    return (TreeEnsemble) read(text);
  }

  private static Scorer read(String text) {
    return ModelReader.read(text.getBytes(StandardCharsets.UTF_8), "m.json", Optional.empty());
  }
}
