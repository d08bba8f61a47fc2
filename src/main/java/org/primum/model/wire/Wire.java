package org.primum.model.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.primum.model.ModelInvalidException;

/// Fields of one protobuf message, pulled one after another: [#next] goes to a field, and then
/// exactly one call consumes it.
///
/// A length is believed only as far as the message goes, and a list holds at most [#MAX_ENTRIES],
/// so a small file cannot ask for much memory.
public final class Wire {

  /// Entries of one list: more nodes than any model that is read.
  public static final int MAX_ENTRIES = 1 << 24;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final ByteBuffer bytes;
  private int field;
  private int type;

  public Wire(byte[] bytes) {
    this(ByteBuffer.wrap(bytes));
  }

  private Wire(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Goes to the next field; false at the message's end.
  public boolean next() {
    if (!bytes.hasRemaining()) {
      return false;
    }
    long tag = raw();
    field = (int) (tag >>> 3);
    type = (int) (tag & 7);
    if (tag >>> 3 == 0 || tag >>> 3 > (1 << 29) - 1) {
      throw broken();
    }
    return true;
  }

  /// The number of the field that is to be consumed.
  public int field() {
    return field;
  }

  /// Consumes a whole number.
  public long whole() {
    require(VARINT);
    return raw();
  }

  /// Consumes a message, text or list of bytes.
  public Wire message() {
    require(BYTES);
    long length = raw();
    if (length < 0 || length > bytes.remaining()) {
      throw broken();
    }
    Wire inner = new Wire(bytes.slice(bytes.position(), (int) length));
    bytes.position(bytes.position() + (int) length);
    return inner;
  }

  /// Consumes text.
  public String text() {
    return new String(octets(), StandardCharsets.UTF_8);
  }

  /// Consumes bytes.
  public byte[] octets() {
    ByteBuffer inner = message().bytes;
    byte[] octets = new byte[inner.remaining()];
    inner.get(octets);
    return octets;
  }

  /// The same message from its beginning, while nothing is consumed of it.
  public Wire again() {
    return new Wire(bytes.duplicate());
  }

  /// Consumes whatever comes.
  public void skip() {
    switch (type) {
      case VARINT -> raw();
      case FIXED64 -> skip(Long.BYTES);
      case BYTES -> message();
      case FIXED32 -> skip(Integer.BYTES);
      default -> throw broken();
    }
  }

  private void skip(int count) {
    requireBytes(count);
    bytes.position(bytes.position() + count);
  }

  /// Numbers of a repeated field, each occurrence of which is one number or a packed list.
  public static final class Numbers {
    private double[] values = new double[16];
    private int count;

    private void add(double value) {
      if (count == MAX_ENTRIES) {
        throw new ModelInvalidException("a list of more than " + MAX_ENTRIES + " numbers");
      }
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }

    public double[] all() {
      return Arrays.copyOf(values, count);
    }
  }

  /// Consumes 32-bit floats.
  public void floats(Numbers into) {
    if (type == FIXED32) {
      into.add(float32());
      return;
    }
    Wire packed = message();
    while (packed.bytes.hasRemaining()) {
      into.add(packed.float32());
    }
  }

  /// Consumes 64-bit floats.
  public void doubles(Numbers into) {
    if (type == FIXED64) {
      into.add(float64());
      return;
    }
    Wire packed = message();
    while (packed.bytes.hasRemaining()) {
      into.add(packed.float64());
    }
  }

  /// Consumes the whole message as little-endian numbers of one kind, or not at all.
  public void rest(boolean isDouble, boolean isFloat, Numbers into) {
    while ((isDouble || isFloat) && bytes.hasRemaining()) {
      into.add(isDouble ? float64() : float32());
    }
  }

  /// Consumes the whole message as whole numbers of one unsigned byte each.
  public void octets(Numbers into) {
    while (bytes.hasRemaining()) {
      into.add(bytes.get() & 0xff);
    }
  }

  /// Consumes whole numbers; one beyond 2^53 is refused.
  public void wholes(Numbers into) {
    if (type == VARINT) {
      into.add(exact(raw()));
      return;
    }
    Wire packed = message();
    while (packed.bytes.hasRemaining()) {
      into.add(exact(packed.raw()));
    }
  }

  private static double exact(long value) {
    if (Math.abs(value) > 1L << 53) {
      throw new ModelInvalidException("a whole number is too large: " + value);
    }
    return value;
  }

  private float float32() {
    requireBytes(Float.BYTES);
    return bytes.getFloat();
  }

  private double float64() {
    requireBytes(Double.BYTES);
    return bytes.getDouble();
  }

  private long raw() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      requireBytes(1);
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw broken();
  }

  private void require(int expected) {
    if (type != expected) {
      throw broken();
    }
  }

  private void requireBytes(int count) {
    if (bytes.remaining() < count) {
      throw broken();
    }
  }

  private static ModelInvalidException broken() {
    return new ModelInvalidException(
        "this is not a valid protobuf file; was it cut off or changed?");
  }
}
