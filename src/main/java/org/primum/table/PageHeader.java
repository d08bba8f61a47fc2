package org.primum.table;

/// The header of a page (parquet.thrift, PageHeader).
///
/// @param kind 0 data page, 2 dictionary, 3 data page of version 2; others are skipped
/// @param expanded bytes of the page without compression
/// @param stored bytes of the page in the file
/// @param checksum CRC-32 of the stored bytes, or -1 where there is none
/// @param values how many values, missing ones included
/// @param encoding of the values
/// @param levelBytes bytes of the levels before the values in version 2, which are not compressed
/// @param compressed the values of version 2 are compressed
record PageHeader(
    int kind,
    int expanded,
    int stored,
    long checksum,
    int values,
    int encoding,
    int levelEncoding,
    int levelBytes,
    boolean compressed) {

  static final int DATA = 0;
  static final int DICTIONARY = 2;
  static final int DATA_2 = 3;

  private static final int RLE = 3;

  /// Reads the header a reader stands before.
  static PageHeader parse(ThriftReader in) {
    var fields = new Fields(in);
    in.struct(fields::page);
    PageHeader header = fields.header();
    header.check();
    return header;
  }

  /// Refuses levels in the encoding that was used before 2013; asked where there are levels.
  void requireRunLengthLevels() {
    if (levelEncoding != RLE) {
      throw new Damage("the levels of a page have an outdated encoding");
    }
  }

  private void check() {
    if (expanded < 0 || stored < 0 || values < 0 || levelBytes < 0) {
      throw new Damage("a page has a negative size");
    }
    if (expanded > Limits.PAGE_BYTES || stored > Limits.PAGE_BYTES) {
      throw new Damage(
          "a page is larger than " + Limits.PAGE_BYTES + " bytes; write it with smaller pages");
    }
    if (levelBytes > stored || levelBytes > expanded) {
      throw new Damage("the levels of a page are longer than the page");
    }
  }

  private static final class Fields {

    private final ThriftReader in;
    private int kind = -1;
    private int expanded = -1;
    private int stored = -1;
    private long checksum = -1;
    private int values;
    private int encoding;
    private int levelEncoding = RLE;
    private int levelBytes;
    private boolean compressed = true;

    Fields(ThriftReader in) {
      this.in = in;
    }

    PageHeader header() {
      return new PageHeader(
          kind,
          expanded,
          stored,
          checksum,
          values,
          encoding,
          levelEncoding,
          levelBytes,
          compressed);
    }

    void page(int id) {
      switch (id) {
        case 1 -> kind = in.integer();
        case 2 -> expanded = in.integer();
        case 3 -> stored = in.integer();
        case 4 -> checksum = in.integer() & 0xFFFF_FFFFL;
        case 5 -> in.structValue(this::data);
        case 7 -> in.structValue(this::dictionary);
        case 8 -> in.structValue(this::data2);
        default -> in.skip();
      }
    }

    private void data(int id) {
      switch (id) {
        case 1 -> values = in.integer();
        case 2 -> encoding = in.integer();
        case 3 -> levelEncoding = in.integer();
        default -> in.skip();
      }
    }

    private void dictionary(int id) {
      switch (id) {
        case 1 -> values = in.integer();
        case 2 -> encoding = in.integer();
        default -> in.skip();
      }
    }

    private void data2(int id) {
      switch (id) {
        case 1 -> values = in.integer();
        case 4 -> encoding = in.integer();
        case 5 -> levelBytes = in.integer();
        case 6 -> {
          if (in.integer() != 0) {
            throw new Damage("a plain column has repeated values");
          }
        }
        case 7 -> compressed = in.bool();
        default -> in.skip();
      }
    }
  }
}
