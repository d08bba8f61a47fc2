package org.primum.table;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/// Decompresses Parquet pages without Hadoop's codecs. The expanded size is known beforehand and is
/// never exceeded.
enum ReadCodec {
  UNCOMPRESSED(1) {
    @Override
    int decode(byte[] in, int from, int length, byte[] out, int size) {
      if (length != size) {
        return -1;
      }
      System.arraycopy(in, from, out, 0, size);
      return size;
    }
  },
  SNAPPY(64) {
    @Override
    int decode(byte[] in, int from, int length, byte[] out, int size) throws IOException {
      return Snappy.uncompressedLength(in, from, length) == size
          ? Snappy.uncompress(in, from, length, out, 0)
          : -1;
    }
  },
  GZIP(1_032) {
    @Override
    int decode(byte[] in, int from, int length, byte[] out, int size) throws IOException {
      return inflate(in, from, length, out, size);
    }
  },
  ZSTD(1 << 16) {
    @Override
    int decode(byte[] in, int from, int length, byte[] out, int size) {
      try {
        return (int) Zstd.decompressByteArray(out, 0, size, in, from, length);
      } catch (ZstdException e) {
        return -1;
      }
    }
  };

  private static final int GZIP_HEADER = 10;

  private final int mostExpansion;

  /// @param mostExpansion bytes that one stored byte can stand for at most in this format
  ReadCodec(int mostExpansion) {
    this.mostExpansion = mostExpansion;
  }

  /// Expands a page into the start of `out`; the number of bytes, or -1 where they are damaged.
  abstract int decode(byte[] in, int from, int length, byte[] out, int size) throws IOException;

  /// The codec of a number in parquet.thrift.
  static ReadCodec of(int id) {
    return switch (id) {
      case 0 -> UNCOMPRESSED;
      case 1 -> SNAPPY;
      case 2 -> GZIP;
      case 6 -> ZSTD;
      default ->
          throw new Damage(
              "compression " + id + " is not read; write it with zstd, snappy, gzip or none");
    };
  }

  /// Refuses sizes that no page of `stored` bytes has, before memory is taken for it.
  void requirePossible(int stored, int size) {
    if (size > (stored + 64L) * mostExpansion) {
      throw new Damage("a page claims to expand beyond what its compression can do");
    }
  }

  /// Expands a page of `length` bytes to exactly `size`.
  void expand(byte[] in, int from, int length, byte[] out, int size) throws IOException {
    if (size == 0) {
      return;
    }
    int count;
    try {
      count = decode(in, from, length, out, size);
    } catch (LinkageError | SnappyError e) {
      throw noNativeCode(e);
    } catch (IOException e) {
      count = -1;
    }
    if (count != size) {
      throw new Damage("a page cannot be decompressed");
    }
  }

  static IOException noNativeCode(Error cause) {
    return new IOException(
        "the compression library cannot be loaded; let java.io.tmpdir be a directory that may"
            + " hold programs (not mounted noexec), by -Djava.io.tmpdir=DIR",
        cause);
  }

  private static int inflate(byte[] in, int from, int length, byte[] out, int size) {
    int skip = gzipHeader(in, from, length);
    if (skip < 0) {
      return -1;
    }
    var inflater = new Inflater(true);
    try {
      inflater.setInput(in, from + skip, length - skip);
      int done = 0;
      while (done < size && !inflater.finished()) {
        int count = inflater.inflate(out, done, size - done);
        if (count == 0) {
          return -1;
        }
        done += count;
      }
      return done;
    } catch (DataFormatException e) {
      return -1;
    } finally {
      inflater.end();
    }
  }

  /// Bytes of a gzip header without optional parts (RFC 1952), or -1 for another.
  private static int gzipHeader(byte[] in, int from, int length) {
    boolean plain =
        length > GZIP_HEADER
            && (in[from] & 0xFF) == 0x1F
            && (in[from + 1] & 0xFF) == 0x8B
            && in[from + 2] == 8
            && in[from + 3] == 0;
    return plain ? GZIP_HEADER : -1;
  }
}
