package org.primum.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.primum.explain.value.ExplanationMode;
import org.primum.explain.value.Precision;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;
import org.primum.model.LinearModel.Transform;
import org.primum.model.ShapFixture;

/// testdata/shap/i_linear_logistic: a logistic regression of scikit-learn 1.9.1 with the means of
/// its 200 background rows; and a model of two features small enough to compute by hand.
final class LinearExplainerTest {

  @Test
  void shapleyValuesAreTheCoefficientTimesTheDistanceFromTheMean() {
    var fixture = new ShapFixture("i_linear_logistic");
    LinearModel model = (LinearModel) fixture.model("model.json");
    JsonNode expected = fixture.expected("expected_interventional.json");

    ShapleyValues values = Explainer.of(model).explain(fixture.rows(model));

    values.requireAdditivity();
    assertThat(model.margins(fixture.rows(model)))
        .containsExactly(ShapFixture.numbers(expected.path("margin")), within(1e-12));
    assertThat(TreeExplainerTest.rowMajor(values))
        .containsExactly(ShapFixture.numbers(expected.path("phi")), within(1e-12));
    assertThat(values.baseValue(0))
        .isCloseTo(expected.path("base_value").path(0).doubleValue(), within(1e-12));
  }

  /// The same model with no means of its own; those of the 200 rows of background.csv, in any
  /// pieces.
  @Test
  void theMeansOfABackgroundTakeThePlaceOfTheModelsOwn() {
    var fixture = new ShapFixture("i_linear_logistic");
    JsonNode file = fixture.expected("model.json");
    List<Feature> features = fixture.featureNames().stream().map(Feature::numeric).toList();
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      double coefficient = file.path("coef").path(i).doubleValue();
      terms.add(new Term(i, new Transform.Standardized(0, 1), coefficient, 100));
    }
    var model = new LinearModel(features, terms, file.path("intercept").doubleValue());
    JsonNode expected = fixture.expected("expected_interventional.json");
    FeatureMatrix rows = fixture.background(model);
    Background background = Background.of(model);
    double[] halves = rows.values();
    int cut = 63 * features.size();
    background.add(part(halves, cut, halves.length, features.size()));
    background.add(part(halves, 0, cut, features.size()));

    Explainer explainer = background.explainer(Precision.MIXED);

    assertThat(background.rows()).isEqualTo(200);
    assertThat(explainer.mode()).isEqualTo(ExplanationMode.INTERVENTIONAL);
    assertThat(TreeExplainerTest.rowMajor(explainer.explain(fixture.rows(model))))
        .containsExactly(ShapFixture.numbers(expected.path("phi")), within(1e-12));
    assertThat(explainer.baseValue(0))
        .isCloseTo(expected.path("base_value").path(0).doubleValue(), within(1e-12));
  }

  private static FeatureMatrix part(double[] values, int from, int to, int columns) {
    return new FeatureMatrix(
        java.util.Arrays.copyOfRange(values, from, to), (to - from) / columns, columns);
  }

  /// Feature `age`: 0.5 * ((70 - 60) / 10 - 0.2) = 0.4, and its missing indicator 2 * (0 - 0.1) =
  /// -0.2, together 0.2. Feature `ward` = B: -1 * (0 - 0.3) + 3 * (1 - 0.7) = 1.2. The base value
  /// is 1 + 0.5 * 0.2 + 2 * 0.1 - 1 * 0.3 + 3 * 0.7 = 3.1, the margin 1 + 0.5 + 3 = 4.5 = 3.1 + 0.2
  /// + 1.2.
  @Test
  void termsOfOneFeatureAddUp() {
    var model =
        new LinearModel(
            List.of(Feature.numeric("age"), Feature.categorical("ward", List.of("A", "B"))),
            List.of(
                new Term(0, new Transform.Standardized(60, 10), 0.5, 0.2),
                new Term(0, new Transform.MissingIndicator(), 2, 0.1),
                new Term(1, new Transform.Category(0), -1, 0.3),
                new Term(1, new Transform.Category(1), 3, 0.7)),
            1);

    ShapleyValues values =
        Explainer.of(model).explain(new FeatureMatrix(new double[] {70, 1}, 1, 2));

    assertThat(values.baseValue(0)).isCloseTo(3.1, within(1e-15));
    assertThat(values.phi(0, 0, 0)).isCloseTo(0.2, within(1e-15));
    assertThat(values.phi(0, 0, 1)).isCloseTo(1.2, within(1e-15));
    assertThat(values.margin(0, 0)).isEqualTo(4.5);
  }
}
