package org.primum.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.primum.data.Batches;
import org.primum.data.ColumnType;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.data.Field;
import org.primum.data.Schema;
import org.primum.data.Selection;
import org.primum.data.Table;

/// A Parquet file, read without Hadoop and without trust: pages are decoded here, column by column,
/// under the bounds of [Limits], and whatever contradicts the format is bad input.
final class ParquetTable implements Table {

  private static final int TAIL = 8;

  private final Path file;
  private final String name;
  private final Footer footer;
  private final Schema schema;
  private Optional<Digest> digest = Optional.empty();

  private ParquetTable(Path file, String name, Footer footer, Schema schema) {
    this.file = file;
    this.name = name;
    this.footer = footer;
    this.schema = schema;
  }

  static ParquetTable open(Path file, String name) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Footer footer = FooterParser.parse(footer(channel), channel.size());
      return new ParquetTable(file, name, footer, schema(footer, name));
    } catch (Damage e) {
      throw new DataInvalidException(
          name + ": is not a Parquet file that can be read: " + e.getMessage());
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Map<String, String> metadata() {
    return footer.metadata();
  }

  long rows() {
    return footer.rows();
  }

  @Override
  public Digest digest() throws IOException {
    if (digest.isEmpty()) {
      digest = Optional.of(Digest.of(file));
    }
    return digest.get();
  }

  @Override
  public long countRows() {
    return footer.rows();
  }

  @Override
  public Batches read(List<Selection> selections) throws IOException {
    return split(selections, 1).getFirst();
  }

  @Override
  public List<Batches> split(List<Selection> selections, int atMost) throws IOException {
    List<ParquetBatches.Wish> wishes = new ArrayList<>();
    for (Selection selection : selections) {
      wishes.add(wish(selection));
    }
    var bounds = ParquetBatches.Bounds.of(Files.size(file));
    List<Batches> passes = new ArrayList<>();
    try {
      for (Stretch stretch : Stretch.split(footer, wishes, atMost)) {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        passes.add(new ParquetBatches(name, channel, stretch, wishes, bounds));
      }
    } catch (IOException e) {
      for (Batches pass : passes) {
        pass.close();
      }
      throw e;
    }
    return passes;
  }

  private ParquetBatches.Wish wish(Selection selection) {
    schema.require(selection.column(), name);
    FileColumn column = footer.columns().get(schema.names().indexOf(selection.column()));
    return switch (column) {
      case FileColumn.Unreadable(String _, String reason) -> throw invalid(column, reason);
      case FileColumn.Flat flat -> {
        boolean time = flat.values() instanceof ValueType.Words && flat.type() == ColumnType.TEXT;
        if (time && selection.as() == ColumnType.NUMBER) {
          throw invalid(column, "holds dates or times, where numbers belong");
        }
        yield new ParquetBatches.Wish(flat, selection.as());
      }
    };
  }

  private DataInvalidException invalid(FileColumn column, String reason) {
    return new DataInvalidException(name + ": column '" + column.name() + "' " + reason);
  }

  private static Schema schema(Footer footer, String name) {
    List<Field> fields = new ArrayList<>();
    for (FileColumn column : footer.columns()) {
      if (column.name().isEmpty()) {
        throw new Damage("a column has no name");
      }
      fields.add(new Field(column.name(), column.type()));
    }
    try {
      return new Schema(fields);
    } catch (DataInvalidException e) {
      throw new DataInvalidException(name + ": " + e.getMessage(), e);
    }
  }

  /// The bytes of the footer, which the last eight bytes of the file lead to.
  private static byte[] footer(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < TAIL + 4) {
      throw new Damage("it is cut off");
    }
    byte[] tail = bytes(channel, size - TAIL, TAIL);
    if (!Arrays.equals(tail, 4, TAIL, new byte[] {'P', 'A', 'R', '1'}, 0, 4)) {
      throw new Damage("it is cut off or its end is damaged");
    }
    int length = Bits.int32(tail, 0);
    if (length <= 0 || length > size - TAIL - 4) {
      throw new Damage("its footer has an impossible length");
    }
    if (length > Math.min(Limits.FOOTER_BYTES, Runtime.getRuntime().maxMemory() / 16)) {
      throw new Damage("its footer is larger than is read; write fewer row groups or columns");
    }
    return bytes(channel, size - TAIL - length, length);
  }

  private static byte[] bytes(FileChannel channel, long from, int count) throws IOException {
    var buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new Damage("it became shorter while it was read");
      }
    }
    return buffer.array();
  }
}
