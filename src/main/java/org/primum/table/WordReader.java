package org.primum.table;

/// Reads values of at most 64 bits, one encoding each
/// (https://parquet.apache.org/docs/file-format/data-pages/encodings/).
sealed interface WordReader {

  /// Reads the next `count` values; narrower ones sign-extended, floats as their bits.
  void read(long[] out, int count);

  /// The reader of an encoding, by its number in parquet.thrift.
  ///
  /// @param values at most so many are in the page
  static WordReader of(int encoding, Bytes in, ValueType.Words type, int values) {
    int width = type.width();
    boolean whole = !(type instanceof ValueType.Single || type instanceof ValueType.Real);
    return switch (encoding) {
      case 0 -> width == 0 ? new Truths(in) : new Plain(in, width);
      case 3 -> {
        requireFit(width == 0);
        in.int32();
        yield new Runs(new RunLength(in, 1));
      }
      case 5 -> {
        requireFit(width > 0 && whole);
        yield new Delta(in, width, values);
      }
      case 9 -> {
        requireFit(width > 0);
        yield new Split(in, width);
      }
      default -> throw unknown(encoding);
    };
  }

  static Damage unknown(int encoding) {
    return new Damage("encoding " + encoding + " is not known for this type of value");
  }

  private static void requireFit(boolean fits) {
    if (!fits) {
      throw new Damage("the encoding does not fit the type of value");
    }
  }

  /// One value behind the other, little-endian.
  record Plain(Bytes in, int width) implements WordReader {

    @Override
    public void read(long[] out, int count) {
      int at = in.take((long) count * width);
      byte[] bytes = in.array();
      if (width == Long.BYTES) {
        for (int i = 0; i < count; i++) {
          out[i] = Bits.int64(bytes, at + i * Long.BYTES);
        }
      } else {
        for (int i = 0; i < count; i++) {
          out[i] = Bits.int32(bytes, at + i * Integer.BYTES);
        }
      }
    }
  }

  /// One bit a truth.
  final class Truths implements WordReader {

    private final Bytes in;
    private int bit = 8;
    private int octet;

    Truths(Bytes in) {
      this.in = in;
    }

    @Override
    public void read(long[] out, int count) {
      for (int i = 0; i < count; i++) {
        if (bit == 8) {
          octet = in.octet();
          bit = 0;
        }
        out[i] = (long) (octet >>> bit) & 1;
        bit++;
      }
    }
  }

  /// Run lengths of truths.
  final class Runs implements WordReader {

    private final RunLength runs;
    private int[] buffer = new int[0];

    Runs(RunLength runs) {
      this.runs = runs;
    }

    @Override
    public void read(long[] out, int count) {
      buffer = buffer.length < count ? new int[count] : buffer;
      runs.read(buffer, count);
      for (int i = 0; i < count; i++) {
        out[i] = buffer[i];
      }
    }
  }

  /// The first bytes of all values, then the second ones, and so on (BYTE_STREAM_SPLIT).
  final class Split implements WordReader {

    private final Bytes in;
    private final int width;
    private final int from;
    private final int stride;
    private int next;

    Split(Bytes in, int width) {
      this.in = in;
      this.width = width;
      this.stride = in.left() / width;
      this.from = in.take((long) stride * width);
    }

    @Override
    public void read(long[] out, int count) {
      if (count > stride - next) {
        throw new Damage("a page is shorter than what it should hold");
      }
      byte[] bytes = in.array();
      for (int i = 0; i < count; i++) {
        long word = bytes[from + next + i + (width - 1) * stride];
        for (int j = width - 2; j >= 0; j--) {
          word = word << 8 | (bytes[from + next + i + j * stride] & 0xFF);
        }
        out[i] = word;
      }
      next += count;
    }
  }

  /// Differences to the value before, packed in blocks (DELTA_BINARY_PACKED).
  final class Delta implements WordReader {

    private static final int MAX_BLOCK = 1 << 20;

    private final Bytes in;
    private final int width;
    private final int miniBlock;
    private final int[] widths;
    private int total;
    private long last;
    private boolean first = true;
    private long minDelta;
    private int mini;
    private int left;
    private int packedFrom;
    private long bit;

    Delta(Bytes in, int width, int values) {
      this.in = in;
      this.width = width;
      if (in.left() == 0) {
        widths = new int[0];
        miniBlock = 0;
        return;
      }
      long block = in.varint();
      long minis = in.varint();
      long count = in.varint();
      if (block <= 0 || block > MAX_BLOCK || minis <= 0 || minis > block || block % minis != 0) {
        throw new Damage("the blocks of a page have an impossible size");
      }
      if (count < 0 || count > values || block / minis % 8 != 0) {
        throw new Damage("a page counts its values wrong");
      }
      total = (int) count;
      last = in.zigzag();
      widths = new int[(int) minis];
      miniBlock = (int) (block / minis);
      mini = widths.length;
    }

    int total() {
      return total;
    }

    @Override
    public void read(long[] out, int count) {
      if (count > total) {
        throw new Damage("a page holds fewer values than it says");
      }
      total -= count;
      for (int i = 0; i < count; i++) {
        if (first) {
          first = false;
        } else {
          last += delta();
        }
        out[i] = width == Integer.BYTES ? (int) last : last;
      }
    }

    private long delta() {
      if (left == 0) {
        nextMiniBlock();
      }
      left--;
      int bits = widths[mini];
      long value = bits == 0 ? 0 : Bits.packed(in.array(), packedFrom, bit, bits);
      bit += bits;
      return minDelta + value;
    }

    private void nextMiniBlock() {
      mini++;
      if (mini >= widths.length) {
        minDelta = in.zigzag();
        for (int i = 0; i < widths.length; i++) {
          widths[i] = in.octet();
        }
        mini = 0;
      }
      if (widths[mini] > Long.SIZE) {
        throw new Damage("values of " + widths[mini] + " bits");
      }
      packedFrom = in.take((long) miniBlock * widths[mini] / 8);
      bit = 0;
      left = miniBlock;
    }
  }
}
