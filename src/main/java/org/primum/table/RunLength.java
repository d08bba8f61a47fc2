package org.primum.table;

import java.util.Arrays;

/// Reads Parquet's hybrid of run lengths and packed bits
/// (https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE): levels, dictionary ids,
/// truths.
final class RunLength {

  private static final long MAX_GROUPS = 1 << 27;

  private final Bytes in;
  private final int width;
  private long repeated;
  private int value;
  private int packed;
  private int packedFrom;
  private long packedBit;

  /// @param width bits of a value, 0 to 32
  RunLength(Bytes in, int width) {
    if (width < 0 || width > Integer.SIZE) {
      throw new Damage("values of " + width + " bits");
    }
    this.in = in;
    this.width = width;
  }

  /// Reads the next `count` values.
  void read(int[] out, int count) {
    int done = 0;
    while (done < count) {
      if (repeated == 0 && packed == 0) {
        nextRun();
      }
      int take = (int) Math.min(count - done, Math.max(repeated, packed));
      if (repeated > 0) {
        Arrays.fill(out, done, done + take, value);
        repeated -= take;
      } else {
        unpack(out, done, take);
        packed -= take;
      }
      done += take;
    }
  }

  private void unpack(int[] out, int offset, int count) {
    byte[] bytes = in.array();
    int from = packedFrom;
    long bit = packedBit;
    long mask = (1L << width) - 1;
    for (int i = offset; i < offset + count; i++) {
      out[i] = (int) (Bits.int64(bytes, from + (int) (bit >>> 3)) >>> (bit & 7) & mask);
      bit += width;
    }
    packedBit = bit;
  }

  private void nextRun() {
    long head = in.varint();
    long count = head >>> 1;
    if (count == 0) {
      throw new Damage("a run of no values");
    }
    if ((head & 1) == 0) {
      repeated = count;
      value = runValue();
    } else {
      nextPacked(count);
    }
  }

  /// The last group of a page may be cut off behind its last value.
  private void nextPacked(long groups) {
    if (groups > MAX_GROUPS) {
      throw new Damage("a run is longer than a page");
    }
    long bytes = Math.min(groups * width, in.left());
    packedFrom = in.take(bytes);
    packedBit = 0;
    packed = (int) (width == 0 ? groups * 8 : Math.min(groups * 8, bytes * 8 / width));
    if (packed == 0) {
      throw new Damage("a page is shorter than what it should hold");
    }
  }

  private int runValue() {
    int result = 0;
    for (int shift = 0; shift < width; shift += 8) {
      result |= in.octet() << shift;
    }
    return result;
  }
}
