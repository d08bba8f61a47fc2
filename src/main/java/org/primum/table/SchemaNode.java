package org.primum.table;

/// One element of the flattened schema tree of a Parquet file, numbers as the format gives them
/// (parquet.thrift, https://github.com/apache/parquet-format), -1 where it gives none.
///
/// @param type physical type: 0 BOOLEAN, 1 INT32, 2 INT64, 3 INT96, 4 FLOAT, 5 DOUBLE, 6
///   BYTE_ARRAY, 7 FIXED_LEN_BYTE_ARRAY
/// @param width bytes of a FIXED_LEN_BYTE_ARRAY
/// @param repetition 0 required, 1 optional, 2 repeated
/// @param children of a group
/// @param annotation what the values mean
record SchemaNode(
    String name, int type, int width, int repetition, int children, Annotation annotation) {

  static final int REQUIRED = 0;
  static final int OPTIONAL = 1;

  /// What the values of a physical type mean.
  enum Meaning {
    NONE,
    STRING,
    DECIMAL,
    DATE,
    TIME,
    TIMESTAMP,
    UNSIGNED,
    UUID,
    FLOAT16,
    UNKNOWN,
    OTHER
  }

  /// @param scale decimals of a DECIMAL
  /// @param perSecond units a second of a TIME or TIMESTAMP
  /// @param utc a TIMESTAMP is an instant, not a local time
  record Annotation(Meaning meaning, int scale, long perSecond, boolean utc) {

    static final Annotation NONE = of(Meaning.NONE);

    static Annotation of(Meaning meaning) {
      return new Annotation(meaning, 0, 1, false);
    }
  }
}
