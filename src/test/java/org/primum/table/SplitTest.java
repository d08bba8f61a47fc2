package org.primum.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.DataInvalidException;
import org.primum.data.Selection;
import org.primum.data.Table;

/// A table in several passes. Row k, from 0, of the files that pyarrow wrote has the id 2^53 + 1 +
/// k (testdata/parquet/README.md); they have 1,000 rows in row groups of 400, 400 and 200.
final class SplitTest {

  private static final List<Selection> COLUMNS =
      List.of(Selection.text("id"), Selection.text("text"), Selection.number("double"));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "2, '0 800'", // half of the rows is reached within the second group
    "3, '0 400 800'",
    "4, '0 400 800'", // the fourth part has no row group left
  })
  void everyRowIsInOneStretchInOrder(int atMost, String firstRows) throws IOException {
    List<Batches> stretches = open("snappy-v1.parquet").split(COLUMNS, atMost);
    List<String> starts = new ArrayList<>();
    long row = 0;
    for (Batches stretch : stretches) {
      starts.add(Long.toString(row));
      row = readIds(stretch, row);
    }
    assertThat(starts).containsExactly(firstRows.split(" "));
    assertThat(row).isEqualTo(1000);
  }

  @Test
  void stretchesAreReadByAThreadEach() throws Exception {
    long[] starts = {0, 400, 800};
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Long>> ends = new ArrayList<>();
      List<Batches> stretches = open("zstd-v2.parquet").split(COLUMNS, 3);
      for (int i = 0; i < stretches.size(); i++) {
        Batches stretch = stretches.get(i);
        long start = starts[i];
        ends.add(threads.submit(() -> readIds(stretch, start)));
      }
      assertThat(ends.get(0).get()).isEqualTo(400);
      assertThat(ends.get(1).get()).isEqualTo(800);
      assertThat(ends.get(2).get()).isEqualTo(1000);
    }
  }

  @Test
  void aTableWithoutRowsIsOneStretchWithoutBatches() throws IOException {
    List<Batches> stretches = open("empty.parquet").split(List.of(Selection.number("x")), 4);
    assertThat(stretches).hasSize(1);
    try (Batches only = stretches.getFirst()) {
      assertThat(only.next()).isEmpty();
    }
  }

  @Test
  void csvIsOneStretch() throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, "x\n1\n2\n");
    List<Batches> stretches = TableFiles.open(file, "t").split(List.of(Selection.number("x")), 4);
    assertThat(stretches).hasSize(1);
    try (Batches only = stretches.getFirst()) {
      assertThat(only.next().orElseThrow().rows()).isEqualTo(2);
    }
  }

  @Test
  void aColumnThatIsNotThereIsNamed() throws IOException {
    Table table = open("snappy-v1.parquet");
    assertThatThrownBy(() -> table.split(List.of(Selection.text("race")), 2))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("race");
  }

  /// Reads a stretch to its end.
  ///
  /// @return the position of the row behind it
  private static long readIds(Batches stretch, long firstRow) throws IOException {
    long row = firstRow;
    try (stretch) {
      for (Optional<Batch> b = stretch.next(); b.isPresent(); b = stretch.next()) {
        assertThat(b.get().firstRow()).isEqualTo(row);
        for (int i = 0; i < b.get().rows(); i++, row++) {
          assertThat(b.get().text(0).text(i)).isEqualTo(Long.toString((1L << 53) + 1 + row));
          assertThat(b.get().number(2).isMissing(i)).isEqualTo(row % 7 == 3);
          if (row % 7 != 3) {
            assertThat(b.get().number(2).value(i)).isEqualTo(row / 8.0 - 3);
          }
        }
      }
    }
    return row;
  }

  private static Table open(String file) throws IOException {
    return TableFiles.open(Path.of("testdata/parquet", file), file);
  }
}
