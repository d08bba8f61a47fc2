package org.primum.model.compact;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.primum.model.ModelInvalidException;

/// Reads what [CompactWriter] wrote. A count is believed only as far as there are bytes, so that a
/// small file cannot ask for much memory.
public final class CompactReader {

  private static final int MAX_BITS = 63;

  private final ByteBuffer bytes;

  public CompactReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /// @throws ModelInvalidException where the bytes end, as every method here
  public long whole() {
    long value = 0;
    for (int shift = 0; shift <= MAX_BITS; shift += 7) {
      byte next = octet();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw broken();
  }

  /// A whole number from 0 to `most`.
  public int whole(int most) {
    long value = whole();
    if (value < 0 || value > most) {
      throw broken();
    }
    return (int) value;
  }

  /// How many things follow that take at least so many bytes each.
  public int count(int bytesEach) {
    return whole(bytes.remaining() / bytesEach);
  }

  public long fixed() {
    requireBytes(Long.BYTES);
    return bytes.getLong();
  }

  public double number() {
    return Double.longBitsToDouble(fixed());
  }

  public double[] numbers(int count) {
    int size = octet();
    if ((size != Float.BYTES && size != Double.BYTES) || count > bytes.remaining() / size) {
      throw broken();
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = size == Float.BYTES ? bytes.getFloat() : bytes.getDouble();
    }
    return values;
  }

  public String text() {
    byte[] utf8 = raw(count(1));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw broken();
    }
  }

  public byte[] raw(int count) {
    requireBytes(count);
    byte[] raw = new byte[count];
    bytes.get(raw);
    return raw;
  }

  /// One of the first `count` whole numbers, in one byte.
  public int oneOf(int count) {
    int value = octet();
    if (value < 0 || value >= count) {
      throw broken();
    }
    return value;
  }

  /// How many bytes are left.
  public int remaining() {
    return bytes.remaining();
  }

  /// @throws ModelInvalidException where something is left
  public void requireEnd() {
    if (bytes.hasRemaining()) {
      throw broken();
    }
  }

  private byte octet() {
    requireBytes(1);
    return bytes.get();
  }

  private void requireBytes(int count) {
    if (count > bytes.remaining()) {
      throw broken();
    }
  }

  /// What is said of bytes that were not written here.
  public static ModelInvalidException broken() {
    return new ModelInvalidException("the bytes do not fit each other");
  }
}
