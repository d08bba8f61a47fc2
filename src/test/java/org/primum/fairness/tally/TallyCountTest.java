package org.primum.fairness.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.data.Schema;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.fairness.Audits;
import org.primum.fairness.Rows;
import org.primum.fairness.policy.FairnessPolicy;

/// The pass over the rows: threads, memory, many groups.
final class TallyCountTest {

  private static final long MUCH = 8L << 30;

  private static final FairnessPolicy WEIGHTED = policy("g, h", "weight: {column: w}");

  private static FairnessPolicy policy(String attributes, String more) {
    StringBuilder named = new StringBuilder();
    for (String name : attributes.split(", ", -1)) {
      named.append("{name: ").append(name).append(", column: ").append(name).append("}, ");
    }
    return Audits.whole(
        """
        apiVersion: primum.dev/v1alpha1
        kind: FairnessPolicy
        metadata: {name: test, revision: 1}
        data:
          label: {column: label, positive: 1}
          score: {column: score}
          decision: {threshold: 0.5}
          %s
        attributes: [%s]
        rules: [{id: r, metric: tpr, over: all, min: 0.5}]
        """
            .formatted(more, named));
  }

  /// A table whose rows are read in stretches of their own.
  private record Stretched(Rows whole, List<Rows> parts) implements Table {

    static Stretched of(List<List<String>> rows, String columns, int parts, int batch) {
      List<String> names = List.of(columns.split(",", -1));
      List<Rows> stretches = new ArrayList<>();
      for (int i = 0; i < parts; i++) {
        int from = rows.size() * i / parts;
        stretches.add(new Rows(names, rows.subList(from, rows.size() * (i + 1) / parts), batch));
      }
      return new Stretched(new Rows(names, rows, batch), stretches);
    }

    @Override
    public String name() {
      return whole.name();
    }

    @Override
    public Schema schema() {
      return whole.schema();
    }

    @Override
    public Map<String, String> metadata() {
      return Map.of();
    }

    @Override
    public Digest digest() throws IOException {
      return whole.digest();
    }

    @Override
    public long countRows() {
      return whole.rows().size();
    }

    @Override
    public Batches read(List<Selection> selections) throws IOException {
      return whole.read(selections);
    }

    @Override
    public List<Batches> split(List<Selection> selections, int atMost) throws IOException {
      List<Batches> stretches = new ArrayList<>();
      long firstRow = 0;
      for (Rows part : parts) {
        stretches.add(new Moved(part.read(selections), firstRow));
        firstRow += part.rows().size();
      }
      return stretches;
    }
  }

  /// Batches of a stretch at their places in the table.
  private record Moved(Batches batches, long firstRow) implements Batches {

    @Override
    public java.util.Optional<Batch> next() throws IOException {
      return batches.next().map(b -> new Batch(firstRow + b.firstRow(), b.rows(), b.columns()));
    }

    @Override
    public void close() throws IOException {
      batches.close();
    }
  }

  /// Rows with a weight, and scores of so many distinct values that they are counted on the grid
  /// where `distinct` is large.
  private static List<List<String>> rows(int count, int groups, int distinct, long seed) {
    Random random = new Random(seed);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          List.of(
              "g" + random.nextInt(groups),
              random.nextInt(10) == 0 ? "" : "h" + random.nextInt(2),
              Integer.toString(random.nextInt(2)),
              random.nextInt(20) == 0 ? "" : (double) random.nextInt(distinct) / distinct + "",
              String.format(Locale.ROOT, "%.3f", random.nextDouble() * 1000)));
    }
    return rows;
  }

  private static Tally count(Table table, FairnessPolicy policy, int threads, long memory)
      throws IOException {
    return TallyCount.of(table, policy, threads, memory, _ -> {});
  }

  @Property(tries = 60)
  void neitherThreadsNorStretchesNorBatchesChangeAByte(
      @ForAll @IntRange(min = 1, max = 6) int threads,
      @ForAll @IntRange(min = 1, max = 5) int stretches,
      @ForAll @IntRange(min = 1, max = 40) int batch,
      @ForAll long seed)
      throws IOException {
    List<List<String>> rows = rows(300, 4, 50, seed);
    byte[] alone =
        TallyFile.write(count(Stretched.of(rows, "g,h,label,score,w", 1, 300), WEIGHTED, 1, MUCH));
    Table table = Stretched.of(rows, "g,h,label,score,w", stretches, batch);
    assertThat(TallyFile.write(count(table, WEIGHTED, threads, MUCH))).isEqualTo(alone);
  }

  /// 40,000 rows with up to a million distinct scores, more than are counted each by itself; half a
  /// part has fewer, and is put on the grid when the parts are added up.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void threadsChangeNoByteWhereScoresAreCountedOnTheGrid(int threads) throws IOException {
    List<List<String>> rows = rows(40_000, 3, 1_000_000, 7);
    Table table = Stretched.of(rows, "g,h,label,score,w", 4, 1000);
    byte[] alone = TallyFile.write(count(table, WEIGHTED, 1, MUCH));
    assertThat(TallyFile.write(count(table, WEIGHTED, threads, MUCH))).isEqualTo(alone);
  }

  /// A thread gives up its scores when they take half of what there is for all, 24 MiB / 8 / 2.
  @Test
  void scoresThatAreGivenUpOnTheWayAreCountedOnce() throws IOException {
    List<List<String>> rows = rows(40_000, 20, 1_000_000, 8);
    Table table = Stretched.of(rows, "g,h,label,score,w", 1, 1000);
    byte[] alone = TallyFile.write(count(table, WEIGHTED, 1, MUCH));
    assertThat(TallyFile.write(count(table, WEIGHTED, 1, 24L << 20))).isEqualTo(alone);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theFirstBadRowIsNamedWhateverTheTiming(int threads) {
    List<List<String>> rows = new ArrayList<>(rows(4000, 4, 50, 9));
    for (int bad : new int[] {3999, 2001, 1234, 3000}) {
      rows.set(bad, List.of("g1", "h1", "maybe", "0.5", "1"));
    }
    for (int i = 0; i < 25; i++) {
      Table table = Stretched.of(rows, "g,h,label,score,w", 4, 10);
      assertThatThrownBy(() -> count(table, WEIGHTED, threads, MUCH))
          .isInstanceOf(DataInvalidException.class)
          .hasMessageContaining("column 'label', row 1235 ");
    }
  }

  /// Sixteen values take 4 bits: 16 to 64 bits of a key, so an array, a hash table and lists.
  @ParameterizedTest
  @ValueSource(ints = {4, 10, 16})
  void combinationsOfAnyWidthAreToldApart(int attributes) throws IOException {
    List<String> names = new ArrayList<>();
    for (int j = 0; j < attributes; j++) {
      names.add("a" + j);
    }
    List<List<String>> rows = new ArrayList<>();
    Map<List<String>, Long> expected = new HashMap<>();
    for (int i = 0; i < 2000; i++) {
      List<String> key = new ArrayList<>();
      for (int j = 0; j < attributes; j++) {
        key.add("v" + ((i % 500) * (j + 3)) % 16);
      }
      expected.merge(List.copyOf(key), 1L, Long::sum);
      key.addAll(List.of("1", "0.25"));
      rows.add(key);
    }
    String columns = String.join(",", names) + ",label,score";
    FairnessPolicy policy = policy(String.join(", ", names), "");
    Tally tally = count(Stretched.of(rows, columns, 3, 100), policy, 3, MUCH);
    Map<List<String>, Long> counted = new HashMap<>();
    tally.cells().forEach((key, cell) -> counted.put(key, cell.n()));
    assertThat(counted).isEqualTo(expected);
  }

  @Test
  void moreGroupsThanTheMemoryHoldsAreBadInputWithAWayOut() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      rows.add(List.of("g" + i, "h", "1", "0.5", "1"));
    }
    Table table = Stretched.of(rows, "g,h,label,score,w", 2, 100);
    assertThatThrownBy(() -> count(table, WEIGHTED, 2, 32L << 20))
        .isInstanceOf(DataInvalidException.class)
        .hasMessage(
            "rows.csv: more than 1820 combinations of g, h take more than the 32 MiB of memory there"
                + " are for them; leave an attribute out, or give Java more memory (-Xmx)");
  }

  @Test
  void moreScoresThanTheMemoryHoldsAreBadInputWithAWayOut() {
    List<List<String>> rows = rows(40_000, 100, 1_000_000, 10);
    Table table = Stretched.of(rows, "g,h,label,score,w", 2, 1000);
    assertThatThrownBy(() -> count(table, WEIGHTED, 2, 8L << 20))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("the scores of all combinations of g, h take more than the 8 MiB");
  }
}
