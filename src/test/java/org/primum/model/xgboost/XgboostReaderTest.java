package org.primum.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;
import org.primum.model.ModelInvalidException;
import org.primum.model.ShapFixture;
import org.primum.model.TreeEnsemble;

/// The models of testdata/shap, saved by XGBoost 3.4.1, with margins from a float64 oracle
/// (testdata/shap/make/oracle.py); and small hand-written files around them.
final class XgboostReaderTest {

  private static final String ONE_LEAF =
      """
      {"learner":{"feature_names":[],"gradient_booster":{"name":"gbtree","model":{
       "tree_info":[0],"trees":[{"left_children":[-1],"right_children":[-1],"split_indices":[0],
       "split_conditions":[0.25],"default_left":[false],"sum_hessian":[1],
       "categories":[],"categories_nodes":[],"categories_segments":[],"categories_sizes":[]}]}},
       "learner_model_param":{"base_score":"5E-1","num_class":"0","num_feature":"2"},
       "objective":{"name":"binary:logistic"}},"version":[1,7,0]}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a_xgb_binary",
        "b_xgb_regression",
        "c_xgb_multiclass",
        "d_xgb_categorical",
        "d2_xgb_category_names",
        "e_xgb_dart",
        "l_xgb_poisson_stumps"
      })
  void marginsAreThoseOfTheOracleFromJsonAndFromUbj(String folder) {
    var fixture = new ShapFixture(folder);
    double[] expected = ShapFixture.numbers(fixture.expected("expected_path.json").path("margin"));

    for (String file : List.of("model.json", "model.ubj")) {
      TreeEnsemble model = fixture.trees(file);
      double[] margins = model.margins(fixture.rows(model));

      assertThat(margins).as(folder + " " + file).containsExactly(expected, within(1e-12));
    }
  }

  /// Rows (0,0), (0,1), (1,0), (1,1) of the AND function.
  @Test
  void theAndModelIsTheAndFunction() {
    var fixture = new ShapFixture("m_xgb_and");
    TreeEnsemble model = fixture.trees("model.json");

    assertThat(model.margins(fixture.rows(model))).containsExactly(0, 0, 0, 1);
  }

  @Test
  void jsonAndUbjGiveTheSameFloat32Margins() {
    var fixture = new ShapFixture("a_xgb_binary");
    FeatureMatrix rows = fixture.rows(fixture.trees("model.json"));

    assertThat(fixture.trees("model.json").margins32(rows))
        .containsExactly(fixture.trees("model.ubj").margins32(rows));
  }

  @Test
  void categoryNamesAreTheFeaturesCategoriesInCodeOrder() {
    TreeEnsemble model = new ShapFixture("d2_xgb_category_names").trees("model.ubj");

    assertThat(model.features().get(9))
        .isEqualTo(
            Feature.categorical(
                "ward",
                List.of("icu", "ed", "onc", "neuro", "card", "paed", "surg", "rehab", "derm")));
    assertThat(model.features().get(10).categories()).containsExactly("I", "II", "III");
    assertThat(model.features().get(0)).isEqualTo(Feature.numeric("age_z"));
  }

  @Test
  void featuresWithoutNamesAreNumbered() {
    assertThat(read(ONE_LEAF).features())
        .containsExactly(Feature.numeric("f0"), Feature.numeric("f1"));
  }

  @Test
  void aGivenListNamesFeaturesWithoutNames() {
    TreeEnsemble model = readNamed(ONE_LEAF, "age", "sex");

    assertThat(model.features()).containsExactly(Feature.numeric("age"), Feature.numeric("sex"));
  }

  @Test
  void refusesAListThatDiffersFromTheNamesInTheFile() {
    String named = ONE_LEAF.replace("\"feature_names\":[]", "\"feature_names\":[\"age\",\"sex\"]");

    assertThat(readNamed(named, "age", "sex").features()).hasSize(2);
    assertThatThrownBy(() -> readNamed(named, "sex", "age"))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("names or order");
  }

  @Test
  void refusesAListOfAnotherLength() {
    assertThatThrownBy(() -> readNamed(ONE_LEAF, "age"))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessage("x.json: the model reads 2 features, 1 are named");
  }

  /// ln(0.5 / 0.5) = 0; ln(0.2 / 0.8) = -1.3862943611198906; the leaf adds 0.25.
  @ParameterizedTest
  @ValueSource(strings = {"5E-1", "[5E-1]", "0.5", " [0.5] "})
  void readsEveryFormOfTheBaseScore(String form) {
    TreeEnsemble model = read(ONE_LEAF.replace("5E-1", form));

    assertThat(model.baseMargin(0)).isEqualTo(0);
    assertThat(model.margins(new FeatureMatrix(new double[2], 1, 2))).containsExactly(0.25);
    assertThat(read(ONE_LEAF.replace("5E-1", "2E-1")).baseMargin(0))
        .isCloseTo(-1.3862943611198906, within(1e-7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "-3", "NaN", "", "[0.5,0.5]", "[]", "half"})
  void refusesABaseScoreWithoutAMargin(String form) {
    assertThatThrownBy(() -> read(ONE_LEAF.replace("5E-1", form)))
        .isInstanceOf(ModelInvalidException.class);
  }

  @Test
  void readsADartOfBeforeXgboost34() {
    String old =
        ONE_LEAF
            .replace(
                "{\"name\":\"gbtree\",\"model\":",
                "{\"name\":\"dart\",\"gbtree\":{\"name\":\"gbtree\",\"model\":")
            .replace(
                "\"categories_sizes\":[]}]}}",
                "\"categories_sizes\":[]}]}},\"weight_drop\":[0.5]}");

    assertThat(read(old).margins(new FeatureMatrix(new double[2], 1, 2))).containsExactly(0.125);
  }

  @Test
  void refusesWhatIsNotRead() {
    assertRefused(ONE_LEAF.replace("gbtree", "gblinear"), "gbtree and dart are read");
    assertRefused(ONE_LEAF.replace("binary:logistic", "my:loss"), "'my:loss' is not known");
    assertRefused(
        ONE_LEAF.replace("\"num_class\"", "\"num_target\":\"3\",\"num_class\""), "several targets");
    assertRefused(
        ONE_LEAF.replace(
            "\"categories\"", "\"tree_param\":{\"size_leaf_vector\":\"3\"},\"categories\""),
        "hold a vector");
  }

  @Test
  void refusesTreesThatAreNone() {
    assertRefused(tree("[0]", "[0]"), "two parents, or is its own ancestor");
    assertRefused(tree("[1]", "[2]"), "nodes 0 to 0");
    assertRefused(tree("[-1,-1]", "[-1]"), "one entry a node");
    assertRefused(tree("[]", "[]"), "one entry a node");
    assertRefused(tree("[0.5]", "[-1]"), "whole number");
    assertRefused(ONE_LEAF.replace("[0.25]", "[NaN]"), "leaf 0 has the value NaN");
    assertRefused(ONE_LEAF.replace("\"sum_hessian\":[1]", "\"sum_hessian\":[-1]"), "cover -1");
    assertRefused(ONE_LEAF.replace("\"tree_info\":[0]", "\"tree_info\":[7]"), "output 7 of 1");
    assertRefused(ONE_LEAF.replace("\"tree_info\":[0]", "\"tree_info\":[]"), "speaks of 0 trees");
  }

  @Test
  void refusesNumbersMadeToExhaustMemory() {
    assertRefused(
        ONE_LEAF.replace("\"num_feature\":\"2\"", "\"num_feature\":\"2000000000\""), "features");
    assertRefused(
        ONE_LEAF.replace("\"num_class\":\"0\"", "\"num_class\":\"2000000000\""), "classes");
    assertRefused(
        ONE_LEAF
            .replace("\"categories\":[]", "\"categories\":[16777216]")
            .replace("\"categories_nodes\":[]", "\"categories_nodes\":[0]")
            .replace("\"categories_segments\":[]", "\"categories_segments\":[0]")
            .replace("\"categories_sizes\":[]", "\"categories_sizes\":[1]"),
        "has the code 16777216");
    assertRefused("[".repeat(100_000), "expected an object");
    assertRefused("{\"a\":".repeat(100_000), "not valid JSON");
  }

  @Test
  void refusesWhatFollowsTheDocumentAndKeysThatOccurTwice() {
    assertRefused(ONE_LEAF + "{}", "follows the end");
    assertRefused(ONE_LEAF.replace("\"version\"", "\"learner\""), "learner: the key occurs twice");
    assertRefused("{}", "no key 'learner'");
    assertRefused("null", "expected an object");
  }

  private static String tree(String left, String right) {
    return ONE_LEAF
        .replace("\"left_children\":[-1]", "\"left_children\":" + left)
        .replace("\"right_children\":[-1]", "\"right_children\":" + right);
  }

  /// 400 files cut at random and 1,600 with up to 8 changed bytes: each is read or refused with the
  /// one exception, never anything else.
  @ParameterizedTest
  @ValueSource(strings = {"model.json", "model.ubj"})
  void changedBytesAreReadOrRefused(String file) throws Exception {
    byte[] original = Files.readAllBytes(new ShapFixture("d2_xgb_category_names").file(file));
    var random = new Random(20261122);
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = changed(original, random, i % 5 == 0);
      try {
        var model =
            file.endsWith("ubj")
                ? XgboostReader.readUbj(bytes, "x", Optional.empty())
                : XgboostReader.readJson(bytes, "x", Optional.empty());
        assertThat(model.features()).isNotEmpty();
      } catch (ModelInvalidException e) {
        assertThat(e).hasMessageStartingWith("x: ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  private static byte[] changed(byte[] original, Random random, boolean cut) {
    if (cut) {
      return java.util.Arrays.copyOf(original, random.nextInt(original.length));
    }
    byte[] bytes = original.clone();
    for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static void assertRefused(String json, String because) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageStartingWith("x.json: ")
        .hasMessageContaining(because);
  }

  private static TreeEnsemble read(String json) {
    return XgboostReader.readJson(
        json.getBytes(StandardCharsets.UTF_8), "x.json", Optional.empty());
  }

  private static TreeEnsemble readNamed(String json, String... features) {
    return XgboostReader.readJson(
        json.getBytes(StandardCharsets.UTF_8), "x.json", Optional.of(List.of(features)));
  }
}
