package org.primum.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.explain.Explainer;
import org.primum.model.CoverKind;
import org.primum.model.FeatureMatrix;
import org.primum.model.LibraryModels;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;

/// Models of testdata/models as skl2onnx 1.20 and onnxmltools 1.16 wrote them; expected is what
/// onnxruntime 1.32 and the models' own libraries said of 40 rows. The runtime adds in float32, in
/// an order of its own.
final class OnnxReaderTest {

  private static final double FLOAT32 = 2e-7;

  @ParameterizedTest
  @CsvSource({
    "forest-binary.onnx, sklearn",
    "boosting-binary.onnx, sklearn",
    "xgboost-binary.onnx, library",
    "lightgbm-binary.onnx, library"
  })
  void probabilitiesAreThoseOfTheRuntimeAndOfTheLibrary(String file, String library) {
    double[] scores = LibraryModels.trees(file).score(LibraryModels.rows(file));

    assertThat(scores).containsExactly(LibraryModels.last(file, "onnxruntime"), within(FLOAT32));
    assertThat(scores).containsExactly(LibraryModels.last(file, library), within(FLOAT32));
  }

  /// The runtime rounds probabilities to float32 even of a graph of doubles.
  @Test
  void aGraphOfDoublesComparesAndAddsInFloat64() {
    String file = "forest-double.onnx";
    double[] scores = LibraryModels.trees(file).score(LibraryModels.rows(file));

    assertThat(scores).containsExactly(LibraryModels.last(file, "onnxruntime"), within(6e-8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"forest-regression.onnx", "boosting-regression.onnx"})
  void predictionsOfRegressionsAreThoseOfTheRuntime(String file) {
    TreeEnsemble model = LibraryModels.trees(file);
    double[] expected = LibraryModels.last(file, "onnxruntime");
    double[] margins = model.margins(LibraryModels.rows(file));

    assertThat(model.link()).isEqualTo(Link.IDENTITY);
    for (int row = 0; row < expected.length; row++) {
      assertThat(margins[row]).isCloseTo(expected[row], within(expected[row] * FLOAT32));
    }
  }

  @Test
  void aForestOfThreeClassesHasTheProbabilityOfEachAsItsMargins() {
    String file = "forest-wine.onnx";
    TreeEnsemble model = LibraryModels.trees(file);

    assertThat(model.outputs()).isEqualTo(3);
    assertThat(model.margins(LibraryModels.rows(file)))
        .containsExactly(LibraryModels.expected(file, "onnxruntime"), within(FLOAT32));
  }

  @Test
  void marginsOfBoostedClassesAreThoseOfTheRuntimeBelowItsSoftmax() {
    String file = "boosting-wine.onnx";
    double[] margins = LibraryModels.trees(file).margins(LibraryModels.rows(file));
    double[] expected = LibraryModels.expected(file, "onnxruntime");

    for (int row = 0; row < expected.length; row += 3) {
      double sum = Math.exp(margins[row]) + Math.exp(margins[row + 1]) + Math.exp(margins[row + 2]);
      for (int k = row; k < row + 3; k++) {
        assertThat(Math.exp(margins[k]) / sum).isCloseTo(expected[k], within(FLOAT32));
      }
    }
  }

  /// `<=` sends a value on the threshold left and `<` right; float32 has no value between the
  /// threshold and what is compared with instead.
  @ParameterizedTest
  @CsvSource({"forest-binary.onnx, true", "xgboost-binary.onnx, false"})
  void aValueOnTheThresholdGoesWhereTheModeOfTheNodeSays(String file, boolean left) {
    TreeEnsemble model = LibraryModels.trees(file);
    Tree tree = model.trees().getFirst();
    float threshold = (float) tree.threshold(0);

    assertThat(tree.goesLeft(0, threshold)).isEqualTo(left);
    assertThat(tree.goesLeft(0, Math.nextUp(threshold))).isFalse();
    assertThat(tree.goesLeft(0, Math.nextDown(threshold))).isTrue();
  }

  @Test
  void aModelWithoutCoverScoresAndHasNoPathDependentExplanation() {
    TreeEnsemble model = LibraryModels.trees("forest-binary.onnx");

    assertThat(model.cover()).isEqualTo(CoverKind.NONE);
    assertThatThrownBy(() -> Explainer.of(model))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("how many training rows");
  }

  @Test
  void featuresAreNumberedUnlessNamesAreGiven() throws Exception {
    byte[] bytes = Files.readAllBytes(LibraryModels.FOLDER.resolve("forest-binary.onnx"));

    assertThat(OnnxReader.read(bytes, "m", Optional.empty()).features().getLast().name())
        .isEqualTo("f7");
    assertThatThrownBy(() -> OnnxReader.read(bytes, "m", Optional.of(List.of("a"))))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessage("m: the model reads 8 features, 1 are named");
  }

  @ParameterizedTest
  @CsvSource({
    "scaled.onnx, the operator Scaler makes what they read",
    "calibrated.onnx, changes the scores",
    "several-trees.onnx, the graph has 2",
    "linear.onnx, the graph has 0",
    "opset5.onnx, tree_roots and the nodes_* lists must be there",
    "ensemble5-max.onnx, aggregate_function must be SUM or AVERAGE",
    "ensemble5-probit.onnx, not 'PROBIT'",
    "ensemble5-zero.onnx, not 'SOFTMAX_ZERO'",
    "ensemble5-logistics.onnx, LOGISTIC on several classes",
    "ensemble5-half.onnx, numbers as float or double"
  })
  void refusesGraphsWhoseTreesAreNotTheModel(String file, String because) {
    assertThatThrownBy(() -> LibraryModels.trees("refused/" + file))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(because);
  }

  @Test
  void aGraphOfOneInputAFeatureNamesThem() {
    String file = "forest-columns.onnx";
    TreeEnsemble model = LibraryModels.trees(file);

    assertThat(model.features().stream().map(f -> f.name()).limit(3))
        .containsExactly("mean_radius", "mean_texture", "mean_perimeter");
    assertThat(model.score(LibraryModels.rows(file)))
        .containsExactly(LibraryModels.last(file, "sklearn"), within(FLOAT32));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "forest-wine.onnx",
        "lightgbm-binary.onnx",
        "forest-columns.onnx",
        "ensemble5-modes.onnx",
        "ensemble5-classifier.onnx"
      })
  void changedBytesAreReadOrRefused(String file) throws Exception {
    byte[] original = Files.readAllBytes(LibraryModels.FOLDER.resolve(file));
    var random = new Random(20261122);
    int refused = 0;
    for (int i = 0; i < 1500; i++) {
      byte[] bytes =
          i % 5 == 0 ? Arrays.copyOf(original, random.nextInt(original.length)) : original.clone();
      for (int changes = random.nextInt(12); changes > 0 && bytes.length > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        TreeEnsemble model = OnnxReader.read(bytes, "x", Optional.empty());
        model.margins(
            new FeatureMatrix(new double[model.features().size()], 1, model.features().size()));
      } catch (ModelInvalidException e) {
        assertThat(e).hasMessageStartingWith("x: ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(300);
  }

  /// A length of 2^62 and a packed list that says it holds a gigabyte.
  @Test
  void hugeLengthsAreRefused() {
    byte[] huge = {0x08, 8, 0x3a, -1, -1, -1, -1, -1, -1, -1, -1, 0x3f};
    byte[] packed = {0x08, 8, 0x3a, 6, 0x0a, -128, -128, -128, -128, 4};

    for (byte[] bytes : List.of(huge, packed, new byte[] {0x08, 8}, new byte[0])) {
      assertThatThrownBy(() -> OnnxReader.read(bytes, "x", Optional.empty()))
          .isInstanceOf(ModelInvalidException.class)
          .hasMessageStartingWith("x: ");
    }
  }
}
