package org.primum.explain.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.primum.data.TextColumn;
import org.primum.explain.value.AdditivityException;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.ModelInvalidException;

/// One output, two features, up to 40 rows in groups `a`, `b` and missing.
final class ShapleyTallyTest {

  @Property(tries = 200, seed = "20261128")
  void anySplitAndOrderGivesTheSameSums(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 0, max = 40) int cut) {
    double[] phi = values(new Random(seed), 2 * rows);
    int at = Math.min(cut, rows);
    ShapleyTally whole = tally(phi, 0, rows);
    ShapleyTally merged = tally(phi, at, rows);
    merged.merge(tally(phi, 0, at));

    assertThat(merged.overall().bytes()).isEqualTo(whole.overall().bytes());
    assertThat(merged.overall().rows()).isEqualTo(rows);
    assertThat(groups(merged)).containsExactlyElementsOf(groups(whole));
  }

  /// 1e15 + 0.1 - 1e15 is 0.125 in floating point. The mean magnitude is 2000000000000000.1 / 3.
  @Test
  void largeAddendsDoNotSwallowSmallOnes() {
    ShapleyTally tally = tally(new double[] {1e15, 0, 0.1, 0, -1e15, 0}, 0, 3);

    assertThat(tally.overall().mean(0, 0)).isCloseTo(0.1 / 3, within(1e-19));
    assertThat(tally.overall().meanAbs(0, 0)).isEqualTo(666666666666666.7);
    assertThat(tally.overall().mean(0, 1)).isEqualTo(0);
  }

  @Test
  void negativeSumsAreRight() {
    ShapleyTally tally = tally(new double[] {-0.75, -1e-10, -2.5, 1e-10}, 0, 2);

    assertThat(tally.overall().mean(0, 0)).isEqualTo(-1.625);
    assertThat(tally.overall().mean(0, 1)).isEqualTo(0);
    assertThat(tally.overall().meanAbs(0, 1)).isCloseTo(1e-10, within(1e-19));
  }

  @Test
  void whatCannotBeSummedIsRefused() {
    for (double bad : new double[] {1e19, Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> tally(new double[] {bad, 0}, 0, 1))
          .isInstanceOf(ModelInvalidException.class);
    }
    assertThatThrownBy(() -> tally(new double[] {4e18, 0, 4e18, 0, 4e18, 0}, 0, 3))
        .isInstanceOf(ModelInvalidException.class);
  }

  @Test
  void anAttributeWithTooManyValuesIsLeftOutWhicheverWayItIsSplit() {
    var whole = new ShapleyTally(1, 1, List.of("age"));
    var left = new ShapleyTally(1, 1, List.of("age"));
    var right = new ShapleyTally(1, 1, List.of("age"));
    for (int i = 0; i <= ShapleyTally.MAX_GROUPS; i++) {
      TextColumn age = new TextColumn(new String[] {Integer.toString(i)}, new int[1], 1);
      ShapleyValues one = values(1, new double[] {0.5});
      whole.add(one, List.of(age));
      (i % 2 == 0 ? left : right).add(one, List.of(age));
    }
    assertThat(left.groups(0)).isPresent();
    left.merge(right);

    assertThat(whole.groups(0)).isEmpty();
    assertThat(left.groups(0)).isEmpty();
    assertThat(
            ShapleySummary.of(
                    left, new double[1], List.of("x"), new ShapleySummary.Extent(9, 0, true))
                .leftOut())
        .containsExactly("age");
  }

  @Test
  void valuesThatDoNotAddUpAreNotHandedOn() {
    ShapleyValues right =
        new ShapleyValues(1, new double[] {1}, new double[] {1.5}, new double[] {0.5});
    ShapleyValues wrong =
        new ShapleyValues(1, new double[] {1}, new double[] {1.6}, new double[] {0.5});
    ShapleyValues none =
        new ShapleyValues(1, new double[] {1}, new double[] {1}, new double[] {Double.NaN});

    right.requireAdditivity();
    assertThatThrownBy(wrong::requireAdditivity)
        .isInstanceOf(AdditivityException.class)
        .hasMessageContaining("no values were written");
    assertThatThrownBy(none::requireAdditivity).isInstanceOf(AdditivityException.class);
  }

  private static List<String> groups(ShapleyTally tally) {
    return tally.groups(0).orElseThrow().entrySet().stream()
        .map(e -> e.getKey() + " " + HexFormat.of().formatHex(e.getValue().bytes()))
        .toList();
  }

  private static double[] values(Random random, int count) {
    var values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextGaussian() * Math.pow(10, random.nextInt(-12, 13));
    }
    return values;
  }

  private static ShapleyTally tally(double[] phi, int from, int to) {
    var tally = new ShapleyTally(1, 2, List.of("ward"));
    for (int row = from; row < to; row++) {
      TextColumn ward = new TextColumn(new String[] {"a", "b"}, new int[] {row % 3 - 1}, 1);
      tally.add(values(2, new double[] {phi[2 * row], phi[2 * row + 1]}), List.of(ward));
    }
    return tally;
  }

  private static ShapleyValues values(int features, double[] phi) {
    return new ShapleyValues(features, new double[1], new double[1], phi);
  }
}
