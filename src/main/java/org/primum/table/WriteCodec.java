package org.primum.table;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/// Zstandard for the Parquet writer, without Hadoop's codecs.
final class WriteCodec implements CompressionCodecFactory {

  /// The level: files about as small as at the default of 3, in less time.
  private static final int LEVEL = 1;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException("only ZSTD is written, got " + codec);
    }
    return new ZstdCompressor();
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("pages are read without it");
  }

  @Override
  public void release() {
    // Nothing is held between calls.
  }

  private static final class ZstdCompressor implements BytesInputCompressor {

    @Override
    public BytesInput compress(BytesInput plain) throws IOException {
      try {
        var bytes = new ByteArrayOutputStream(Math.toIntExact(plain.size()));
        plain.writeAllTo(bytes);
        return BytesInput.from(Zstd.compress(bytes.toByteArray(), LEVEL));
      } catch (LinkageError e) {
        throw ReadCodec.noNativeCode(e);
      }
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      // Nothing is held between calls.
    }
  }
}
