package org.primum.fairness.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.primum.data.DataInvalidException;
import org.primum.fairness.Audits;
import org.primum.fairness.Fixtures;
import org.primum.fairness.Rows;
import org.primum.fairness.policy.FairnessPolicy;

/// Small random tables of two sensitive features, a label, a score and a weight, any of which but
/// the weight may be missing.
final class TallyTest {

  private static final String COLUMNS = "g,h,label,score,w";

  private static final FairnessPolicy POLICY =
      Audits.whole(
          """
          apiVersion: primum.dev/v1alpha1
          kind: FairnessPolicy
          metadata: {name: test, revision: 1}
          data:
            label: {column: label, positive: 1}
            score: {column: score}
            decision: {threshold: 0.5}
            weight: {column: w}
          attributes: [{name: g, column: g}, {name: h, column: h}]
          rules: [{id: r, metric: tpr, over: g, min: 0.5}]
          """);

  @Provide
  Arbitrary<List<String>> someRows() {
    Arbitrary<String> row =
        Combinators.combine(
                Arbitraries.of("A", "B", "C", ""),
                Arbitraries.of("x", "y", ""),
                Arbitraries.of("0", "1", ""),
                Arbitraries.doubles().between(0, 1).map(String::valueOf),
                Arbitraries.doubles().between(0, 1e6).map(String::valueOf))
            .as((g, h, label, score, w) -> String.join(",", g, h, label, score, w));
    return row.list().ofMinSize(1).ofMaxSize(40);
  }

  private static Tally tally(List<String> rows, int batch) {
    Rows table = Rows.of(COLUMNS, rows.toArray(String[]::new));
    return Fixtures.tally(new Rows(table.columns(), table.rows(), batch), POLICY);
  }

  @Property(tries = 200)
  void noOrderAndNoShardingChangesAByte(
      @ForAll("someRows") List<String> rows,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 50) int batch) {
    byte[] whole = TallyFile.write(tally(rows, 64));
    List<String> shuffled = new ArrayList<>(rows);
    Random random = new Random(seed);
    java.util.Collections.shuffle(shuffled, random);
    assertThat(TallyFile.write(tally(shuffled, batch))).isEqualTo(whole);

    Tally merged = Tally.empty(POLICY);
    int from = 0;
    while (from < shuffled.size()) {
      int to = Math.min(shuffled.size(), from + 1 + random.nextInt(7));
      merged = merged.plus(tally(shuffled.subList(from, to), batch));
      from = to;
    }
    assertThat(TallyFile.write(merged)).isEqualTo(whole);
  }

  @Property(tries = 100)
  void mergingIsAssociativeAndCommutativeWithTheEmptyTallyAsUnit(
      @ForAll("someRows") List<String> a,
      @ForAll("someRows") List<String> b,
      @ForAll("someRows") List<String> c) {
    Tally one = tally(a, 8);
    Tally two = tally(b, 8);
    Tally three = tally(c, 8);
    assertThat(one.plus(two).plus(three)).isEqualTo(one.plus(two.plus(three)));
    assertThat(one.plus(two)).isEqualTo(two.plus(one));
    assertThat(one.plus(Tally.empty(POLICY))).isEqualTo(one);
  }

  @Property(tries = 200)
  void whatIsWrittenIsRead(@ForAll("someRows") List<String> rows) {
    Tally tally = tally(rows, 8);
    assertThat(TallyFile.read(TallyFile.write(tally), "tally.bin")).isEqualTo(tally);
  }

  /// BigDecimal adds exactly, in another way.
  @Property(tries = 300)
  void sumsAreExactAndRoundedOnce(
      @ForAll @Size(max = 60) List<@DoubleRange(min = 0, max = 1e300) Double> values) {
    ExactSum.Running sum = new ExactSum.Running();
    BigDecimal exact = BigDecimal.ZERO;
    for (double value : values) {
      sum.add(value);
      exact = exact.add(new BigDecimal(value));
    }
    assertThat(sum.total().toDouble()).isEqualTo(exact.doubleValue());
  }

  @Test
  void sumsHoldTheSmallestAndTheLargestDoubleAtOnce() {
    ExactSum.Running sum = new ExactSum.Running();
    sum.add(Double.MAX_VALUE / 2);
    sum.add(Double.MIN_VALUE);
    sum.add(Double.MIN_VALUE);
    BigInteger units =
        new BigDecimal(Double.MAX_VALUE / 2)
            .divide(new BigDecimal(Double.MIN_VALUE))
            .toBigIntegerExact()
            .add(BigInteger.TWO);
    assertThat(sum.total().units()).isEqualTo(units);
    assertThat(sum.total().toDouble()).isEqualTo(Double.MAX_VALUE / 2);
  }

  /// A tenth added ten times is exactly ten times the double nearest to a tenth, which rounds to 1.
  @Test
  void tenTenthsAreOne() {
    ExactSum.Running sum = new ExactSum.Running();
    for (int i = 0; i < 10; i++) {
      sum.add(0.1);
    }
    assertThat(sum.total().toDouble()).isEqualTo(1.0);
  }

  /// Every byte of a small tally changed in every bit: read or rejected, nothing else.
  @Test
  void aDamagedFileIsRejected() {
    byte[] bytes = TallyFile.write(tally(List.of("A,x,1,0.5,1", "B,y,0,0.25,3"), 8));
    for (int i = 0; i < bytes.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = bytes.clone();
        damaged[i] ^= (byte) (1 << bit);
        assertThatThrownBy(() -> TallyFile.read(damaged, "tally.bin"))
            .isInstanceOf(DataInvalidException.class)
            .hasMessageStartingWith("tally.bin: ");
      }
    }
  }

  /// The digest made right again, so that the parser itself meets the damage.
  @Test
  void aDamagedBodyUnderARightDigestIsReadOrRejected() {
    byte[] bytes = TallyFile.write(tally(List.of("A,x,1,0.5,1", "B,y,0,0.25,3"), 8));
    int header = 8 + 2 + 32 + 8;
    Random random = new Random(20260101);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = bytes.clone();
      int times = 1 + random.nextInt(4);
      for (int t = 0; t < times; t++) {
        damaged[header + random.nextInt(bytes.length - header)] = (byte) random.nextInt(256);
      }
      byte[] body = Arrays.copyOfRange(damaged, header, damaged.length);
      System.arraycopy(org.primum.data.Digest.sha256().digest(body), 0, damaged, 10, 32);
      assertReadOrRejected(damaged);
    }
  }

  private static void assertReadOrRejected(byte[] damaged) {
    try {
      Tally tally = TallyFile.read(damaged, "tally.bin");
      assertThat(TallyFile.write(tally)).isEqualTo(damaged);
    } catch (DataInvalidException e) {
      assertThat(e).hasMessageStartingWith("tally.bin: ");
    }
  }

  @Test
  void aTruncatedFileIsRejected() {
    byte[] bytes = TallyFile.write(tally(List.of("A,x,1,0.5,1"), 8));
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> TallyFile.read(part, "tally.bin"))
          .isInstanceOf(DataInvalidException.class);
    }
  }

  @Test
  void talliesOfOtherPoliciesDoNotMerge() {
    FairnessPolicy other = Fixtures.cohortPolicy(true);
    assertThatThrownBy(() -> Tally.empty(POLICY).plus(Tally.empty(other)))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("cannot be merged");
  }

  @Test
  void identifiersAreNoSensitiveFeature() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i <= Tally.MAX_CELLS; i++) {
      rows.add("p" + i + ",x,1,0.5,1");
    }
    assertThatThrownBy(() -> tally(rows, 10_000))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("more than 65536 combinations of g, h");
  }
}
