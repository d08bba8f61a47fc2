package org.primum.fairness.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.fairness.Audits;
import org.primum.fairness.Fixtures;
import org.primum.fairness.Rows;
import org.primum.fairness.policy.FairnessPolicy;

/// Small random tables of one sensitive feature, a label, a score, a weight and a need of either
/// sign, any of which but the weight may be missing.
final class NeedCountsTest {

  private static final String COLUMNS = "g,label,score,w,need";

  private static final FairnessPolicy POLICY = policy("  need: {column: need}\n");

  private static FairnessPolicy policy(String need) {
    return policy(need, "{column: w}");
  }

  private static FairnessPolicy policy(String need, String weight) {
    return Audits.whole(
        """
        apiVersion: primum.dev/v1alpha1
        kind: FairnessPolicy
        metadata: {name: test, revision: 1}
        data:
          label: {column: label, positive: 1}
          score: {column: score}
          decision: {threshold: 0.5}
          weight: %s
        %sattributes: [{name: g, column: g}]
        rules: [{id: r, metric: tpr, over: g, min: 0.5}]
        """
            .formatted(weight, need));
  }

  @Provide
  Arbitrary<List<String>> someRows() {
    Arbitrary<String> row =
        Combinators.combine(
                Arbitraries.of("A", "B", ""),
                Arbitraries.of("0", "1", ""),
                Arbitraries.oneOf(
                    Arbitraries.of("", "0.5", "0.25"),
                    Arbitraries.doubles().between(0, 1).map(String::valueOf)),
                Arbitraries.doubles().between(0, 1e3).map(String::valueOf),
                Arbitraries.oneOf(
                    Arbitraries.of("", "0", "-0.0", "3"),
                    Arbitraries.doubles().between(-1e4, 1e4).map(String::valueOf)))
            .as((g, label, score, w, need) -> String.join(",", g, label, score, w, need));
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
    Collections.shuffle(shuffled, random);
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

  @Property(tries = 200)
  void whatIsWrittenIsRead(@ForAll("someRows") List<String> rows) {
    Tally tally = tally(rows, 8);
    assertThat(TallyFile.read(TallyFile.write(tally), "tally.bin")).isEqualTo(tally);
  }

  /// Plain sums of doubles differ from these by rounding alone.
  @Property(tries = 200)
  void theSumsAreThoseOfTheRowsWithScoreAndNeed(@ForAll("someRows") List<String> rows) {
    double weight = 0;
    double need = 0;
    double square = 0;
    long known = 0;
    for (String row : rows) {
      List<String> cells = List.of(row.split(",", -1));
      if (!cells.get(2).isEmpty() && !cells.get(4).isEmpty()) {
        double w = Double.parseDouble(cells.get(3));
        double x = Double.parseDouble(cells.get(4));
        weight += w;
        need += w * x;
        square += w * x * x;
        known++;
      }
    }
    NeedCounts counts = tally(rows, 8).overall().need();
    double[] sums = new double[3];
    for (int i = 0; i < counts.size(); i++) {
      sums[0] += counts.weight(i);
      sums[1] += counts.need(i);
      sums[2] += counts.squaredNeed(i);
    }
    assertThat(counts.rows()).isEqualTo(known);
    assertThat(sums[0]).isCloseTo(weight, within(1e-9));
    assertThat(sums[1]).isCloseTo(need, within(1e-5));
    assertThat(sums[2]).isCloseTo(square, within(1.0));
  }

  /// 20,000 distinct scores are more than a tally keeps apart: rows and shards meet on the grid.
  @Test
  void manyScoresPutNeedsOnTheGridWhateverTheShards() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      rows.add("A,1," + i / 20_000.0 + ",1.5," + (i % 7 - 3));
    }
    Tally whole = tally(rows, 1000);
    assertThat(whole.scale()).isInstanceOf(ScoreScale.Binned.class);
    Tally shards = tally(rows.subList(0, 7000), 100).plus(tally(rows.subList(7000, 20_000), 3000));
    assertThat(TallyFile.write(shards)).isEqualTo(TallyFile.write(whole));
    assertThat(whole.overall().need().rows()).isEqualTo(20_000);
    assertThat(whole.overall().need().size()).isLessThan(1200);
  }

  @Test
  void withoutANeedNoFileHasItsSection() {
    List<String> rows = List.of("A,1,0.5,1,");
    String none = new String(TallyFile.write(tally(rows, 8)), StandardCharsets.ISO_8859_1);
    assertThat(none).doesNotContain("NEED");
    String some =
        new String(TallyFile.write(tally(List.of("A,1,0.5,1,2"), 8)), StandardCharsets.ISO_8859_1);
    assertThat(some).contains("NEED");
    assertThat(Tally.Layout.of(policy("")).decision()).doesNotContain("need");
    assertThat(Tally.Layout.of(POLICY).decision()).contains("need");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1000001", "-1000001"})
  void aNeedThatIsNoNumberIsNamedByItsRowAndNotQuoted(String need) {
    assertThatThrownBy(() -> tally(List.of("A,1,0.5,1,2", "A,1,0.5,1," + need), 8))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageStartingWith("rows.csv: column 'need', row 2 is not a finite number")
        .hasMessageNotContaining(need.equals("NaN") ? "NaN" : need);
  }

  /// 0.1 and 0.7 are no sums of powers of two: what is cut off is cut off of each row.
  @Test
  void aRowThatStandsForManyIsAsManyRows() {
    FairnessPolicy frequency = policy("  need: {column: need}\n", "{column: w, kind: frequency}");
    Tally few =
        Fixtures.tally(
            Rows.of(COLUMNS, "A,1,0.5,7,0.1", "A,0,0.25,3,-0.7", "A,1,0.75,0,5"), frequency);
    Tally many =
        Fixtures.tally(Rows.repeated(COLUMNS, "A,1,0.5,1,0.1,7", "A,0,0.25,1,-0.7,3"), POLICY);
    assertThat(few.overall().need()).isEqualTo(many.overall().need());
  }

  @Test
  void needsThatAddUpToTooMuchAreRefusedNotWrappedAround() {
    NeedCounts half = needOf(1L << 62);
    assertThatThrownBy(() -> half.plus(half))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("data.need.column")
        .hasMessageContaining("larger unit");
  }

  private static NeedCounts needOf(long square) {
    SortedMap<Double, long[]> slots = new TreeMap<>();
    slots.put(0.5, new long[] {1, 1, 0, 1, 1, 0, 1, square, 0});
    return NeedCounts.of(slots);
  }

  /// The digest made right again, so that the parser itself meets the damage.
  @Test
  void aDamagedBodyUnderARightDigestIsReadOrRejected() {
    byte[] bytes = TallyFile.write(tally(List.of("A,1,0.5,1,-2.5", "B,0,0.25,3,4"), 8));
    int header = 8 + 2 + 32 + 8;
    Random random = new Random(20260102);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = bytes.clone();
      int place = i % 2 == 0 ? bytes.length - 1 - random.nextInt(80) : header;
      damaged[place + (i % 2 == 0 ? 0 : random.nextInt(bytes.length - header))] =
          (byte) random.nextInt(256);
      byte[] body = Arrays.copyOfRange(damaged, header, damaged.length);
      System.arraycopy(Digest.sha256().digest(body), 0, damaged, 10, 32);
      try {
        assertThat(TallyFile.write(TallyFile.read(damaged, "tally.bin"))).isEqualTo(damaged);
      } catch (DataInvalidException e) {
        assertThat(e).hasMessageStartingWith("tally.bin: ");
      }
    }
  }
}
