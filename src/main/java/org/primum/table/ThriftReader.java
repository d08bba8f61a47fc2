package org.primum.table;

import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/// Reads the compact protocol of Apache Thrift
/// (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md), in which
/// Parquet keeps its footer and page headers. No allocation follows a size the bytes claim before
/// the bytes themselves were seen.
final class ThriftReader {

  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int SHORT = 4;
  private static final int INT = 5;
  private static final int LONG = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int STRUCT = 12;
  private static final int UUID = 13;
  private static final int MAX_DEPTH = 32;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int type;
  private int depth;

  ThriftReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  int position() {
    return at;
  }

  /// Reads a struct that starts here: each field's id goes to the consumer, which reads its value
  /// or skips it.
  void struct(IntConsumer field) {
    if (++depth > MAX_DEPTH) {
      throw new Damage("it is nested too deeply");
    }
    int id = 0;
    for (int head = octet(); head != 0; head = octet()) {
      int step = head >>> 4;
      id = step == 0 ? (int) zigzag(varint()) : id + step;
      type = head & 0x0F;
      field.accept(id);
    }
    depth--;
  }

  /// Reads a struct that is the value of a field or the element of a list.
  void structValue(IntConsumer field) {
    expect(STRUCT);
    struct(field);
  }

  /// Reads a list; the action reads one element.
  void list(Runnable element) {
    if (type != LIST && type != SET) {
      throw mismatch();
    }
    int head = octet();
    int of = head & 0x0F;
    long size = head >>> 4 == 15 ? varint() : head >>> 4;
    if (size < 0 || size > end - at) {
      throw new Damage("a list is longer than the bytes left");
    }
    for (long i = 0; i < size; i++) {
      type = of;
      element.run();
    }
  }

  boolean bool() {
    if (type != TRUE && type != FALSE) {
      throw mismatch();
    }
    return type == TRUE;
  }

  int integer() {
    long value = longer();
    if (value != (int) value) {
      throw new Damage("a number is out of its range");
    }
    return (int) value;
  }

  long longer() {
    if (type == BYTE) {
      return (byte) octet();
    }
    if (type != SHORT && type != INT && type != LONG) {
      throw mismatch();
    }
    return zigzag(varint());
  }

  String text() {
    int length = binaryLength();
    if (!Utf8.isValid(bytes, at, at + length)) {
      throw new Damage("a text is not UTF-8");
    }
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /// Skips the value of the field or element that starts here.
  void skip() {
    switch (type) {
      case TRUE, FALSE -> {}
      case BYTE -> advance(1);
      case SHORT, INT, LONG -> varint();
      case DOUBLE -> advance(8);
      case BINARY -> advance(binaryLength());
      case UUID -> advance(16);
      case LIST, SET -> skipList();
      case MAP -> skipMap();
      case STRUCT -> struct(_ -> skip());
      default -> throw mismatch();
    }
  }

  private void skipList() {
    list(this::skipElement);
  }

  private void skipMap() {
    long size = varint();
    if (size < 0 || size > end - at) {
      throw new Damage("a map is longer than the bytes left");
    }
    if (size == 0) {
      return;
    }
    int types = octet();
    for (long i = 0; i < size; i++) {
      type = types >>> 4;
      skipElement();
      type = types & 0x0F;
      skipElement();
    }
  }

  /// Truths in containers take a byte, as fields they take none. Containers in containers count as
  /// depth.
  private void skipElement() {
    if (++depth > MAX_DEPTH) {
      throw new Damage("it is nested too deeply");
    }
    if (type == TRUE || type == FALSE) {
      advance(1);
    } else {
      skip();
    }
    depth--;
  }

  private int binaryLength() {
    expect(BINARY);
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new Damage("a text is longer than the bytes left");
    }
    return (int) length;
  }

  private void expect(int expected) {
    if (type != expected) {
      throw mismatch();
    }
  }

  private Damage mismatch() {
    return new Damage("a field has an unexpected type");
  }

  private void advance(int count) {
    if (count > end - at) {
      throw new Damage("it ends too early");
    }
    at += count;
  }

  private int octet() {
    if (at == end) {
      throw new Damage("it ends too early");
    }
    return bytes[at++] & 0xFF;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int octet = octet();
      value |= (long) (octet & 0x7F) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw new Damage("a number is longer than 64 bits");
  }

  private static long zigzag(long value) {
    return value >>> 1 ^ -(value & 1);
  }
}
