package org.primum.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.primum.table.SchemaNode.Annotation;
import org.primum.table.SchemaNode.Meaning;

/// Reads the footer of a Parquet file (FileMetaData in parquet.thrift,
/// https://github.com/apache/parquet-format), as much of it as reading needs.
final class FooterParser {

  private final ThriftReader in;
  private final List<SchemaNode> nodes = new ArrayList<>();
  private final List<RowGroup> groups = new ArrayList<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private long rows = -1;

  private FooterParser(byte[] bytes) {
    in = new ThriftReader(bytes, 0, bytes.length);
  }

  /// @param fileSize bounds where chunks lie and how many rows there can be
  /// @throws Damage where the footer contradicts the format, itself, or the file's size
  static Footer parse(byte[] bytes, long fileSize) {
    var parser = new FooterParser(bytes);
    parser.in.struct(parser::field);
    List<FileColumn> columns = FileColumns.of(parser.nodes);
    var footer = new Footer(columns, parser.groups, parser.metadata, parser.rows);
    FooterCheck.check(footer, FileColumns.leaves(parser.nodes), fileSize);
    return footer;
  }

  private void field(int id) {
    switch (id) {
      case 2 -> in.list(() -> nodes.add(node()));
      case 3 -> rows = in.longer();
      case 4 -> in.list(() -> groups.add(group()));
      case 5 -> in.list(this::keyValue);
      case 8 -> throw new Damage("its columns are encrypted; write it unencrypted");
      default -> in.skip();
    }
  }

  private void keyValue() {
    String[] pair = {"", ""};
    in.structValue(id -> {
      switch (id) {
        case 1, 2 -> pair[id - 1] = in.text();
        default -> in.skip();
      }
    });
    metadata.putIfAbsent(pair[0], pair[1]);
  }

  private SchemaNode node() {
    if (nodes.size() > Limits.COLUMNS * 10) {
      throw new Damage("its schema has more than " + Limits.COLUMNS * 10 + " elements");
    }
    int[] numbers = {-1, -1, 0, 0, -1, 0};
    String[] name = {""};
    Annotation[] logical = {Annotation.NONE};
    in.structValue(id -> {
      switch (id) {
        case 1 -> numbers[0] = in.integer();
        case 2 -> numbers[1] = in.integer();
        case 3 -> numbers[2] = in.integer();
        case 4 -> name[0] = in.text();
        case 5 -> numbers[3] = in.integer();
        case 6 -> numbers[4] = in.integer();
        case 7 -> numbers[5] = in.integer();
        case 10 -> logical[0] = logicalType();
        default -> in.skip();
      }
    });
    Annotation annotation =
        logical[0].meaning() == Meaning.NONE ? converted(numbers[4], numbers[5]) : logical[0];
    return new SchemaNode(name[0], numbers[0], numbers[1], numbers[2], numbers[3], annotation);
  }

  private Annotation logicalType() {
    Annotation[] found = {Annotation.of(Meaning.OTHER)};
    in.structValue(id -> {
      switch (id) {
        case 1, 4, 12 -> found[0] = plain(Meaning.STRING);
        case 5 -> found[0] = decimal();
        case 6 -> found[0] = plain(Meaning.DATE);
        case 7 -> found[0] = clock(Meaning.TIME);
        case 8 -> found[0] = clock(Meaning.TIMESTAMP);
        case 10 -> found[0] = integer();
        case 11 -> found[0] = plain(Meaning.UNKNOWN);
        case 14 -> found[0] = plain(Meaning.UUID);
        case 15 -> found[0] = plain(Meaning.FLOAT16);
        default -> in.skip();
      }
    });
    return found[0];
  }

  private Annotation plain(Meaning meaning) {
    in.skip();
    return Annotation.of(meaning);
  }

  private Annotation decimal() {
    int[] scale = {0};
    in.structValue(id -> {
      if (id == 1) {
        scale[0] = in.integer();
      } else {
        in.skip();
      }
    });
    return new Annotation(Meaning.DECIMAL, scale[0], 1, false);
  }

  private Annotation clock(Meaning meaning) {
    boolean[] utc = {false};
    long[] perSecond = {1_000};
    in.structValue(id -> {
      switch (id) {
        case 1 -> utc[0] = in.bool();
        case 2 -> perSecond[0] = unit();
        default -> in.skip();
      }
    });
    return new Annotation(meaning, 0, perSecond[0], utc[0]);
  }

  private long unit() {
    long[] perSecond = {1_000};
    in.structValue(id -> {
      perSecond[0] = id == 3 ? 1_000_000_000 : id == 2 ? 1_000_000 : 1_000;
      in.skip();
    });
    return perSecond[0];
  }

  private Annotation integer() {
    boolean[] signed = {true};
    in.structValue(id -> {
      if (id == 2) {
        signed[0] = in.bool();
      } else {
        in.skip();
      }
    });
    return signed[0] ? Annotation.NONE : Annotation.of(Meaning.UNSIGNED);
  }

  /// The older way to say what values mean.
  private static Annotation converted(int type, int scale) {
    return switch (type) {
      case 0, 4, 19 -> Annotation.of(Meaning.STRING);
      case 5 -> new Annotation(Meaning.DECIMAL, scale, 1, false);
      case 6 -> Annotation.of(Meaning.DATE);
      case 7 -> new Annotation(Meaning.TIME, 0, 1_000, true);
      case 8 -> new Annotation(Meaning.TIME, 0, 1_000_000, true);
      case 9 -> new Annotation(Meaning.TIMESTAMP, 0, 1_000, true);
      case 10 -> new Annotation(Meaning.TIMESTAMP, 0, 1_000_000, true);
      case 11, 12, 13, 14 -> Annotation.of(Meaning.UNSIGNED);
      case -1, 15, 16, 17, 18 -> Annotation.NONE;
      default -> Annotation.of(Meaning.OTHER);
    };
  }

  private RowGroup group() {
    List<ColumnChunk> chunks = new ArrayList<>();
    long[] count = {-1};
    in.structValue(id -> {
      switch (id) {
        case 1 -> in.list(() -> chunks.add(chunk()));
        case 3 -> count[0] = in.longer();
        default -> in.skip();
      }
    });
    return new RowGroup(count[0], chunks);
  }

  private ColumnChunk chunk() {
    ColumnChunk[] found = {new ColumnChunk(-1, -1, -1, -1, -1)};
    in.structValue(id -> {
      switch (id) {
        case 1 -> throw new Damage("its columns lie in other files; write it as one file");
        case 3 -> found[0] = chunkMetadata();
        case 8 -> throw new Damage("its columns are encrypted; write it unencrypted");
        default -> in.skip();
      }
    });
    return found[0];
  }

  private ColumnChunk chunkMetadata() {
    long[] numbers = new long[12];
    numbers[4] = -1;
    in.structValue(id -> {
      switch (id) {
        case 4, 5, 6, 7, 9, 11 -> numbers[id] = in.longer();
        default -> in.skip();
      }
    });
    long data = numbers[9];
    long dictionary = numbers[11];
    long start = dictionary > 0 && dictionary < data ? dictionary : data;
    if (numbers[4] != (int) numbers[4]) {
      throw new Damage("a compression is unknown");
    }
    return new ColumnChunk(start, numbers[7], numbers[6], numbers[5], (int) numbers[4]);
  }
}
