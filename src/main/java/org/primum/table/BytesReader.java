package org.primum.table;

import java.util.Arrays;

/// Reads values that are bytes, one encoding each
/// (https://parquet.apache.org/docs/file-format/data-pages/encodings/). After [#next] the value is
/// `length()` bytes of `array()` from `offset()`.
abstract sealed class BytesReader {

  private byte[] array = new byte[0];
  private int offset;
  private int length;

  abstract void next();

  byte[] array() {
    return array;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  final void set(byte[] bytes, int from, int count) {
    array = bytes;
    offset = from;
    length = count;
  }

  /// The reader of an encoding, by its number in parquet.thrift.
  ///
  /// @param values at most so many are in the page
  static BytesReader of(int encoding, Bytes in, ValueType.Bytes type, int values) {
    int width = type.width();
    return switch (encoding) {
      case 0 -> width < 0 ? new Plain(in) : new Fixed(in, width);
      case 6 -> new DeltaLength(in, values);
      case 7 -> new DeltaPrefix(in, values, width);
      case 9 -> {
        if (width < 0) {
          throw new Damage("the encoding does not fit the type of value");
        }
        yield new Split(in, width);
      }
      default -> throw WordReader.unknown(encoding);
    };
  }

  /// A length, then the bytes.
  static final class Plain extends BytesReader {

    private final Bytes in;

    Plain(Bytes in) {
      this.in = in;
    }

    @Override
    void next() {
      int count = in.int32();
      int from = in.take(count);
      set(in.array(), from, count);
    }
  }

  /// Bytes of one length.
  static final class Fixed extends BytesReader {

    private final Bytes in;
    private final int width;

    Fixed(Bytes in, int width) {
      this.in = in;
      this.width = width;
    }

    @Override
    void next() {
      set(in.array(), in.take(width), width);
    }
  }

  /// Fixed bytes: the first of all values, then the second ones, and so on (BYTE_STREAM_SPLIT).
  static final class Split extends BytesReader {

    private final Bytes in;
    private final int from;
    private final int stride;
    private final byte[] value;
    private int next;

    Split(Bytes in, int width) {
      this.in = in;
      this.stride = in.left() / width;
      this.from = in.take((long) stride * width);
      this.value = new byte[width];
    }

    @Override
    void next() {
      if (next == stride) {
        throw new Damage("a page is shorter than what it should hold");
      }
      for (int i = 0; i < value.length; i++) {
        value[i] = in.array()[from + next + i * stride];
      }
      next++;
      set(value, 0, value.length);
    }
  }

  /// All lengths, then all bytes (DELTA_LENGTH_BYTE_ARRAY).
  static final class DeltaLength extends BytesReader {

    private final Bytes in;
    private final int[] lengths;
    private int next;

    DeltaLength(Bytes in, int values) {
      this.in = in;
      this.lengths = lengths(in, values);
    }

    @Override
    void next() {
      if (next == lengths.length) {
        throw new Damage("a page holds fewer values than it says");
      }
      int count = lengths[next++];
      set(in.array(), in.take(count), count);
    }
  }

  /// How many bytes are as in the value before, then the rest (DELTA_BYTE_ARRAY).
  static final class DeltaPrefix extends BytesReader {

    private final int[] prefixes;
    private final DeltaLength suffixes;
    private final int width;
    private byte[] value = new byte[64];
    private int size;
    private int next;

    DeltaPrefix(Bytes in, int values, int width) {
      this.prefixes = lengths(in, values);
      this.suffixes = new DeltaLength(in, values);
      this.width = width;
    }

    @Override
    void next() {
      suffixes.next();
      if (next == prefixes.length || prefixes[next] < 0 || prefixes[next] > size) {
        throw new Damage("a value repeats more than the value before has");
      }
      int prefix = prefixes[next++];
      int suffix = suffixes.length();
      if (suffix > Limits.VALUE_BYTES - prefix || (width >= 0 && prefix + suffix != width)) {
        throw new Damage("a value has an impossible length");
      }
      size = prefix + suffix;
      if (size > value.length) {
        value = Arrays.copyOf(value, size * 2);
      }
      System.arraycopy(suffixes.array(), suffixes.offset(), value, prefix, suffix);
      set(value, 0, size);
    }
  }

  /// Lengths of all values of a page; they stand before the bytes, which start behind the last.
  private static int[] lengths(Bytes in, int values) {
    var reader = new WordReader.Delta(in, Integer.BYTES, values);
    int total = reader.total();
    if (total > Limits.PAGE_LENGTHS) {
      throw new Damage("a page of more than " + Limits.PAGE_LENGTHS + " values");
    }
    int[] lengths = new int[total];
    long[] chunk = new long[Math.min(total, 1024)];
    for (int done = 0; done < total; done += chunk.length) {
      int count = Math.min(chunk.length, total - done);
      reader.read(chunk, count);
      for (int i = 0; i < count; i++) {
        lengths[done + i] = (int) chunk[i];
      }
    }
    return lengths;
  }
}
