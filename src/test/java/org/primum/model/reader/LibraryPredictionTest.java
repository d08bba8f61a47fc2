package org.primum.model.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.explain.TreeExplainer;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.CoverKind;
import org.primum.model.LibraryModels;
import org.primum.model.ModelInvalidException;
import org.primum.model.TreeEnsemble;

/// Forms of XGBoost 3.2 and LightGBM 4.7 that testdata/shap does not have: forests of boosters,
/// averaged output, a sigmoid factor. Expected is what the libraries said of 40 rows.
final class LibraryPredictionTest {

  @Test
  void marginsOfBoostedForestsAreXgboostsToTheBit() {
    for (String file : new String[] {"xgboost-parallel.json", "xgboost-parallel-wine.json"}) {
      float[] margins = LibraryModels.trees(file).margins32(LibraryModels.rows(file));
      double[] expected = LibraryModels.expected(file, "margin");

      assertThat(margins).hasSameSizeAs(expected);
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) margins[i]).isEqualTo(expected[i]);
      }
    }
  }

  @Test
  void probabilitiesOfBoostedForestsAreXgboosts() {
    String file = "xgboost-parallel.json";
    TreeEnsemble model = LibraryModels.trees(file);

    assertThat(model.cover()).isEqualTo(CoverKind.HESSIAN);
    assertThat(model.score(LibraryModels.rows(file)))
        .containsExactly(LibraryModels.expected(file, "probability"), within(6e-8));
  }

  /// One float64 rounding a tree apart: the factor is in the leaves here.
  @ParameterizedTest
  @ValueSource(strings = {"lightgbm-forest.txt", "lightgbm-sigmoid.txt"})
  void probabilitiesOfAveragedAndScaledTreesAreLightgbms(String file) {
    TreeEnsemble model = LibraryModels.trees(file);

    assertThat(model.cover()).isEqualTo(CoverKind.COUNT);
    assertThat(model.score(LibraryModels.rows(file)))
        .containsExactly(LibraryModels.expected(file, "prediction"), within(1e-15));
  }

  @Test
  void theMarginOfAnAveragedRegressionIsItsPrediction() {
    String file = "lightgbm-forest-regression.txt";

    assertThat(LibraryModels.trees(file).margins(LibraryModels.rows(file)))
        .containsExactly(LibraryModels.expected(file, "prediction"), within(1e-12));
  }

  /// LightGBM 4.7 averages the prediction only: its raw scores are sums over 5 or 4 trees.
  ///
  /// @param factor the margin here over LightGBM's raw score
  @ParameterizedTest
  @CsvSource({
    "lightgbm-forest.txt, 0.2",
    "lightgbm-forest-wine.txt, 0.25",
    "lightgbm-forest-regression.txt, 0.25",
    "lightgbm-sigmoid.txt, 2.5"
  })
  void marginsOfAveragedAndScaledTreesAreLightgbms(String file, double factor) {
    double[] margins = LibraryModels.trees(file).margins(LibraryModels.rows(file));
    double[] expected = LibraryModels.expected(file, "margin");

    assertThat(margins).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      double margin = factor * expected[i];
      assertThat(margins[i]).isCloseTo(margin, within(1e-14 * Math.max(1, Math.abs(margin))));
    }
  }

  /// So are its contributions, which add up to the raw score.
  @ParameterizedTest
  @CsvSource({"lightgbm-sigmoid.txt, 2.5", "lightgbm-forest.txt, 0.2"})
  void shapleyValuesAreLightgbmsContributionsTimesTheFactor(String file, double factor) {
    TreeEnsemble model = LibraryModels.trees(file);
    double[] expected = LibraryModels.expected(file, "contributions");
    ShapleyValues values = new TreeExplainer(model).explain(LibraryModels.rows(file));

    values.requireAdditivity();
    for (int row = 0; row < values.rows(); row++) {
      for (int feature = 0; feature < 8; feature++) {
        assertThat(values.phi(row, 0, feature))
            .isCloseTo(factor * expected[row * 9 + feature], within(1e-13));
      }
      assertThat(values.baseValue(0)).isCloseTo(factor * expected[row * 9 + 8], within(1e-13));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "xgboost-linear.json, not 'gblinear'",
    "xgboost-vector-leaves.json, vector",
    "lightgbm-linear-trees.txt, linear trees are not read"
  })
  void refusesWhatIsNoSumOfTreesWithOneValueALeaf(String file, String because) {
    assertThatThrownBy(() -> LibraryModels.trees(file))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(because);
  }
}
