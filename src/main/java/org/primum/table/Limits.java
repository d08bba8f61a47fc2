package org.primum.table;

/// What a table file may ask of this process. Files come from outside: a damaged or hostile one is
/// refused at these bounds, before memory or time is spent on it.
final class Limits {

  /// Columns of a table.
  static final int COLUMNS = 10_000;

  /// Bytes of one text value, and of one column name.
  static final int VALUE_BYTES = 1 << 20;

  /// Bytes of one CSV record.
  static final int RECORD_BYTES = 64 << 20;

  /// Bytes of a Parquet footer.
  static final int FOOTER_BYTES = 64 << 20;

  /// Bytes of the header of a Parquet page; it can hold the smallest and the largest value.
  static final int PAGE_HEADER_BYTES = 8 << 20;

  /// Bytes of a Parquet page, compressed and not.
  static final int PAGE_BYTES = 256 << 20;

  /// Values of a Parquet page whose lengths stand before them.
  static final int PAGE_LENGTHS = 8 << 20;

  /// Rows a Parquet file may claim whatever its size, and how many more for each of its bytes. A
  /// row group of a million equal values takes some hundred bytes.
  static final long FREE_ROWS = 10_000_000;

  static final long ROWS_PER_BYTE = 10_000;

  /// Bytes a file may expand to whatever its size, and how many for each of its bytes.
  static final long FREE_EXPANSION = 1L << 30;

  static final long EXPANSION_PER_BYTE = 1_000;

  /// Rows and cells of a batch.
  static final int BATCH_ROWS = 32_768;

  static final int BATCH_CELLS = 4 << 20;

  /// Bytes of distinct texts of one column that a batch may hold: an eighth of what the JVM may
  /// use, for each is held twice.
  static final int POOL_BYTES = (int) Math.min(512 << 20, Runtime.getRuntime().maxMemory() / 8);

  /// Bytes of distinct texts after which a batch ends or, in Parquet, is aimed to end.
  static final int BATCH_TEXT_BYTES = Math.min(8 << 20, POOL_BYTES / 2);

  private Limits() {}

  /// Rows of a batch of so many columns.
  static int batchRows(int columns) {
    return Math.clamp(BATCH_CELLS / Math.max(1, columns), 1, BATCH_ROWS);
  }
}
