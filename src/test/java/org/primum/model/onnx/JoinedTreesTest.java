package org.primum.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.Digest;
import org.primum.explain.Background;
import org.primum.explain.Explainer;
import org.primum.explain.ExplainerBasis;
import org.primum.explain.ExplainerBasis.ComparedRows;
import org.primum.explain.ExplainerFile;
import org.primum.explain.value.Precision;
import org.primum.model.CoverKind;
import org.primum.model.FeatureMatrix;
import org.primum.model.LibraryModels;
import org.primum.model.Link;
import org.primum.model.TreeEnsemble;

/// `TreeEnsemble` of `ai.onnx.ml` 5: models of testdata/models/make_onnx5.py, which holds what the
/// standard says of their rows (`sums`) against onnxruntime 1.32 and onnx's own evaluator.
final class JoinedTreesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ensemble5-regression.onnx",
        "ensemble5-modes.onnx",
        "ensemble5-modes-double.onnx",
        "ensemble5-backwards.onnx",
        "ensemble5-fractions.onnx",
        "ensemble5-softmax.onnx",
        "ensemble5-logistic.onnx"
      })
  void marginsAreTheSumsOfTheStandard(String file) {
    double[] margins = LibraryModels.trees(file).margins(LibraryModels.rows(file));

    assertThat(margins).containsExactly(LibraryModels.expected(file, "sums"), within(1e-12));
  }

  /// The runtime adds in float32.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ensemble5-regression.onnx",
        "ensemble5-modes.onnx",
        "ensemble5-modes-double.onnx",
        "ensemble5-backwards.onnx"
      })
  void marginsAreThoseOfTheRuntime(String file) {
    double[] margins = LibraryModels.trees(file).margins(LibraryModels.rows(file));
    double[] expected = LibraryModels.expected(file, "onnxruntime");

    for (int i = 0; i < expected.length; i++) {
      assertThat(margins[i])
          .isCloseTo(expected[i], within(1e-6 * Math.max(1, Math.abs(expected[i]))));
    }
  }

  @Test
  void theLargestOfTwoSharesMakesAClassifierOfThem() {
    String file = "ensemble5-classifier.onnx";
    TreeEnsemble model = LibraryModels.trees(file);

    assertThat(model.link()).isEqualTo(Link.PROBABILITY);
    assertThat(model.score(LibraryModels.rows(file)))
        .containsExactly(LibraryModels.last(file, "onnxruntime"), within(2e-7));
  }

  @Test
  void postTransformsAreThoseOfTheStandard() {
    assertThat(LibraryModels.trees("ensemble5-softmax.onnx").link()).isEqualTo(Link.SOFTMAX);
    assertThat(LibraryModels.trees("ensemble5-logistic.onnx").link()).isEqualTo(Link.LOGISTIC);
    assertThat(LibraryModels.trees("ensemble5-modes.onnx").link()).isEqualTo(Link.IDENTITY);
  }

  /// Against rows, since hit rates of splits alone are no cover; and the same from explainer.bin.
  @Test
  void splitsOnMembersAreExplainedToTheMargin() {
    String file = "ensemble5-modes-double.onnx";
    TreeEnsemble model = LibraryModels.trees(file);
    FeatureMatrix rows = LibraryModels.rows(file);
    Background background = Background.of(model);
    background.add(LibraryModels.rows("ensemble5-fractions.onnx"));
    Digest digest = Digest.of(new byte[] {1});
    ExplainerBasis basis =
        new ExplainerBasis(
            digest, model, Optional.empty(), Optional.of(new ComparedRows(background, digest)));

    Explainer explainer = background.explainer(Precision.FLOAT64);
    Explainer restored =
        ExplainerFile.read(ExplainerFile.write(basis), "explainer.bin")
            .background()
            .orElseThrow()
            .counts()
            .explainer(Precision.FLOAT64);

    assertThat(model.cover()).isEqualTo(CoverKind.NONE);
    explainer.explain(rows).requireAdditivity();
    for (int row = 0; row < rows.rows(); row++) {
      for (int feature = 0; feature < 8; feature++) {
        assertThat(restored.explain(rows).phi(row, 1, feature))
            .isEqualTo(explainer.explain(rows).phi(row, 1, feature));
      }
    }
  }
}
