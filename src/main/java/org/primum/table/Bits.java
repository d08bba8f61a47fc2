package org.primum.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Little-endian numbers and packed bits in a page's bytes. Arrays that hold pages are [#SLACK]
/// bytes longer than the page, so that a word may be read at each of its bytes.
final class Bits {

  static final int SLACK = 9;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Bits() {}

  static int int32(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static long int64(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /// Bits needed to tell apart so many values and none more.
  static int width(int largest) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(largest);
  }

  /// Reads up to 64 bits that start at a bit position counted from a byte, least significant first.
  static long packed(byte[] bytes, int from, long bit, int width) {
    int at = from + (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    long word = int64(bytes, at) >>> shift;
    if (shift + width > Long.SIZE) {
      word |= (long) bytes[at + 8] << (Long.SIZE - shift);
    }
    return width == Long.SIZE ? word : word & ((1L << width) - 1);
  }
}
