package org.primum.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.primum.explain.sampling.Prediction;
import org.primum.explain.sampling.Sampling;
import org.primum.explain.sampling.Sampling.Method;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.InteractionValues;
import org.primum.explain.value.OutputSpace;
import org.primum.explain.value.Precision;
import org.primum.explain.value.SamplingErrors;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;
import org.primum.model.TreeEnsemble;

/// Pieces of exact values, of estimates, of groups and with interactions, of random trees: what is
/// read is what was written, or nothing.
final class ShapleyValuesFileTest {

  private final RandomTrees random = new RandomTrees(3, 14);
  private final TreeEnsemble large =
      random.ensemble(IntStream.range(0, 10).mapToObj(_ -> random.tree(5)).toList());
  private final TreeEnsemble small = new RandomTrees(4, 14).ensemble(List.of(random.tree(2)));
  private final FeatureMatrix background = random.rows(5);
  private final FeatureMatrix rows = random.rows(7);

  private SampledExplainer sampled(TreeEnsemble model) {
    var sampling = new Sampling(Method.KERNEL, 1, 300, OptionalDouble.empty());
    var kept =
        new SampledBackground(new Prediction(model, OutputSpace.MARGIN), sampling, Long.MAX_VALUE);
    kept.add(background);
    return kept.explainer(Precision.MIXED);
  }

  private FeatureGroups groups() {
    return FeatureGroups.of(
        large.features().stream().map(f -> f.name()).toList(),
        Map.of("g", List.of(large.features().get(1).name(), large.features().get(9).name())));
  }

  @Test
  void estimatesKeepTheirErrorsCoalitionsAndConditions() {
    SampledExplainer explainer = sampled(large);
    ShapleyValues values = explainer.explain(rows);
    ShapleyValues read = reread(values, explainer, 14).orElseThrow();

    SamplingErrors errors = values.errors().orElseThrow();
    SamplingErrors kept = read.errors().orElseThrow();
    assertThat(errors.largest(0)).isPositive();
    for (int row = 0; row < 7; row++) {
      assertThat(read.margin(row, 0)).isEqualTo(values.margin(row, 0));
      assertThat(kept.coalitions(row)).isEqualTo(errors.coalitions(row)).isPositive();
      assertThat(kept.condition(row)).isEqualTo(errors.condition(row));
      for (int feature = 0; feature < 14; feature++) {
        assertThat(read.phi(row, 0, feature)).isEqualTo(values.phi(row, 0, feature));
        assertThat(kept.error(row, 0, feature)).isEqualTo(errors.error(row, 0, feature));
      }
    }
  }

  @Test
  void interactionsAndGroupsAreKept() {
    SampledExplainer explainer = sampled(small).by(groups());
    SampledExplainer both = explainer.with(explainer.allPairs());
    ShapleyValues values = both.explain(rows);
    ShapleyValues read = reread(values, both, 13).orElseThrow();

    InteractionValues found = values.interactions().orElseThrow();
    InteractionValues kept = read.interactions().orElseThrow();
    assertThat(kept.pairs()).isEqualTo(found.pairs()).isPositive();
    for (int row = 0; row < 7; row++) {
      for (int pair = 0; pair < found.pairs(); pair++) {
        assertThat(kept.value(row, 0, pair)).isEqualTo(found.value(row, 0, pair));
      }
    }
    assertThat(ShapleyValuesFile.write(read)).isEqualTo(ShapleyValuesFile.write(values));
  }

  @Test
  void whatIsOfAnotherFormIsNothing() {
    SampledExplainer explainer = sampled(small);
    SampledExplainer both = explainer.with(explainer.allPairs());
    byte[] file = ShapleyValuesFile.write(explainer.explain(rows));

    assertThat(ShapleyValuesFile.read(file, explainer, 14, 7)).isPresent();
    assertThat(ShapleyValuesFile.read(file, both, 14, 7)).isEmpty();
    assertThat(ShapleyValuesFile.read(file, explainer, 13, 7)).isEmpty();
    assertThat(ShapleyValuesFile.read(file, explainer, 14, 6)).isEmpty();
    assertThat(ShapleyValuesFile.read(file, sampled(large), 14, 7)).isEmpty();
    Explainer exact = new TableExplainer(small);
    assertThat(ShapleyValuesFile.read(file, exact, 14, 7)).isEmpty();
    assertThat(ShapleyValuesFile.read(ShapleyValuesFile.write(exact.explain(rows)), exact, 14, 7))
        .isPresent();
  }

  @Test
  void everyDamagedByteIsSeen() {
    SampledExplainer explainer = sampled(small);
    byte[] file = ShapleyValuesFile.write(explainer.explain(rows));
    for (int i = 0; i < file.length; i++) {
      byte[] damaged = file.clone();
      damaged[i] ^= 16;
      assertThat(ShapleyValuesFile.read(damaged, explainer, 14, 7)).isEmpty();
      byte[] cut = Arrays.copyOf(file, i);
      assertThat(ShapleyValuesFile.read(cut, explainer, 14, 7)).isEmpty();
    }
  }

  private static Optional<ShapleyValues> reread(
      ShapleyValues values, Explainer explainer, int names) {
    return ShapleyValuesFile.read(ShapleyValuesFile.write(values), explainer, names, values.rows());
  }
}
