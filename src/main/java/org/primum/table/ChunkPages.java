package org.primum.table;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/// The pages of a column chunk, one after another, decompressed and checked.
final class ChunkPages {

  private static final int HEADER_GUESS = 1 << 12;

  private final ChunkInput input;
  private final FileColumn.Flat column;
  private final ReadCodec codec;
  private final MemoryBudget budget;
  private final ExpansionGuard guard;
  private long valuesLeft;
  private byte[] expanded = new byte[0];
  private Optional<ChunkDictionary> dictionary = Optional.empty();
  private Optional<RunLength> levels = Optional.empty();
  private Optional<PageValues> values = Optional.empty();
  private int left;
  private int[] present = new int[0];

  ChunkPages(
      ChunkInput input,
      FileColumn.Flat column,
      ColumnChunk chunk,
      MemoryBudget budget,
      ExpansionGuard guard) {
    this.input = input;
    this.column = column;
    this.codec = ReadCodec.of(chunk.codec());
    this.budget = budget;
    this.guard = guard;
    this.valuesLeft = chunk.values();
  }

  /// Goes on to a page with values left, where the current one has none.
  ///
  /// @return how many values are left in the page, missing ones included
  int advance() throws IOException {
    while (left == 0) {
      nextPage();
    }
    return left;
  }

  /// The values of the current page.
  PageValues values() {
    return values.orElseThrow();
  }

  /// Reads which of the next rows have a value: 1 in [#present] where there is one.
  ///
  /// @return how many have
  int levels(int rows) {
    left -= rows;
    if (levels.isEmpty()) {
      return rows;
    }
    if (present.length < rows) {
      present = new int[rows];
    }
    levels.get().read(present, rows);
    int count = 0;
    for (int i = 0; i < rows; i++) {
      int level = present[i];
      if ((level & ~1) != 0) {
        throw new Damage("a level is impossible for a plain column");
      }
      count += level;
    }
    return count;
  }

  /// Set by [#levels]; to be read only where some were missing.
  int[] present() {
    return present;
  }

  /// Gives the memory back.
  void release() {
    input.release();
    budget.give(expanded.length);
    dictionary.ifPresent(found -> budget.give(found.memory()));
  }

  private void nextPage() throws IOException {
    if (valuesLeft <= 0 || input.left() == 0) {
      throw new Damage("it has fewer values than the file says");
    }
    PageHeader header = header();
    input.require(header.stored());
    checkSum(header);
    switch (header.kind()) {
      case PageHeader.DICTIONARY -> dictionary(header);
      case PageHeader.DATA -> data(header);
      case PageHeader.DATA_2 -> data2(header);
      default -> {}
    }
    input.advance(header.stored());
  }

  /// Headers are short as a rule; the window is widened for one that is not.
  private PageHeader header() throws IOException {
    long most = Math.min(input.left(), Limits.PAGE_HEADER_BYTES);
    int size = (int) Math.min(most, HEADER_GUESS);
    while (true) {
      input.require(size);
      var reader = new ThriftReader(input.window(), input.offset(), input.offset() + size);
      try {
        PageHeader header = PageHeader.parse(reader);
        input.advance(reader.position() - input.offset());
        return header;
      } catch (Damage e) {
        if (size == most) {
          throw e;
        }
        size = (int) Math.min(most, size * 16L);
      }
    }
  }

  private void checkSum(PageHeader header) {
    if (header.checksum() >= 0) {
      var crc = new CRC32();
      crc.update(input.window(), input.offset(), header.stored());
      if (crc.getValue() != header.checksum()) {
        throw new Damage("the checksum of a page is wrong");
      }
    }
  }

  private void dictionary(PageHeader header) throws IOException {
    if (dictionary.isPresent()) {
      throw new Damage("it has two dictionaries");
    }
    Bytes page = body(header, 0, true);
    dictionary = Optional.of(ChunkDictionary.read(page, column.values(), header.values(), budget));
  }

  private void data(PageHeader header) throws IOException {
    Bytes page = body(header, 0, true);
    if (column.optional()) {
      header.requireRunLengthLevels();
      levels = Optional.of(new RunLength(page.part(page.int32()), 1));
    }
    open(header, page);
  }

  private void data2(PageHeader header) throws IOException {
    if (column.optional()) {
      int from = input.offset();
      byte[] copy =
          Arrays.copyOfRange(input.window(), from, from + header.levelBytes() + Bits.SLACK);
      levels = Optional.of(new RunLength(new Bytes(copy, 0, header.levelBytes()), 1));
    }
    open(header, body(header, header.levelBytes(), header.compressed()));
  }

  private void open(PageHeader header, Bytes page) {
    if (header.values() > valuesLeft) {
      throw new Damage("it has more values than the file says");
    }
    values = Optional.of(values(header, page));
    left = header.values();
    valuesLeft -= left;
  }

  private PageValues values(PageHeader header, Bytes page) {
    int encoding = header.encoding();
    if (encoding == 2 || encoding == 8) {
      ChunkDictionary ids =
          dictionary.orElseThrow(() -> new Damage("a page needs a dictionary that is not there"));
      int width = page.left() == 0 ? 0 : page.octet();
      return new PageValues.Ids(new RunLength(page, width), ids);
    }
    return switch (column.values()) {
      case ValueType.Words type ->
          new PageValues.Words(WordReader.of(encoding, page, type, header.values()));
      case ValueType.Bytes type ->
          new PageValues.Raw(BytesReader.of(encoding, page, type, header.values()));
    };
  }

  /// The page's bytes behind its first `skipped` ones, decompressed.
  private Bytes body(PageHeader header, int skipped, boolean compressed) throws IOException {
    int from = input.offset() + skipped;
    int stored = header.stored() - skipped;
    if (!compressed || codec == ReadCodec.UNCOMPRESSED) {
      return new Bytes(input.window(), from, from + stored);
    }
    int size = header.expanded() - skipped;
    codec.requirePossible(stored, size);
    guard.count(size);
    if (expanded.length < size + Bits.SLACK) {
      budget.take(size + Bits.SLACK - (long) expanded.length);
      expanded = new byte[size + Bits.SLACK];
    }
    codec.expand(input.window(), from, stored, expanded, size);
    return new Bytes(expanded, 0, size);
  }
}
