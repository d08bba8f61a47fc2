package org.primum.fairness.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.fairness.Audits;
import org.primum.fairness.Fixtures;
import org.primum.fairness.Rows;
import org.primum.fairness.policy.FairnessPolicy;

/// Small random tables of a group, a label, a score, a weight and a patient.
final class ClusterDrawsTest {

  private static final String COLUMNS = "g,label,score,w,patient";

  private static final FairnessPolicy WEIGHTED = policy("weight: {column: w}");
  private static final FairnessPolicy PLAIN = policy("");

  private static FairnessPolicy policy(String weight) {
    return Audits.whole(
        """
        apiVersion: primum.dev/v1alpha1
        kind: FairnessPolicy
        metadata: {name: test, revision: 1}
        data:
          label: {column: label, positive: 1}
          score: {column: score}
          decision: {threshold: 0.5}
          cluster: {column: patient}
          %s
        attributes: [{name: g, column: g}]
        statistics: {bootstrap: {clusterReplicates: 64, seed: 7}}
        rules: [{id: r, metric: tpr, over: g, min: 0.5}]
        """
            .formatted(weight));
  }

  @Provide
  Arbitrary<List<String>> someRows() {
    Arbitrary<String> row =
        Combinators.combine(
                Arbitraries.of("A", "B", ""),
                Arbitraries.of("0", "1", ""),
                Arbitraries.doubles().between(0, 1).map(String::valueOf),
                Arbitraries.doubles().between(0.01, 1e4).map(String::valueOf),
                Arbitraries.of("p1", "p2", "p3", "p4", "p5"))
            .as((g, label, score, w, patient) -> String.join(",", g, label, score, w, patient));
    return row.list().ofMinSize(1).ofMaxSize(30);
  }

  private static Tally tally(FairnessPolicy policy, List<String> rows, int batch) {
    Rows table = Rows.of(COLUMNS, rows.toArray(String[]::new));
    return Fixtures.tally(new Rows(table.columns(), table.rows(), batch), policy);
  }

  @Property(tries = 100)
  void noOrderAndNoShardingChangesAByte(
      @ForAll("someRows") List<String> rows,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 50) int batch) {
    for (FairnessPolicy policy : List.of(PLAIN, WEIGHTED)) {
      byte[] whole = TallyFile.write(tally(policy, rows, 64));
      List<String> shuffled = new ArrayList<>(rows);
      Random random = new Random(seed);
      java.util.Collections.shuffle(shuffled, random);
      assertThat(TallyFile.write(tally(policy, shuffled, batch))).isEqualTo(whole);
      Tally merged = Tally.empty(policy);
      int from = 0;
      while (from < shuffled.size()) {
        int to = Math.min(shuffled.size(), from + 1 + random.nextInt(7));
        merged = merged.plus(tally(policy, shuffled.subList(from, to), batch));
        from = to;
      }
      assertThat(TallyFile.write(merged)).isEqualTo(whole);
    }
  }

  @Property(tries = 100)
  void whatIsWrittenIsRead(@ForAll("someRows") List<String> rows) {
    for (FairnessPolicy policy : List.of(PLAIN, WEIGHTED)) {
      Tally tally = tally(policy, rows, 8);
      assertThat(TallyFile.read(TallyFile.write(tally), "tally.bin")).isEqualTo(tally);
    }
  }

  @Property(tries = 60)
  void mergingIsAssociativeAndCommutativeWithNothingAsUnit(
      @ForAll("someRows") List<String> a,
      @ForAll("someRows") List<String> b,
      @ForAll("someRows") List<String> c) {
    ClusterDraws one = tally(WEIGHTED, a, 8).overall().draws();
    ClusterDraws two = tally(WEIGHTED, b, 8).overall().draws();
    ClusterDraws three = tally(WEIGHTED, c, 8).overall().draws();
    assertThat(one.plus(two).plus(three)).isEqualTo(one.plus(two.plus(three)));
    assertThat(one.plus(two)).isEqualTo(two.plus(one));
    assertThat(one.plus(ClusterDraws.NONE)).isEqualTo(one);
    assertThat(ClusterDraws.NONE.plus(one)).isEqualTo(one);
  }

  /// The digest made right again, so that the parser itself meets the damage.
  @Test
  void aDamagedBodyUnderARightDigestIsReadOrRejected() {
    byte[] bytes = TallyFile.write(tally(WEIGHTED, List.of("A,1,0.5,1,p", "B,0,0.25,3,q"), 8));
    int header = 8 + 2 + 32 + 8;
    Random random = new Random(20260102);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = bytes.clone();
      int times = 1 + random.nextInt(4);
      for (int t = 0; t < times; t++) {
        damaged[header + random.nextInt(bytes.length - header)] = (byte) random.nextInt(256);
      }
      byte[] body = Arrays.copyOfRange(damaged, header, damaged.length);
      System.arraycopy(Digest.sha256().digest(body), 0, damaged, 10, 32);
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
  void aTallyWithoutClustersHasNoSectionOfThem() {
    FairnessPolicy policy = Audits.policy("attributes: [{name: g, column: g}]\n" + RULE);
    Rows rows = Rows.of("g,label,prediction", "A,1,1", "B,0,0");
    assertThat(new String(TallyFile.write(Fixtures.tally(rows, policy)), ASCII))
        .doesNotContain("CLUS");
    assertThat(new String(TallyFile.write(tally(PLAIN, List.of("A,1,0.5,1,p"), 8)), ASCII))
        .contains("CLUS");
  }

  private static final String RULE = "rules: [{id: r, metric: tpr, over: g, min: 0.5}]";
  private static final java.nio.charset.Charset ASCII = java.nio.charset.StandardCharsets.US_ASCII;

  @Test
  void rowsWithoutAPatientAreCountedAndRefused() {
    assertThatThrownBy(() ->
            tally(PLAIN, List.of("A,1,0.5,1,p", "A,1,0.5,1,", "A,1,0.5,1,  ", "B,1,0.5,1,q"), 2))
        .isInstanceOf(DataInvalidException.class)
        .hasMessage(
            "rows.csv: 2 of 4 rows have no value in the cluster column 'patient'; say whose they"
                + " are, or give each a name of its own");
  }

  @Test
  void weightsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> tally(WEIGHTED, List.of("A,1,0.5,5e9,p"), 2))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("divide all of them by the same number");
    assertThatThrownBy(() -> tally(WEIGHTED, List.of("A,1,0.5,1e-6,p"), 2))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("multiply all weights by the same number");
  }

  /// Of 200 * 20,000 numbers with mean 1 and variance 1 the mean lies within 0.0025 (5 standard
  /// errors of 0.0005) and the variance within 0.005 (of sqrt(3 / 4e6) = 0.00087), each but for a
  /// chance of 6e-7 if the seed were another.
  @Test
  void clustersAreDrawnByPoissonNumbersOfMeanOne() {
    PoissonDraws draws = new PoissonDraws(200, 1);
    byte[] times = new byte[200];
    double sum = 0;
    double squares = 0;
    long[] counts = new long[9];
    int clusters = 20_000;
    for (int i = 0; i < clusters; i++) {
      draws.draw(PoissonDraws.hash("patient-" + i), times);
      for (byte t : times) {
        sum += t;
        squares += t * t;
        counts[t]++;
      }
    }
    double n = 200.0 * clusters;
    assertThat(sum / n).isCloseTo(1, within(.0025));
    assertThat(squares / n - Math.pow(sum / n, 2)).isCloseTo(1, within(.005));
    assertThat(counts[0] / n).isCloseTo(Math.exp(-1), within(.0013));
    assertThat(counts[3] / n).isCloseTo(Math.exp(-1) / 6, within(.0013));
  }

  /// 4,000 neighboring names, 200 replicates: the correlation of neighbors, and of replicates, is
  /// zero within 5 standard errors of 1 / sqrt(8e5).
  @Test
  void neitherNeighborsNorReplicatesGoTogether() {
    PoissonDraws draws = new PoissonDraws(200, 1);
    byte[] before = new byte[200];
    byte[] times = new byte[200];
    double names = 0;
    double replicates = 0;
    for (int i = 0; i < 4_000; i++) {
      draws.draw(PoissonDraws.hash("" + i), times);
      for (int b = 1; b < 200 && i > 0; b++) {
        names += (before[b] - 1) * (times[b] - 1);
        replicates += (times[b - 1] - 1) * (times[b] - 1);
      }
      System.arraycopy(times, 0, before, 0, 200);
    }
    assertThat(names / 8e5).isCloseTo(0, within(5 / Math.sqrt(8e5)));
    assertThat(replicates / 8e5).isCloseTo(0, within(5 / Math.sqrt(8e5)));
  }

  @Test
  void namesHaveHashesOfTheirOwn() {
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      hashes.add(PoissonDraws.hash(Integer.toString(i)));
      hashes.add(PoissonDraws.hash("0" + i));
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      names.add(Integer.toString(i));
      names.add("0" + i);
    }
    assertThat(hashes).hasSameSizeAs(names);
  }
}
