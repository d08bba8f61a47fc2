package org.primum.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.primum.gate.Confusion;

/// Six people: three are readmitted, with scores 0.9, 0.5 and 0.07, three are not, with 0.6, 0.29
/// and 0. From 0.5 on two of the three are found, with one false alarm.
final class RocCurveTest {

  private static final double[] SCORES = {0.9, 0.5, 0.07, 0.6, 0.29, 0};
  private static final boolean[] POSITIVES = {true, true, true, false, false, false};

  private static Confusion.Matrix matrix(double[] scores, boolean[] positives, double threshold) {
    return (Confusion.Matrix) RocCurve.confusion(scores, positives, threshold);
  }

  @Test
  void countsTheDecisionsAtTheThreshold() {
    Confusion.Matrix matrix = matrix(SCORES, POSITIVES, 0.5);

    assertThat(matrix.tp()).isEqualTo(2);
    assertThat(matrix.fn()).isEqualTo(1);
    assertThat(matrix.fp()).isEqualTo(1);
    assertThat(matrix.tn()).isEqualTo(2);
  }

  /// 0.07 and 0.29 are not the numbers they are printed as; 0.29 * 100 is 28.999….
  @Test
  void runsFromNobodyToEverybodyAndAlertsAtAScoreItself() {
    Confusion.Matrix matrix = matrix(SCORES, POSITIVES, 0.5);

    assertThat(matrix.curve()).hasSize(101);
    assertThat(matrix.curve().getFirst()).isEqualTo(new Confusion.CurvePoint(1, 0, 0));
    assertThat(matrix.curve().getLast()).isEqualTo(new Confusion.CurvePoint(0, 1, 1));
    assertThat(matrix.curve())
        .contains(
            new Confusion.CurvePoint(0.5, 2 / 3.0, 1 / 3.0),
            new Confusion.CurvePoint(0.3, 2 / 3.0, 1 / 3.0),
            new Confusion.CurvePoint(0.29, 2 / 3.0, 2 / 3.0),
            new Confusion.CurvePoint(0.08, 2 / 3.0, 2 / 3.0),
            new Confusion.CurvePoint(0.07, 1, 2 / 3.0));
  }

  @Test
  void hasNoCurveWhereOneOutcomeNeverOccurs() {
    assertThat(matrix(new double[] {0.4, 0.8}, new boolean[] {true, true}, 0.5).curve()).isEmpty();
    assertThat(matrix(new double[] {0.4, 0.8}, new boolean[] {false, false}, 0.5).curve())
        .isEmpty();
  }

  @Test
  void isUnknownWithoutRows() {
    assertThat(RocCurve.confusion(new double[0], new boolean[0], 0.5))
        .isEqualTo(new Confusion.Unknown());
  }

  /// Against counting by the definition, threshold by threshold.
  @Property
  void isWhatCountingAtEachThresholdGives(
      @ForAll @Size(min = 2, max = 30) List<@DoubleRange(min = 0, max = 1) Double> random) {
    double[] scores = random.stream().mapToDouble(Double::doubleValue).toArray();
    boolean[] positives = new boolean[scores.length];
    for (int row = 0; row < scores.length; row++) {
      positives[row] = row % 2 == 0;
    }
    for (Confusion.CurvePoint point : matrix(scores, positives, 0.5).curve()) {
      int found = 0;
      int all = 0;
      for (int row = 0; row < scores.length; row += 2) {
        all++;
        found += scores[row] >= point.threshold() ? 1 : 0;
      }
      assertThat(point.recall()).isEqualTo((double) found / all);
    }
  }
}
