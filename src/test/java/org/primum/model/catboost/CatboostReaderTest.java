package org.primum.model.catboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.explain.TreeExplainer;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.CoverKind;
import org.primum.model.FeatureMatrix;
import org.primum.model.LibraryModels;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.TreeEnsemble;
import org.primum.model.reader.ModelReader;

/// CatBoost models against CatBoost's own answers (testdata/models/make_catboost.py, CatBoost
/// 1.2.10); for `Lossguide`, the enumeration of all subsets there.
final class CatboostReaderTest {

  private static final double ROUNDING = 1e-12;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "catboost-binary.json",
        "catboost-nan-max.json",
        "catboost-lossguide.json",
        "catboost-wine.json",
        "catboost-depthwise-wine.json",
        "catboost-regression.json",
        "catboost-poisson.json"
      })
  void marginsAndShapleyValuesAreCatboosts(String file) {
    TreeEnsemble model = LibraryModels.trees(file);
    FeatureMatrix rows = LibraryModels.rows(file);
    double[] margins = model.margins(rows);
    double[] expected = LibraryModels.expected(file, "margin");
    double[] contributions = LibraryModels.expected(file, "contributions");

    assertThat(model.cover()).isEqualTo(CoverKind.COUNT);
    assertThat(margins).hasSameSizeAs(expected);
    for (int i = 0; i < margins.length; i++) {
      assertThat(margins[i]).isCloseTo(expected[i], within(ROUNDING * Math.max(1, expected[i])));
    }
    ShapleyValues values = new TreeExplainer(model).explain(rows);
    values.requireAdditivity();
    int at = 0;
    for (int row = 0; row < rows.rows(); row++) {
      for (int output = 0; output < model.outputs(); output++) {
        for (int feature = 0; feature < 8; feature++) {
          assertThat(values.phi(row, output, feature))
              .as("row %d, output %d, feature %d", row, output, feature)
              .isCloseTo(contributions[at++], within(1e-9));
        }
        assertThat(values.baseValue(output)).isCloseTo(contributions[at++], within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"catboost-binary.json", "catboost-lossguide.json"})
  void probabilitiesAreCatboosts(String file) {
    TreeEnsemble model = LibraryModels.trees(file);
    double[] expected = LibraryModels.expected(file, "probability");

    double[] scores = model.score(LibraryModels.rows(file));

    for (int row = 0; row < expected.length; row++) {
      assertThat(scores[row]).isCloseTo(expected[row], within(ROUNDING));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "catboost-binary.json, LOGISTIC",
    "catboost-wine.json, SOFTMAX",
    "catboost-regression.json, IDENTITY",
    "catboost-poisson.json, LOG"
  })
  void theLossSaysWhatTheMarginIs(String file, Link link) {
    assertThat(LibraryModels.trees(file).link()).isEqualTo(link);
  }

  @Test
  void categoriesAreRefusedWithASentence() {
    assertThatThrownBy(() -> LibraryModels.trees("refused/catboost-categorical.json"))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("catboost-categorical.json")
        .hasMessageContaining("statistics of its training labels");
  }

  /// A border of 1, leaves -1 and 2: hand arithmetic.
  @Test
  void aValueOnTheBorderGoesLeftAndAMissingOneWhereTrainingPutIt() {
    TreeEnsemble model = read(tiny("AsTrue", "FloatFeature"));
    var rows = new FeatureMatrix(new double[] {1, Math.nextUp(1f), Double.NaN}, 3, 1);

    assertThat(model.margins(rows)).containsExactly(0.5 - 2, 0.5 + 4, 0.5 + 4);
    assertThat(read(tiny("AsFalse", "FloatFeature")).margins(rows)[2]).isEqualTo(0.5 - 2);
    assertThat(model.features().getFirst().name()).isEqualTo("age");
  }

  @ParameterizedTest
  @CsvSource({
    "OnlineCtr, AsIs, reads no number",
    "FloatFeature, Sometimes, missing values are treated"
  })
  void whatItDoesNotKnowItRefuses(String split, String missing, String because) {
    assertThatThrownBy(() -> read(tiny(missing, split)))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageStartingWith("tiny.json")
        .hasMessageContaining(because);
  }

  private static String tiny(String missing, String split) {
    return """
    {"features_info": {"float_features": [{"feature_index": 0, "flat_feature_index": 0,
      "feature_id": "age", "nan_value_treatment": "%s"}]},
     "oblivious_trees": [{"leaf_values": [-1, 2], "leaf_weights": [3, 1],
      "splits": [{"border": 1, "float_feature_index": 0, "split_type": "%s"}]}],
     "scale_and_bias": [2, [0.5]]}\
    """
        .formatted(missing, split);
  }

  private static TreeEnsemble read(String json) {
    return (TreeEnsemble)
        ModelReader.read(json.getBytes(StandardCharsets.UTF_8), "tiny.json", Optional.empty());
  }

  @Property(tries = 300)
  void hostileBytesAreRefusedOrPredict(@ForAll @LongRange(min = 0, max = 1 << 30) long seed)
      throws IOException {
    Random random = new Random(seed);
    List<String> files = List.of("catboost-binary.json", "catboost-lossguide.json");
    byte[] bytes =
        Files.readAllBytes(LibraryModels.FOLDER.resolve(files.get(random.nextInt(files.size()))));
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      String replacement = "0123456789-.,:[]{}\"e";
      bytes[20 + random.nextInt(bytes.length - 20)] =
          (byte) replacement.charAt(random.nextInt(replacement.length()));
    }
    byte[] hostile =
        random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;

    Throwable thrown =
        catchThrowable(() -> CatboostReader.read(hostile, "hostile.json", Optional.empty()));

    assertThat(thrown == null || thrown instanceof ModelInvalidException).as("%s", thrown).isTrue();
  }
}
