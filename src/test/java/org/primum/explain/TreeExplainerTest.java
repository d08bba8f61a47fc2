package org.primum.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;
import org.primum.model.ShapFixture;
import org.primum.model.TreeEnsemble;

/// The models of testdata/shap (XGBoost 3.4.1), 60 rows each with values on, and one float32 step
/// beside, thresholds; expected is the float64 enumeration of all feature subsets by
/// testdata/shap/make/oracle.py.
final class TreeExplainerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a_xgb_binary",
        "b_xgb_regression",
        "c_xgb_multiclass",
        "d_xgb_categorical",
        "d2_xgb_category_names",
        "e_xgb_dart",
        "l_xgb_poisson_stumps",
        "m_xgb_and"
      })
  void shapleyValuesAreThoseOfTheEnumerationOfAllSubsets(String folder) {
    var fixture = new ShapFixture(folder);
    JsonNode expected = fixture.expected("expected_path.json");
    double[] phi = ShapFixture.numbers(expected.path("phi"));
    double[] base = ShapFixture.numbers(expected.path("base_value"));

    for (String file : List.of("model.json", "model.ubj")) {
      TreeEnsemble model = fixture.trees(file);
      ShapleyValues values = new TreeExplainer(model).explain(fixture.rows(model));

      values.requireAdditivity();
      assertThat(rowMajor(values)).as(file).containsExactly(phi, within(1e-12));
      for (int output = 0; output < base.length; output++) {
        assertThat(values.baseValue(output)).isCloseTo(base[output], within(1e-12));
      }
    }
  }

  /// LightGBM 4.7.0; its own contributions agree with the enumeration to 6e-15.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "f1_lgb_nan",
        "f2_lgb_zero_as_missing",
        "f3_lgb_categorical",
        "f4_lgb_missing_none",
        "g_lgb_multiclass"
      })
  void shapleyValuesOfLightgbmAreThoseOfTheEnumerationOfAllSubsets(String folder) {
    var fixture = new ShapFixture(folder);
    JsonNode expected = fixture.expected("expected_path.json");
    TreeEnsemble model = fixture.lightgbm("model.txt");
    ShapleyValues values = new TreeExplainer(model).explain(fixture.rows(model));

    values.requireAdditivity();
    assertThat(model.margins(fixture.rows(model)))
        .containsExactly(ShapFixture.numbers(expected.path("margin")), within(1e-12));
    assertThat(rowMajor(values))
        .containsExactly(ShapFixture.numbers(expected.path("phi")), within(1e-12));
    double[] base = ShapFixture.numbers(expected.path("base_value"));
    for (int output = 0; output < base.length; output++) {
      assertThat(values.baseValue(output)).isCloseTo(base[output], within(1e-12));
    }
  }

  /// A random forest of scikit-learn 1.9.1: float32 values against float64 thresholds, additive in
  /// the probability itself.
  @Test
  void shapleyValuesOfAForestAreThoseOfTheEnumerationOfAllSubsets() {
    var fixture = new ShapFixture("h_sklearn_forest");
    TreeEnsemble model = fixture.trees("model.json");
    JsonNode expected = fixture.expected("expected_path.json");
    ShapleyValues values = new TreeExplainer(model).explain(fixture.rows(model));

    assertThat(model.score(fixture.rows(model)))
        .containsExactly(ShapFixture.numbers(expected.path("margin")), within(1e-12));
    assertThat(rowMajor(values))
        .containsExactly(ShapFixture.numbers(expected.path("phi")), within(1e-12));
  }

  @Test
  void theAndFunctionIsSharedExactly() {
    var fixture = new ShapFixture("m_xgb_and");
    TreeEnsemble model = fixture.trees("model.json");
    ShapleyValues values = new TreeExplainer(model).explain(fixture.rows(model));

    assertThat(values.baseValue(0)).isEqualTo(0.25);
    assertThat(values.phi(3, 0, 0)).isEqualTo(0.375);
    assertThat(values.phi(3, 0, 1)).isEqualTo(0.375);
  }

  @Test
  void aFeatureOnNoPathGetsExactlyZero() {
    var fixture = new ShapFixture("a_xgb_binary");
    TreeEnsemble model = fixture.trees("model.json");
    ShapleyValues values = new TreeExplainer(model).explain(fixture.rows(model));
    int constant = fixture.featureNames().indexOf("const");

    for (int row = 0; row < values.rows(); row++) {
      assertThat(values.phi(row, 0, constant)).isEqualTo(0.0);
    }
  }

  @Test
  void aRowsValuesDoNotDependOnTheRowsBesideIt() {
    var fixture = new ShapFixture("c_xgb_multiclass");
    TreeEnsemble model = fixture.trees("model.json");
    FeatureMatrix rows = fixture.rows(model);
    double[] together = rowMajor(new TreeExplainer(model).explain(rows));
    var backwards = new TreeExplainer(model);
    int perRow = together.length / rows.rows();

    for (int row = rows.rows() - 1; row >= 0; row--) {
      double[] alone = rowMajor(backwards.explain(row(rows, row)));
      for (int i = 0; i < perRow; i++) {
        assertThat(alone[i]).isEqualTo(together[row * perRow + i]);
      }
    }
  }

  private static FeatureMatrix row(FeatureMatrix rows, int row) {
    var values = new double[rows.columns()];
    for (int column = 0; column < values.length; column++) {
      values[column] = rows.value(row, column);
    }
    return new FeatureMatrix(values, 1, values.length);
  }

  static double[] rowMajor(ShapleyValues values) {
    var all = new double[values.rows() * values.outputs() * values.features()];
    int next = 0;
    for (int row = 0; row < values.rows(); row++) {
      for (int output = 0; output < values.outputs(); output++) {
        for (int feature = 0; feature < values.features(); feature++) {
          all[next++] = values.phi(row, output, feature);
        }
      }
    }
    return all;
  }
}
