package org.primum.model.compact;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Numbers and texts as few bytes, the same for the same content. Whole numbers take seven bits a
/// byte, lowest first, as in protobuf; all else is big-endian.
public final class CompactWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /// A number of 64 bits without a sign; small ones take few bytes.
  public void whole(long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    bytes.write((int) left);
  }

  /// Eight bytes.
  public void fixed(long value) {
    bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  public void number(double value) {
    fixed(Double.doubleToRawLongBits(value));
  }

  /// Numbers whose count the reader knows, in four bytes each where that loses nothing.
  public void numbers(double[] values) {
    boolean isSmall = Arrays.stream(values).allMatch(CompactWriter::isFloat);
    int size = isSmall ? Float.BYTES : Double.BYTES;
    ByteBuffer all = ByteBuffer.allocate(1 + Math.multiplyExact(size, values.length));
    all.put((byte) size);
    for (double value : values) {
      if (isSmall) {
        all.putFloat((float) value);
      } else {
        all.putDouble(value);
      }
    }
    bytes.writeBytes(all.array());
  }

  private static boolean isFloat(double value) {
    return Double.doubleToRawLongBits((float) value) == Double.doubleToRawLongBits(value);
  }

  public void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    whole(utf8.length);
    bytes.writeBytes(utf8);
  }

  /// Bytes whose count the reader knows.
  public void raw(byte[] content) {
    bytes.writeBytes(content);
  }

  public int size() {
    return bytes.size();
  }

  public byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
