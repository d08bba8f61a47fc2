package org.primum.explain.summary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.model.ShapFixture;

/// Effects of products, of which it is known what they interact with; and the rows of
/// testdata/shap, for which shap 0.54.1's `utils.approximate_interactions` was run over the values
/// of expected_path.json.
final class InteractionHintTest {

  private static final int ROWS = 200;

  /// A sequence that fills (-1, 1) evenly, another for each step.
  private static double[] spread(double step) {
    double[] values = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      values[i] = 2 * (i * step - Math.floor(i * step)) - 1;
    }
    return values;
  }

  private static final double[] A = spread(0.618034);
  private static final double[] B = spread(0.414214);
  private static final double[] C = spread(0.732051);

  private static double[] product(double[] a, double[] b) {
    double[] product = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      product[i] = a[i] + a[i] * b[i];
    }
    return product;
  }

  @Test
  void theFactorOfAProductInteracts() {
    assertThat(InteractionHint.of(product(A, B), A, List.of(B, C))).hasValue(0);
    assertThat(InteractionHint.of(product(A, C), A, List.of(B, C))).hasValue(1);
  }

  @Test
  void whetherAValueIsMissingCanBeWhatInteracts() {
    double[] effect = A.clone();
    double[] holes = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      boolean missing = i % 3 == 0;
      holes[i] = missing ? Double.NaN : 1;
      effect[i] += missing ? 5 : 0;
    }
    assertThat(InteractionHint.of(effect, A, List.of(B, holes))).hasValue(1);
  }

  @Test
  void nothingInteractsWhereNothingVaries() {
    double[] constant = new double[ROWS];
    assertThat(InteractionHint.of(constant, A, List.of(B, C))).isEmpty();
    assertThat(InteractionHint.of(A, A, List.of(constant))).isEmpty();
    assertThat(InteractionHint.of(A, A, List.of())).isEmpty();
    assertThat(InteractionHint.of(new double[0], new double[0], List.of(new double[0]))).isEmpty();
    assertThat(InteractionHint.of(new double[] {1}, new double[] {1}, List.of(new double[] {2})))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"age_z,na_z", "male,sbp_z", "dose,crp", "sbp_z,male"})
  void shapFindsTheSame(String feature, String expected) throws Exception {
    var fixture = new ShapFixture("a_xgb_binary");
    List<String> names = fixture.featureNames();
    JsonNode truth = fixture.expected("expected_path.json").path("phi");
    double[] all = ShapFixture.numbers(truth);
    List<String> lines = java.nio.file.Files.readAllLines(fixture.file("rows.csv"));
    int rows = lines.size() - 1;
    List<double[]> values = new ArrayList<>();
    for (int f = 0; f < names.size(); f++) {
      double[] column = new double[rows];
      for (int row = 0; row < rows; row++) {
        String cell = lines.get(row + 1).split(",", -1)[f + 1];
        column[row] = cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
      }
      values.add(column);
    }
    int of = names.indexOf(feature);
    double[] phi = new double[rows];
    for (int row = 0; row < rows; row++) {
      phi[row] = all[row * names.size() + of];
    }
    List<String> others = new ArrayList<>(names);
    others.remove(of);
    double[] own = values.remove(of);

    OptionalInt found = InteractionHint.of(phi, own, values);

    assertThat(others.get(found.orElseThrow())).isEqualTo(expected);
  }
}
