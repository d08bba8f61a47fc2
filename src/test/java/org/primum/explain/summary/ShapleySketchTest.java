package org.primum.explain.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/// Values of many magnitudes and both signs, held against the same values sorted.
final class ShapleySketchTest {

  @Property(tries = 100, seed = "20261201")
  void quantilesAreWithinOneSixtyFourthOfTheValuesOwn(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 300) int rows,
      @ForAll @IntRange(min = 1, max = 100) int percent) {
    double[] values = values(seed, rows);
    ShapleyDistribution distribution = sketch(values).distribution();
    Arrays.sort(values);
    double own = values[Math.max(1, (int) Math.ceil(percent / 100.0 * rows)) - 1];

    double quantile = distribution.quantile(percent / 100.0);

    assertThat(quantile).isCloseTo(own, within(Math.max(0x1p-30, Math.abs(own) / 64)));
  }

  @Property(tries = 100, seed = "20261202")
  void anySplitAndOrderGivesTheSameBytes(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 0, max = 50) int cut) {
    double[] values = values(seed, 50);
    ShapleySketch merged = sketch(Arrays.copyOfRange(values, cut, 50));
    merged.merge(sketch(Arrays.copyOfRange(values, 0, cut)));

    assertThat(bytes(merged)).isEqualTo(bytes(sketch(values)));
    var read = new ShapleySketch();
    read.read(ByteBuffer.wrap(bytes(merged)), 50);
    assertThat(bytes(read)).isEqualTo(bytes(merged));
  }

  /// Whatever bytes come: counts of so many rows, or an IllegalArgumentException.
  @Property(tries = 2000, seed = "20261203")
  void bytesThatAreNoSketchAreRefused(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 0, max = 40) int length) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    if (length > 0) {
      bytes[0] &= 0x07;
    }
    var sketch = new ShapleySketch();
    try {
      sketch.read(ByteBuffer.wrap(bytes), 50);
    } catch (IllegalArgumentException _) {
      return;
    }
    assertThat(sketch.distribution().rows()).isEqualTo(50);
  }

  @Test
  void countsOfAnotherNumberOfRowsAreRefused() {
    byte[] bytes = bytes(sketch(new double[] {0.5, 0.5}));

    assertThatThrownBy(() -> new ShapleySketch().read(ByteBuffer.wrap(bytes), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 values of 3 rows");
  }

  @Test
  void signsAndZerosAreCounted() {
    ShapleyDistribution values = sketch(new double[] {-0.5, 0, 1e-12, 0.25, 3}).distribution();

    assertThat(values.positive()).isEqualTo(0.4);
    assertThat(values.negative()).isEqualTo(0.2);
  }

  /// Of 1, 2, 3, 4 and 1, 1, 3, 3 the distribution functions are 1/4 apart after 1 and after 3.
  @Test
  void distanceIsThatOfTheDistributionFunctions() {
    ShapleyDistribution one = sketch(new double[] {1, 2, 3, 4}).distribution();
    ShapleyDistribution other = sketch(new double[] {1, 1, 3, 3}).distribution();

    assertThat(one.distance(other).least()).isEqualTo(0.25);
    assertThat(one.distance(other).most()).isGreaterThanOrEqualTo(0.25);
    assertThat(one.distance(one).least()).isEqualTo(0);
  }

  @Test
  void noPartOfAProfileTellsOfFewRows() {
    ShapleyDistribution values = sketch(values(3, 100)).distribution();

    assertThat(values.profile(11).parts()).allMatch(part -> part.rows() >= 11);
    assertThat(values.profile(11).rows()).isEqualTo(100);
    assertThat(values.profile(101).parts()).hasSize(1);
    assertThat(sketch(values(4, 5000)).distribution().profile(0).parts()).hasSizeLessThan(52);
  }

  private static double[] values(long seed, int rows) {
    var random = new Random(seed);
    var values = new double[rows];
    Arrays.setAll(values, _ -> random.nextGaussian() * Math.pow(10, random.nextInt(-9, 9)));
    return values;
  }

  private static ShapleySketch sketch(double[] values) {
    var sketch = new ShapleySketch();
    Arrays.stream(values).forEach(sketch::add);
    return sketch;
  }

  private static byte[] bytes(ShapleySketch sketch) {
    var out = new ByteArrayOutputStream();
    sketch.write(out);
    return out.toByteArray();
  }
}
