package org.primum.fairness.tally;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Collects bytes; what the platform has for it takes a lock for each, and a tally has millions.
final class ByteSink {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// Bytes of the longest number in seven bits each.
  private static final int LONGEST = 10;

  private byte[] bytes = new byte[1 << 12];
  private int size;

  void octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  void int32(int value) {
    room(Integer.BYTES);
    INT.set(bytes, size, value);
    size += Integer.BYTES;
  }

  void int64(long value) {
    room(Long.BYTES);
    LONG.set(bytes, size, value);
    size += Long.BYTES;
  }

  /// A number that is not negative in variable length: seven bits a byte, the lowest first, the
  /// eighth bit set where more follow.
  void number(long value) {
    room(LONGEST);
    long rest = value;
    while (rest > 0x7F) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (more > bytes.length - size) {
      bytes =
          Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), Math.addExact(size, size / 2)));
    }
  }
}
