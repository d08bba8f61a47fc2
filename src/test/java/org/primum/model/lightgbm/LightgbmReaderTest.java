package org.primum.model.lightgbm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.primum.model.FeatureMatrix;
import org.primum.model.ModelInvalidException;
import org.primum.model.ShapFixture;
import org.primum.model.TreeEnsemble;

/// One split at 0.5 on the first of two features, leaves -1 and 1, as LightGBM writes it; and
/// changed bytes of a file it wrote.
final class LightgbmReaderTest {

  private static final String STUMP =
      """
      tree
      version=v4
      num_tree_per_iteration=1
      objective=binary sigmoid:1
      feature_names=age sex

      Tree=0
      num_leaves=2
      num_cat=0
      split_feature=0
      threshold=0.5
      decision_type=8
      left_child=-1
      right_child=-2
      leaf_value=-1 1
      leaf_count=30 10
      internal_count=40
      is_linear=0


      end of trees
      """;

  /// 1 / (1 + e) = 0.2689414213699951 at the threshold, which goes left, and NaN goes right.
  @Test
  void aValueOnTheThresholdGoesLeft() {
    TreeEnsemble model = read(STUMP);
    double next = Math.nextUp(0.5);

    assertThat(
            model.margins(new FeatureMatrix(new double[] {0.5, 0, next, 0, Double.NaN, 0}, 3, 2)))
        .containsExactly(-1, 1, 1);
    assertThat(model.score(new FeatureMatrix(new double[] {0.5, 0}, 1, 2)))
        .containsExactly(0.2689414213699951);
  }

  @Test
  void refusesWhatIsNotRead() {
    assertRefused(STUMP.replace("end of trees", ""), "cut off");
    assertRefused(STUMP.replace("is_linear=0", "is_linear=1"), "linear trees");
    assertRefused(STUMP.replace("sigmoid:1", "sigmoid:-2"), "sigmoid factor");
    assertRefused(STUMP.replace("sigmoid:1", "sigmoid:x"), "expected a number");
    assertRefused(STUMP.replace("objective=binary", "objective=mine"), "not known");
    assertRefused(STUMP.replace("num_leaves=2", "num_leaves=-7"), "num_leaves is -7");
    assertRefused(STUMP.replace("num_leaves=2", "num_leaves=2000000000"), "leaf_value holds 2");
    assertRefused(STUMP.replace("left_child=-1", "left_child=0"), "two parents");
    assertRefused(STUMP.replace("split_feature=0", "split_feature=9"), "feature 9 of 2");
    assertRefused(STUMP.replace("threshold=0.5", "threshold=nan"), "expected a number");
    assertRefused(
        STUMP.replace("decision_type=8", "decision_type=9").replace("=0.5", "=0"),
        "no category set");
  }

  @Test
  void refusesAListThatDiffersFromTheNamesInTheFile() {
    assertThatThrownBy(() ->
            LightgbmReader.read(
                STUMP.getBytes(StandardCharsets.UTF_8),
                "m.txt",
                Optional.of(List.of("sex", "age"))))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("names or order");
  }

  @Test
  void changedBytesAreReadOrRefused() throws Exception {
    byte[] original = Files.readAllBytes(new ShapFixture("f3_lgb_categorical").file("model.txt"));
    var random = new Random(20261122);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] bytes =
          i % 5 == 0 ? Arrays.copyOf(original, random.nextInt(original.length)) : original.clone();
      for (int changes = random.nextInt(20); changes > 0 && bytes.length > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(95));
      }
      try {
        LightgbmReader.read(bytes, "x", Optional.empty());
      } catch (ModelInvalidException e) {
        assertThat(e).hasMessageStartingWith("x: ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(300);
  }

  private static void assertRefused(String text, String because) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageStartingWith("m.txt: ")
        .hasMessageContaining(because);
  }

  private static TreeEnsemble read(String text) {
    return LightgbmReader.read(text.getBytes(StandardCharsets.UTF_8), "m.txt", Optional.empty());
  }
}
