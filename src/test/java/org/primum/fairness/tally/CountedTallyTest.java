package org.primum.fairness.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
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
import org.primum.gate.ProvenanceInvalidException;
import org.primum.gate.Subject;

/// Tables of a few rows of one sensitive feature. A table is named by the digest of its name.
final class CountedTallyTest {

  private static final FairnessPolicy POLICY =
      Audits.whole(
          """
          apiVersion: primum.dev/v1alpha1
          kind: FairnessPolicy
          metadata: {name: test, revision: 1}
          data: {label: {column: label, positive: 1}, score: {column: score}, decision: {threshold: 0.5}}
          attributes: [{name: g, column: g}]
          rules: [{id: r, metric: tpr, over: g, min: 0.5}]
          """);

  private static final int HEADER = 8 + 2 + 32 + 8;

  private static CountedTally counted(String table, String model, String... rows) {
    Tally tally = Fixtures.tally(Rows.of("g,label,score", rows), POLICY);
    Subject subject = Subject.none().with(Subject.DATASET, Digest.of(table));
    Subject scored = model.isEmpty() ? subject : subject.with(Subject.MODEL, Digest.of(model));
    return CountedTally.of(tally, new CountedTable(scored, rows.length, 100));
  }

  private static CountedTally merged(CountedTally one, CountedTally... more) {
    CountedTally all = one;
    for (CountedTally next : more) {
      all = all.plus("one", next, "other");
    }
    return all;
  }

  private static final CountedTally A = counted("a", "m", "A,1,0.7", "B,0,0.2");
  private static final CountedTally B = counted("b", "m", "A,0,0.5");
  private static final CountedTally C = counted("c", "m", "C,1,0.1", "C,,0.1", "A,1,0.9");

  @Test
  void noOrderChangesAByte() {
    byte[] bytes = TallyFile.write(merged(A, B, C));
    assertThat(TallyFile.write(merged(C, A, B))).isEqualTo(bytes);
    assertThat(TallyFile.write(merged(A, merged(C, B)))).isEqualTo(bytes);
    assertThat(TallyFile.readCounted(bytes, "tally.bin")).isEqualTo(merged(A, B, C));
  }

  @Test
  void aTableCountsOnce() {
    assertThatThrownBy(() -> merged(A, B, A))
        .isInstanceOf(ProvenanceInvalidException.class)
        .hasMessageContaining(Digest.of("a").value());
  }

  @Test
  void aModelIsOne() {
    CountedTally other = counted("d", "another", "A,1,0.7");
    CountedTally unnamed = counted("d", "", "A,1,0.7");
    assertThatThrownBy(() -> merged(A, other)).isInstanceOf(ProvenanceInvalidException.class);
    assertThatThrownBy(() -> merged(A, unnamed)).isInstanceOf(ProvenanceInvalidException.class);
    assertThatThrownBy(() -> merged(unnamed, A)).isInstanceOf(ProvenanceInvalidException.class);
    assertThat(merged(unnamed, counted("e", "", "A,1,0.7")).subject().find(Subject.MODEL))
        .isEmpty();
  }

  @Test
  void theSubjectOfOneTableIsThatTable() {
    assertThat(A.subject().find(Subject.DATASET)).contains(Digest.of("a"));
    assertThat(merged(A, B).subject().find(Subject.DATASET))
        .contains(Digest.of(sortedLines(Digest.of("a"), Digest.of("b"))))
        .isEqualTo(merged(B, A).subject().find(Subject.DATASET));
    assertThat(merged(A, B).subject().find(Subject.MODEL)).contains(Digest.of("m"));
  }

  private static String sortedLines(Digest one, Digest other) {
    return one.compareTo(other) < 0 ? one + "\n" + other + "\n" : other + "\n" + one + "\n";
  }

  @Test
  void aTallyThatNamesNoTableIsForNoStep() {
    byte[] bytes = TallyFile.write(A.tally());
    assertThat(TallyFile.read(bytes, "tally.bin")).isEqualTo(A.tally());
    assertThatThrownBy(() -> TallyFile.readCounted(bytes, "tally.bin"))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("fairness-tally");
  }

  @Test
  void rowsThatNobodyCountedAreDamage() {
    Subject subject = Subject.none().with(Subject.DATASET, Digest.of("a"));
    assertThatThrownBy(() -> CountedTally.of(A.tally(), new CountedTable(subject, 3, 100)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // fuzz: files under a right digest, so that the parser itself meets the damage

  @Provide
  Arbitrary<CountedTally> some() {
    Arbitrary<String> row =
        Arbitraries.of(
            "A,1,0.25", "A,0,0.5", "B,,0.75", ",1,", "B,1,1", "C,0,0", "Ä \",0,0.125", "A,,");
    return row.list()
        .ofMinSize(1)
        .ofMaxSize(30)
        .map(rows -> counted("t", rows.size() % 2 == 0 ? "m" : "", rows.toArray(String[]::new)))
        .map(c -> c.tally().rows() % 3 == 0 ? c.plus("", counted("u", model(c), "A,1,1"), "") : c);
  }

  private static String model(CountedTally counted) {
    return counted.subject().find(Subject.MODEL).isPresent() ? "m" : "";
  }

  @Property(tries = 2000)
  void bytesThatChangedAreReadAsTheyAreOrRejected(
      @ForAll("some") CountedTally counted,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int times) {
    byte[] bytes = TallyFile.write(counted);
    Random random = new Random(seed);
    for (int i = 0; i < times; i++) {
      int at = HEADER + random.nextInt(bytes.length - HEADER);
      bytes[at] =
          random.nextBoolean() ? (byte) random.nextInt(256) : (byte) (bytes[at] ^ (1 << (i % 8)));
    }
    assertReadOrRejected(signed(bytes));
  }

  @Property(tries = 1000)
  void aFileThatIsCutOrHasMoreIsRejected(@ForAll("some") CountedTally counted, @ForAll long seed) {
    byte[] bytes = TallyFile.write(counted);
    Random random = new Random(seed);
    byte[] shorter = Arrays.copyOf(bytes, HEADER + random.nextInt(bytes.length - HEADER));
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(40));
    for (byte[] damaged : List.of(shorter, longer)) {
      assertRejected(damaged);
      assertRejected(signed(damaged));
    }
  }

  /// Every four bytes as the largest, a large and a negative length: nothing is reserved for what
  /// is not there.
  @Test
  void noLengthMakesItReserveMemory() {
    byte[] bytes = TallyFile.write(merged(A, B, C));
    for (int length : new int[] {Integer.MAX_VALUE, 1 << 28, -1, Integer.MIN_VALUE}) {
      for (int at = HEADER; at + 4 <= bytes.length; at++) {
        byte[] damaged = bytes.clone();
        java.nio.ByteBuffer.wrap(damaged).putInt(at, length);
        long before = allocated();
        assertReadOrRejected(signed(damaged));
        assertThat(allocated() - before).as("at " + at).isLessThan(8L << 20);
      }
    }
  }

  private static long allocated() {
    var bean =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    return bean.getCurrentThreadAllocatedBytes();
  }

  private static byte[] signed(byte[] bytes) {
    byte[] whole = bytes.clone();
    byte[] body = Arrays.copyOfRange(whole, HEADER, whole.length);
    System.arraycopy(Digest.sha256().digest(body), 0, whole, 10, 32);
    java.nio.ByteBuffer.wrap(whole).putLong(42, body.length);
    return whole;
  }

  private static void assertReadOrRejected(byte[] bytes) {
    try {
      assertThat(TallyFile.write(TallyFile.readCounted(bytes, "tally.bin"))).isEqualTo(bytes);
    } catch (DataInvalidException e) {
      assertThat(e).hasMessageStartingWith("tally.bin: ");
    }
  }

  private static void assertRejected(byte[] bytes) {
    assertThatThrownBy(() -> TallyFile.readCounted(bytes, "tally.bin"))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageStartingWith("tally.bin: ");
  }

  /// 20 MB of scores and combinations: read in a few times that, and not in minutes.
  @Test
  void aLargeTallyIsReadInMemoryOfItsOwnOrder() {
    List<String> rows = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 120_000; i++) {
      rows.add("g" + i % 60_000 + "," + i % 2 + "," + random.nextInt(1 << 10) / 1024.0);
    }
    byte[] bytes = TallyFile.write(counted("large", "m", rows.toArray(String[]::new)));
    assertThat(bytes.length).isGreaterThan(20 << 20);
    long before = allocated();
    CountedTally read = TallyFile.readCounted(bytes, "tally.bin");
    assertThat(read.tally().rows()).isEqualTo(120_000);
    assertThat(allocated() - before).isLessThan(40L * bytes.length);
  }
}
