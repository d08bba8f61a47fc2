package org.primum.explain.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.primum.explain.TreeExplainer;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.InteractionValues;
import org.primum.model.FeatureMatrix;
import org.primum.model.ShapFixture;
import org.primum.model.TreeEnsemble;

/// Rows 20 to 29 of testdata/shap/a_xgb_binary, whose matrices of interactions were enumerated over
/// all subsets.
final class MainEffectsTest {

  private static final int FROM = 20;

  private final ShapFixture fixture = new ShapFixture("a_xgb_binary");
  private final TreeEnsemble model = fixture.trees("model.json");
  private final FeaturePairs pairs =
      FeaturePairs.of(model, FeatureGroups.single(fixture.featureNames()));
  private final TreeExplainer explainer = new TreeExplainer(model);
  private final int features = fixture.featureNames().size();

  private FeatureMatrix rows(int from, int to) {
    FeatureMatrix all = fixture.rows(model);
    double[] values = Arrays.copyOfRange(all.values(), from * features, to * features);
    return new FeatureMatrix(values, to - from, features);
  }

  private MainEffects effects(int from, int to) {
    MainEffects effects = new MainEffects(1, features);
    InteractionValues found = explainer.interactions(pairs).explain(rows(from, to));
    effects.add(explainer.explain(rows(from, to)), 0, found, pairs);
    return effects;
  }

  @Test
  void theyAreTheDiagonalOfTheEnumeratedMatrices() {
    double[] cells =
        ShapFixture.numbers(fixture.expected("expected_interactions_path.json").path("phi"));
    MainEffects effects = effects(FROM, FROM + 10);
    for (int feature = 0; feature < features; feature++) {
      double sum = 0;
      for (int row = 0; row < 10; row++) {
        sum += Math.abs(cells[(row * features + feature) * features + feature]);
      }
      assertThat(effects.meanAbs(0, feature)).isCloseTo(sum / 10, within(1e-12));
    }
  }

  @Test
  void rowsApartMergeToTheBytesOfRowsTogether() {
    MainEffects apart = effects(FROM + 7, FROM + 10);
    apart.merge(effects(FROM, FROM + 7));
    byte[] together = effects(FROM, FROM + 10).bytes();
    assertThat(apart.bytes()).isEqualTo(together);
    assertThat(MainEffects.of(1, features, 10, together).bytes()).isEqualTo(together);
  }

  @Test
  void sumsOfAnotherShapeAreRefused() {
    byte[] bytes = effects(0, 1).bytes();
    assertThatThrownBy(() -> MainEffects.of(2, features, 1, bytes))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MainEffects.of(1 << 30, 1 << 30, 1, bytes))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MainEffects.of(1, features, -1, bytes))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new MainEffects(1, 2).meanAbs(0, 1)).isZero();
  }
}
