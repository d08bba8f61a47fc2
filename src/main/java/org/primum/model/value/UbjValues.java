package org.primum.model.value;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Consumer;

/// Values of a UBJSON document (draft 12, big-endian) as XGBoost writes it: keys without a marker,
/// arrays with a type (`$`) and a count (`#`) before them.
///
/// A count is believed only as far as bytes are left, so a small file cannot ask for much memory.
public final class UbjValues extends ValueReader {

  private static final int ANY = 0;
  private static final int UNCOUNTED = -1;

  private final ByteBuffer bytes;
  private int forced = ANY;

  /// @param name how messages call the document
  public UbjValues(byte[] bytes, String name) {
    super(name);
    this.bytes = ByteBuffer.wrap(bytes);
  }

  @Override
  public void object(Consumer<String> member) {
    if (marker() != '{') {
      throw invalid("expected an object");
    }
    Set<String> seen = noKeys();
    Header header = header(2);
    for (int i = 0; header.goesOn(i, '}'); i++) {
      String key = string();
      forced = header.type;
      member(member, seen, key);
    }
  }

  @Override
  public void array(Runnable element) {
    if (marker() != '[') {
      throw invalid("expected an array");
    }
    Header header = header(1);
    for (int i = 0; header.goesOn(i, ']'); i++) {
      boolean isContainer = header.type == ANY && isContainer(peek());
      forced = header.type;
      if (isContainer) {
        enter("[" + i + "]");
      }
      element.run();
      if (isContainer) {
        leave();
      }
    }
  }

  private static boolean isContainer(int marker) {
    return marker == '{' || marker == '[';
  }

  @Override
  public String text() {
    int marker = marker();
    return switch (marker) {
      case 'S', 'H' -> string();
      case 'C' -> String.valueOf((char) (byteAt() & 0x7f));
      default -> number(marker).toString();
    };
  }

  @Override
  public double number() {
    int marker = marker();
    return switch (marker) {
      case 'S', 'H' -> parse(string());
      case 'T' -> 1;
      case 'F' -> 0;
      default -> number(marker).doubleValue();
    };
  }

  @Override
  public float[] floats() {
    int start = bytes.position();
    if (forced == ANY && marker() == '[') {
      Header header = header(1);
      if (header.type == 'd' && header.count >= 0) {
        float[] values = new float[header.count];
        bytes.asFloatBuffer().get(values);
        bytes.position(bytes.position() + values.length * Float.BYTES);
        return values;
      }
    }
    bytes.position(start);
    double[] wide = doubles();
    float[] values = new float[wide.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) wide[i];
    }
    return values;
  }

  @Override
  public void skip() {
    int marker = marker();
    switch (marker) {
      case '{' -> skipMembers(header(2));
      case '[' -> skipElements(header(1));
      case 'S', 'H' -> string();
      case 'Z', 'T', 'F' -> {}
      case 'C' -> byteAt();
      default -> number(marker);
    }
  }

  private void skipMembers(Header header) {
    enter("{");
    for (int i = 0; header.goesOn(i, '}'); i++) {
      string();
      forced = header.type;
      skip();
    }
    leave();
  }

  private void skipElements(Header header) {
    enter("[");
    for (int i = 0; header.goesOn(i, ']'); i++) {
      forced = header.type;
      skip();
    }
    leave();
  }

  @Override
  public void end() {
    if (bytes.hasRemaining()) {
      throw invalid("something follows the end of the document");
    }
  }

  private int marker() {
    int marker = forced == ANY ? byteAt() : forced;
    forced = ANY;
    return marker;
  }

  private byte byteAt() {
    if (!bytes.hasRemaining()) {
      throw invalid("the document ends too early");
    }
    return bytes.get();
  }

  private byte peek() {
    if (!bytes.hasRemaining()) {
      throw invalid("the document ends too early");
    }
    return bytes.get(bytes.position());
  }

  private Number number(int marker) {
    try {
      return switch (marker) {
        case 'i' -> bytes.get();
        case 'U' -> bytes.get() & 0xff;
        case 'I' -> bytes.getShort();
        case 'u' -> bytes.getShort() & 0xffff;
        case 'l' -> bytes.getInt();
        case 'm' -> bytes.getInt() & 0xffffffffL;
        case 'L', 'M' -> bytes.getLong();
        case 'd' -> bytes.getFloat();
        case 'D' -> bytes.getDouble();
        default -> throw invalid("expected a number, got the marker " + marker);
      };
    } catch (BufferUnderflowException e) {
      throw invalid("the document ends too early", e);
    }
  }

  private int length(int smallestElement) {
    int marker = byteAt();
    if (marker == 'd' || marker == 'D') {
      throw invalid("a length is a whole number");
    }
    long length = number(marker).longValue();
    if (length < 0 || length > bytes.remaining() / smallestElement) {
      throw invalid("a length of " + length + " does not fit the bytes that follow");
    }
    return (int) length;
  }

  private String string() {
    byte[] text = new byte[length(1)];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /// @param smallest the fewest bytes an element without a type takes
  private Header header(int smallest) {
    int type = ANY;
    if (peek() == '$') {
      byteAt();
      type = byteAt();
      if (sizeOf(type) == 0 || peek() != '#') {
        throw invalid("an array of the type " + type + " without values or without a count");
      }
    }
    if (peek() != '#') {
      return new Header(ANY, UNCOUNTED);
    }
    byteAt();
    return new Header(type, length(type == ANY ? smallest : smallest - 1 + sizeOf(type)));
  }

  /// The fewest bytes a value of the type takes after its marker; 0 where it takes none.
  private static int sizeOf(int type) {
    return switch (type) {
      case 'i', 'U', 'C', '{', '[' -> 1;
      case 'I', 'u', 'S', 'H' -> 2;
      case 'l', 'm', 'd' -> 4;
      case 'L', 'M', 'D' -> 8;
      default -> 0;
    };
  }

  /// What stands before the values of a container.
  private final class Header {
    private final int type;
    private final int count;

    private Header(int type, int count) {
      this.type = type;
      this.count = count;
    }

    private boolean goesOn(int index, char closing) {
      if (count != UNCOUNTED) {
        return index < count;
      }
      if (peek() != closing) {
        return true;
      }
      byteAt();
      return false;
    }
  }
}
