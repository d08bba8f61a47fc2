package org.primum.table;

/// A stretch of a page's bytes and a position in it. The array goes on for [Bits#SLACK] bytes at
/// least behind the stretch.
final class Bytes {

  private final byte[] array;
  private final int end;
  private int position;

  Bytes(byte[] array, int from, int to) {
    if (from < 0 || to < from || to > array.length - Bits.SLACK) {
      throw new Damage("a page is shorter than what it should hold");
    }
    this.array = array;
    this.position = from;
    this.end = to;
  }

  byte[] array() {
    return array;
  }

  int position() {
    return position;
  }

  int left() {
    return end - position;
  }

  /// Where `count` bytes start, which are then behind the position.
  int take(long count) {
    if (count < 0 || count > left()) {
      throw new Damage("a page is shorter than what it should hold");
    }
    int at = position;
    position += (int) count;
    return at;
  }

  /// The next bytes as a stretch of their own.
  Bytes part(long count) {
    int from = take(count);
    return new Bytes(array, from, position);
  }

  int octet() {
    return array[take(1)] & 0xFF;
  }

  int int32() {
    return Bits.int32(array, take(Integer.BYTES));
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int octet = octet();
      value |= (long) (octet & 0x7F) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw new Damage("a number is longer than 64 bits");
  }

  long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }
}
