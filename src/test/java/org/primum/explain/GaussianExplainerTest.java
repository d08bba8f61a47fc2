package org.primum.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.primum.data.DataInvalidException;
import org.primum.explain.sampling.Sampling;
import org.primum.explain.sampling.Sampling.Method;
import org.primum.explain.value.ExplanationMode;
import org.primum.explain.value.Precision;
import org.primum.explain.value.SamplingErrors;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;
import org.primum.model.LinearModel.Transform;
import org.primum.model.ShapFixture;

/// Linear models with correlated features: the fixture's exact values, cases that hand arithmetic
/// solves, and estimates against the closed form of exchangeable features.
final class GaussianExplainerTest {

  @Test
  void valuesAreThoseOfTheEnumerationOfAllSubsets() {
    var fixture = new ShapFixture("i_linear_logistic");
    var model = (LinearModel) fixture.model("model.json");
    JsonNode expected = fixture.expected("expected_correlation_dependent.json");
    var background = new GaussianBackground(model, sampling(100));
    background.add(fixture.background(model));
    GaussianExplainer explainer = background.explainer(Precision.MIXED);
    ShapleyValues values = explainer.explain(fixture.rows(model));

    values.requireAdditivity();
    assertThat(explainer.mode()).isEqualTo(ExplanationMode.CORRELATED);
    assertThat(explainer.isEstimate()).isFalse();
    assertThat(explainer.baseValue(0))
        .isCloseTo(expected.path("base_value").path(0).doubleValue(), within(1e-11));
    double[] truth = ShapFixture.numbers(expected.path("phi"));
    for (int i = 0; i < truth.length; i++) {
      assertThat(values.phi(i / 8, 0, i % 8)).isCloseTo(truth[i], within(1e-11));
    }
  }

  /// Two features that are always the same share what either says, also where the model has a
  /// coefficient for one only: phi = 3 * (x - mean) / 2 each. Both stand for one direction, and the
  /// covariance is singular.
  @Test
  void twinsShare() {
    LinearModel model = model(3, 0);
    var background = new GaussianBackground(model, sampling(100));
    background.add(new FeatureMatrix(new double[] {0, 0, 1, 1, 5, 5}, 3, 2));
    ShapleyValues values =
        background.explainer(Precision.MIXED).explain(new FeatureMatrix(new double[] {4, 4}, 1, 2));

    values.requireAdditivity();
    assertThat(values.phi(0, 0, 0)).isCloseTo(3.0, within(1e-9));
    assertThat(values.phi(0, 0, 1)).isCloseTo(3.0, within(1e-9));
  }

  /// A row that breaks the twins' rule still adds up: the margin of a known row is its margin.
  /// Known alone, x0 = 4 is expected to come with x1 = 4 and gives 3 * (4 - 2) = 6, x1 = 0 gives 3
  /// * (0 - 2) = -6; together they give 6. So x0 has (6 + 12) / 2 and x1 (-6 + 0) / 2.
  @Test
  void aRowThatIsUnlikeTheBackgroundAddsUp() {
    LinearModel model = model(3, 0);
    var background = new GaussianBackground(model, sampling(100));
    background.add(new FeatureMatrix(new double[] {0, 0, 1, 1, 5, 5}, 3, 2));
    ShapleyValues values =
        background.explainer(Precision.MIXED).explain(new FeatureMatrix(new double[] {4, 0}, 1, 2));

    values.requireAdditivity();
    assertThat(values.phi(0, 0, 0)).isCloseTo(9.0, within(1e-9));
    assertThat(values.phi(0, 0, 1)).isCloseTo(-3.0, within(1e-9));
  }

  /// Where the background's features have no covariance, nothing is expected of another: the values
  /// are `coefficient * (x - mean)`.
  @Test
  void uncorrelatedFeaturesHaveTheIndependentValues() {
    LinearModel model = model(2, -5);
    var background = new GaussianBackground(model, sampling(100));
    background.add(new FeatureMatrix(new double[] {0, 0, 0, 1, 1, 0, 1, 1}, 4, 2));
    ShapleyValues values =
        background.explainer(Precision.MIXED).explain(new FeatureMatrix(new double[] {3, 7}, 1, 2));
    assertThat(values.phi(0, 0, 0)).isCloseTo(5.0, within(1e-12));
    assertThat(values.phi(0, 0, 1)).isCloseTo(-32.5, within(1e-12));
  }

  /// The order of the background's rows changes no bit.
  @Test
  void theOrderOfTheBackgroundChangesNothing() {
    LinearModel model = model(0.1, 0.7, -0.3);
    FeatureMatrix rows = gaussian(new Random(3), 50, 3);
    var one = new GaussianBackground(model, sampling(100));
    one.add(rows);
    var two = new GaussianBackground(model, sampling(100));
    for (int row = 49; row >= 0; row--) {
      double[] values = Arrays.copyOfRange(rows.values(), row * 3, row * 3 + 3);
      two.add(new FeatureMatrix(values, 1, 3));
    }
    var asked = new FeatureMatrix(new double[] {1, 2, 3}, 1, 3);
    for (int feature = 0; feature < 3; feature++) {
      assertThat(two.explainer(Precision.MIXED).explain(asked).phi(0, 0, feature))
          .isEqualTo(one.explainer(Precision.MIXED).explain(asked).phi(0, 0, feature));
    }
  }

  /// Beyond fifteen features orders are drawn. The truth is the enumeration of a model of fifteen
  /// with five more that are independent of all and have no coefficient: their own values are 0 and
  /// they change no other's. Of 200 rows and 15 features, how often the truth lies within 1.96
  /// standard errors; all rows share the drawn orders, so the share varies more than with as many
  /// independent ones, and the bound is wide.
  @Test
  @Tag("slow")
  void manyFeaturesAreEstimatedWithAStandardError() {
    var random = new Random(17);
    FeatureMatrix small = gaussian(random, 400, 15);
    var coefficients = new double[20];
    for (int i = 0; i < 15; i++) {
      coefficients[i] = random.nextGaussian();
    }
    GaussianExplainer exact = explainer(model(Arrays.copyOf(coefficients, 15)), small, sampling(1));
    GaussianExplainer drawn = explainer(model(coefficients), widened(small), sampling(4000));
    FeatureMatrix rows = gaussian(random, 200, 15);
    ShapleyValues truth = exact.explain(rows);
    ShapleyValues found = drawn.explain(widened(rows));

    assertThat(drawn.isEstimate()).isTrue();
    found.requireAdditivity();
    SamplingErrors errors = found.errors().orElseThrow();
    int within = 0;
    for (int i = 0; i < 200 * 15; i++) {
      double miss = Math.abs(found.phi(i / 15, 0, i % 15) - truth.phi(i / 15, 0, i % 15));
      assertThat(miss).isLessThan(0.5);
      within += miss <= 1.96 * errors.error(i / 15, 0, i % 15) + 1e-9 ? 1 : 0;
    }
    assertThat(within / 3000.0).isBetween(0.85, 0.995);
  }

  /// Five constant columns behind: a covariance of 0 with everything.
  private static FeatureMatrix widened(FeatureMatrix rows) {
    var values = new double[rows.rows() * 20];
    for (int row = 0; row < rows.rows(); row++) {
      System.arraycopy(rows.values(), row * 15, values, row * 20, 15);
    }
    return new FeatureMatrix(values, rows.rows(), 20);
  }

  private static GaussianExplainer explainer(
      LinearModel model, FeatureMatrix rows, Sampling sampling) {
    var background = new GaussianBackground(model, sampling);
    background.add(rows);
    return background.explainer(Precision.MIXED);
  }

  @Test
  void oneRowHasNoCovariance() {
    var background = new GaussianBackground(model(1, 1), sampling(100));
    background.add(new FeatureMatrix(new double[] {1, 2}, 1, 2));
    assertThatThrownBy(() -> background.explainer(Precision.MIXED))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("at least two background rows");
  }

  private static FeatureMatrix gaussian(Random random, int rows, int columns) {
    var values = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      double shared = random.nextGaussian();
      for (int column = 0; column < columns; column++) {
        values[row * columns + column] = random.nextGaussian() + shared * (column % 3) + column;
      }
    }
    return new FeatureMatrix(values, rows, columns);
  }

  private static LinearModel model(double... coefficients) {
    List<Feature> features = new ArrayList<>();
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < coefficients.length; i++) {
      features.add(Feature.numeric("x" + i));
      terms.add(new Term(i, new Transform.Filled(0), coefficients[i], 0));
    }
    return new LinearModel(features, terms, 1);
  }

  private static Sampling sampling(int samples) {
    return new Sampling(Method.PERMUTATION, 1, samples, OptionalDouble.empty());
  }
}
