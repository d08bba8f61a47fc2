package org.primum.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.ColumnType;
import org.primum.data.DataInvalidException;
import org.primum.data.Field;
import org.primum.data.Selection;
import org.primum.data.Table;

/// Files that were damaged by chance (seeded) or made to harm. Reading one ends in rows or in a
/// [DataInvalidException], and never asks for memory out of proportion.
final class HostileFileTest {

  private static final long MOST_BYTES = 64L << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "snappy-v1.parquet, 11",
    "zstd-v2.parquet, 12",
    "gzip-v1.parquet, 13",
    "plain-v1.parquet, 14",
    "delta-v2.parquet, 15",
    "delta-v1.parquet, 16",
    "split.parquet, 17",
    "nested.parquet, 18",
    "duckdb.parquet, 19",
    "int96.parquet, 20",
    "fixed.parquet, 22",
    "duckdb-v2.parquet, 23",
    "polars.parquet, 24"
  })
  void aDamagedParquetFileIsReadOrRejected(String name, long seed) throws IOException {
    byte[] valid = Files.readAllBytes(Path.of("testdata/parquet", name));
    var random = new Random(seed);
    int rejected = 0;
    for (int i = 0; i < 400; i++) {
      byte[] mutant = i % 4 == 0 ? footerDamaged(random, valid) : damaged(random, valid);
      rejected += survives(mutant) ? 0 : 1;
    }
    assertThat(rejected).as("some damage is seen").isPositive();
  }

  @Test
  void aDamagedCsvFileIsReadOrRejected() throws IOException {
    String row = "17,\"a \"\"quoted\"\" text\",3.5e-2,été\n,,,\n-1,\"x,\ny\",NaN,z\r\n";
    byte[] valid = ("id,text,number,name\n" + row.repeat(40)).getBytes(StandardCharsets.UTF_8);
    var random = new Random(21);
    int rejected = 0;
    for (int i = 0; i < 4000; i++) {
      rejected += survives(damaged(random, valid)) ? 0 : 1;
    }
    assertThat(rejected).isPositive();
  }

  @Test
  void aCutOffParquetFileIsRejectedWhereverItIsCut() throws IOException {
    byte[] valid = Files.readAllBytes(Path.of("testdata/parquet/nested.parquet"));
    for (int length = 4; length < valid.length; length += 7) {
      assertThat(survives(Arrays.copyOf(valid, length))).as("%d bytes", length).isFalse();
    }
  }

  @Test
  void aFlippedBitOfACheckedPageIsSeen() throws IOException {
    byte[] valid = Files.readAllBytes(Path.of("testdata/parquet/plain-v1.parquet"));
    byte[] mutant = valid.clone();
    mutant[valid.length / 2] ^= 1;
    Path file = write(mutant);
    assertThatThrownBy(() -> readAll(TableFiles.open(file, "t")))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("t: column ");
  }

  @Test
  void aPageThatClaimsToBeHugeIsRejectedBeforeMemoryIsTaken() throws IOException {
    var page = new Thrift().integer(1, 0).integer(2, 200 << 20).integer(3, 20);
    page.struct(5, new Thrift().integer(1, 1000).integer(2, 0).integer(3, 3).integer(4, 3));
    assertRejected(parquet(page.bytes(), new byte[20], 1000, 1, 1), "beyond what its compression");
  }

  @Test
  void aPageLargerThanTheLimitIsRejected() throws IOException {
    var page = new Thrift().integer(1, 0).integer(2, Integer.MAX_VALUE).integer(3, 20);
    page.struct(5, new Thrift().integer(1, 1000).integer(2, 0).integer(3, 3).integer(4, 3));
    assertRejected(parquet(page.bytes(), new byte[20], 1000, 6, 1), "larger than 268435456 bytes");
  }

  @Test
  void aBombOfZerosIsRejectedForWhatItDoesNotSay() throws IOException {
    byte[] bomb = Zstd.compress(new byte[100 << 20]);
    var page = new Thrift().integer(1, 0).integer(2, 1 << 16).integer(3, bomb.length);
    page.struct(5, new Thrift().integer(1, 8000).integer(2, 0).integer(3, 3).integer(4, 3));
    assertRejected(parquet(page.bytes(), bomb, 8000, 6, 1), "cannot be decompressed");
  }

  @Test
  void moreRowsThanBytesCanHoldAreRejected() throws IOException {
    assertRejected(parquet(new byte[0], new byte[0], Long.MAX_VALUE, 0, 1), "claims more rows");
  }

  @Test
  void aChunkWithoutThePagesItPromisesIsRejected() throws IOException {
    assertRejected(parquet(new byte[0], new byte[0], 10, 0, 1), "fewer values than");
  }

  @Test
  void aDictionaryIdOutOfRangeIsRejected() throws IOException {
    var dictionary = new Thrift().integer(1, 2).integer(2, 8).integer(3, 8);
    dictionary.struct(7, new Thrift().integer(1, 1).integer(2, 0));
    // Bit width 8, then a run of 10 (20 halved) of id 7, in a dictionary of one entry.
    byte[] ids = {8, 20, 7};
    var data = new Thrift().integer(1, 0).integer(2, ids.length).integer(3, ids.length);
    data.struct(5, new Thrift().integer(1, 10).integer(2, 8).integer(3, 3).integer(4, 3));
    byte[] pages = join(dictionary.bytes(), new byte[8], data.bytes(), ids);
    assertRejected(parquet(pages, new byte[0], 10, 0, 1), "not in the dictionary");
    byte[] right = pages.clone();
    right[right.length - 1] = 0;
    assertThat(
            Tables.numbers(TableFiles.open(write(parquet(right, new byte[0], 10, 0, 1)), "t"), "c"))
        .hasSize(10)
        .containsOnly(0.0);
  }

  @Test
  void aDeepSchemaIsWalkedWithoutRecursion() throws IOException {
    byte[] file = parquet(new byte[0], new byte[0], 0, 0, 90_000);
    Table table = TableFiles.open(write(file), "t");
    assertThat(table.schema().names()).containsExactly("c");
    assertThatThrownBy(() -> table.read(List.of(Selection.text("c"))))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("flatten");
  }

  @Test
  void aDeepFieldOfTheFooterIsRejected() throws IOException {
    byte[] deep = new byte[100_000];
    Arrays.fill(deep, (byte) 0x1C);
    assertRejected(withFooter(new byte[0], deep), "nested too deeply");
    Arrays.fill(deep, (byte) 0x19);
    assertRejected(withFooter(new byte[0], deep), "is not a Parquet file that can be read");
  }

  @Test
  void aListThatClaimsBillionsIsRejectedBeforeMemoryIsTaken() throws IOException {
    byte[] footer = {0x29, (byte) 0xFC, -1, -1, -1, -1, 7};
    assertRejected(withFooter(new byte[0], footer), "longer than the bytes left");
  }

  @Test
  void anExpandingGzipFileIsReadInBoundedMemory() throws IOException {
    Path file = folder.resolve("bomb.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("a\n\"".getBytes(StandardCharsets.UTF_8));
      byte[] zeros = new byte[1 << 20];
      Arrays.fill(zeros, (byte) 'x');
      for (int i = 0; i < 64; i++) {
        out.write(zeros);
      }
    }
    assertThatThrownBy(() -> readAll(TableFiles.open(file, "t")))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("row 1: a field longer than");
  }

  private void assertRejected(byte[] bytes, String message) throws IOException {
    Path file = write(bytes);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> readAll(TableFiles.open(file, "t")))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageStartingWith("t: ")
        .hasMessageContaining(message);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
  }

  private boolean survives(byte[] bytes) throws IOException {
    Path file = write(bytes);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean whole;
    try {
      readAll(TableFiles.open(file, "t"));
      whole = true;
    } catch (DataInvalidException e) {
      assertThat(e).hasMessageStartingWith("t: ");
      whole = false;
    }
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
    return whole;
  }

  /// Reads each column by itself as both types, so that damage to one does not hide another's.
  /// Throws the last rejection of a column as its own type.
  private static void readAll(Table table) throws IOException {
    Optional<DataInvalidException> rejection = Optional.empty();
    for (Field field : table.schema().fields()) {
      for (ColumnType type : ColumnType.values()) {
        try (Batches batches = table.read(List.of(new Selection(field.name(), type)))) {
          for (Optional<Batch> b = batches.next(); b.isPresent(); b = batches.next()) {
            assertThat(b.get().rows()).isPositive();
          }
        } catch (DataInvalidException e) {
          if (type == field.type()) {
            rejection = Optional.of(e);
          }
        }
      }
    }
    if (rejection.isPresent()) {
      throw rejection.get();
    }
  }

  private static byte[] damaged(Random random, byte[] valid) {
    byte[] mutant = valid.clone();
    int kind = random.nextInt(10);
    if (kind == 0) {
      return Arrays.copyOf(mutant, random.nextInt(mutant.length) + 1);
    }
    if (kind == 1) {
      int from = random.nextInt(mutant.length);
      int to = Math.min(mutant.length, from + random.nextInt(64));
      return join(Arrays.copyOf(mutant, from), Arrays.copyOfRange(mutant, to, mutant.length));
    }
    for (int i = random.nextInt(8); i >= 0; i--) {
      int at = random.nextInt(mutant.length);
      mutant[at] = kind < 5 ? (byte) (mutant[at] ^ 1 << random.nextInt(8)) : extreme(random);
    }
    return mutant;
  }

  private static byte[] footerDamaged(Random random, byte[] valid) {
    byte[] mutant = valid.clone();
    int footer = Bits.int32(valid, valid.length - 8);
    for (int i = random.nextInt(4); i >= 0; i--) {
      mutant[valid.length - 9 - random.nextInt(footer)] = extreme(random);
    }
    return mutant;
  }

  private static byte extreme(Random random) {
    byte[] extremes = {0, 1, -1, 127, -128, (byte) random.nextInt(256)};
    return extremes[random.nextInt(extremes.length)];
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("t"), bytes);
  }

  /// A file of one required DOUBLE column `c` in one row group, whose pages are the given bytes.
  ///
  /// @param depth how many groups deep the column lies, 1 for none
  private static byte[] parquet(byte[] pages, byte[] more, long rows, int codec, int depth) {
    byte[] body = join(pages, more);
    var chunk = new Thrift().integer(1, 5).integer(4, codec).integer(5, rows).integer(6, 8);
    chunk.integer(7, body.length).integer(9, 4);
    var group = new Thrift();
    group.list(1, List.of(new Thrift().struct(3, chunk))).integer(2, 8).integer(3, rows);
    var nodes = new ArrayList<Thrift>();
    nodes.add(new Thrift().text(4, "root").integer(5, 1));
    for (int i = 1; i < depth; i++) {
      nodes.add(new Thrift().integer(3, 0).text(4, "c").integer(5, 1));
    }
    nodes.add(new Thrift().integer(1, 5).integer(3, 0).text(4, "c"));
    var footer = new Thrift().integer(1, 1).list(2, nodes).integer(3, rows).list(4, List.of(group));
    return withFooter(body, footer.bytes());
  }

  private static byte[] withFooter(byte[] body, byte[] footer) {
    byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
    byte[] length = new byte[4];
    for (int i = 0; i < 4; i++) {
      length[i] = (byte) (footer.length >>> (8 * i));
    }
    return join(magic, body, footer, length, magic);
  }

  private static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /// Writes a struct in Thrift's compact protocol, fields in the order of their ids.
  private static final class Thrift {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int last;

    Thrift integer(int id, long value) {
      head(id, 6);
      varint(value << 1 ^ value >> 63);
      return this;
    }

    Thrift text(int id, String text) {
      head(id, 8);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      varint(bytes.length);
      out.writeBytes(bytes);
      return this;
    }

    Thrift struct(int id, Thrift value) {
      head(id, 12);
      out.writeBytes(value.bytes());
      return this;
    }

    Thrift list(int id, List<Thrift> structs) {
      head(id, 9);
      out.write(0xFC);
      varint(structs.size());
      structs.forEach(struct -> out.writeBytes(struct.bytes()));
      return this;
    }

    byte[] bytes() {
      return join(out.toByteArray(), new byte[1]);
    }

    private void head(int id, int type) {
      out.write(((id - last) << 4) | type);
      last = id;
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        out.write((int) ((rest & 0x7F) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
