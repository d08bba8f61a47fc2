package org.primum.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.primum.data.Batches;
import org.primum.data.DataInvalidException;
import org.primum.data.Field;
import org.primum.data.RowSink;
import org.primum.data.Schema;
import org.primum.data.Selection;
import org.primum.data.Table;

/// Opens and creates table files.
///
/// The format of a file is told by its first bytes, never by its name: `PAR1` is Parquet, all else
/// is CSV or TSV in UTF-8, plain or gzip-compressed.
public final class TableFiles {

  private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENCRYPTED_PARQUET = "PARE".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] UTF_16_LITTLE = {(byte) 0xFF, (byte) 0xFE};
  private static final byte[] UTF_16_BIG = {(byte) 0xFE, (byte) 0xFF};

  private TableFiles() {}

  /// Opens a table and reads its header or footer.
  ///
  /// @param name how messages call the table: the location the user gave
  /// @throws DataInvalidException where the file is missing, empty, or not a table
  public static Table open(Path file, String name) throws IOException {
    byte[] head = head(file, name);
    if (startsWith(head, PARQUET)) {
      return ParquetTable.open(file, name);
    }
    refuseForeign(head, name);
    return CsvTable.open(file, name);
  }

  /// How many rows a table has: what its footer says, else it is read through.
  public static long rows(Path file, String name) throws IOException {
    Table table = open(file, name);
    if (table instanceof ParquetTable parquet) {
      return parquet.rows();
    }
    Field first = table.schema().fields().getFirst();
    long rows = 0;
    try (Batches batches = table.read(List.of(Selection.text(first.name())))) {
      for (var batch = batches.next(); batch.isPresent(); batch = batches.next()) {
        rows += batch.get().rows();
      }
    }
    return rows;
  }

  /// Creates a table; the file must not exist or is overwritten. The same rows and metadata give
  /// the same bytes.
  ///
  /// @param metadata kept in the file by Parquet; CSV has no place for it
  public static RowSink create(
      Path file, TableFormat format, Schema schema, Map<String, String> metadata)
      throws IOException {
    return switch (format) {
      case PARQUET -> ParquetSink.create(file, schema, metadata);
      case CSV -> CsvSink.create(file, schema);
    };
  }

  private static byte[] head(Path file, String name) throws IOException {
    if (!Files.exists(file)) {
      throw new DataInvalidException(name + ": there is no such file");
    }
    if (Files.isDirectory(file)) {
      throw new DataInvalidException(name + ": is a directory; name one table file in it");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(4);
      if (head.length == 0) {
        throw new DataInvalidException(name + ": the file is empty; a table has a header at least");
      }
      return head;
    }
  }

  private static void refuseForeign(byte[] head, String name) {
    if (startsWith(head, ENCRYPTED_PARQUET)) {
      throw new DataInvalidException(name + ": is encrypted Parquet; write it unencrypted");
    }
    if (startsWith(head, ZIP)) {
      throw new DataInvalidException(
          name + ": is a zip archive or a spreadsheet; save the table as CSV or Parquet");
    }
    if (startsWith(head, UTF_16_LITTLE) || startsWith(head, UTF_16_BIG)) {
      throw new DataInvalidException(name + ": is text in UTF-16; save it as UTF-8");
    }
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }
}
