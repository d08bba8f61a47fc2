package org.primum.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.primum.data.Batch;
import org.primum.data.DataInvalidException;
import org.primum.data.NumberColumn;
import org.primum.data.Selection;
import org.primum.data.TextColumn;

/// A model that reads age and site (N is 0, S is 1), and three rows: age 40 in S, age unknown in a
/// site W it never saw, age 60 in no site.
final class FeatureEncoderTest {

  private static final FeatureEncoder ENCODER =
      new FeatureEncoder(
          List.of(Feature.numeric("age"), Feature.categorical("site", List.of("N", "S"))));

  private static Batch rows(double first) {
    BitSet missing = new BitSet();
    missing.set(1);
    return new Batch(
        0,
        3,
        List.of(
            new NumberColumn(new double[] {first, 0, 60}, missing, 3),
            new TextColumn(new String[] {"W", "S"}, new int[] {1, 0, TextColumn.MISSING}, 3)));
  }

  @Test
  void encodesByNameNotByTheBatchesOwnCodes() {
    FeatureEncoder.Encoded encoded = ENCODER.encode(rows(40), 0);
    assertThat(encoded.matrix().values())
        .containsExactly(40, 1, Double.NaN, Double.NaN, 60, Double.NaN);
  }

  @Test
  void countsCategoriesTheModelNeverSawButNotMissingOnes() {
    assertThat(ENCODER.encode(rows(40), 0).unseen().total()).isEqualTo(1);
  }

  @Test
  void asksForNumbersAndTexts() {
    assertThat(ENCODER.selections())
        .containsExactly(Selection.number("age"), Selection.text("site"));
  }

  @Test
  void rejectsAnInfiniteValue() {
    assertThatThrownBy(() -> ENCODER.encode(rows(Double.POSITIVE_INFINITY), 0))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("'age' holds an infinite value");
  }
}
