package org.primum.table;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.primum.data.DataInvalidException;

/// Text from a gzip file, guarded: a damaged or cut-off file and one that expands without measure
/// are bad input, not breakdowns.
final class GzipText extends FilterInputStream {

  private final String name;
  private final long most;
  private long count;

  GzipText(InputStream in, String name, long fileSize) throws IOException {
    super(opened(in, name));
    this.name = name;
    this.most = Limits.FREE_EXPANSION + fileSize * 200;
  }

  private static GZIPInputStream opened(InputStream in, String name) throws IOException {
    try {
      return new GZIPInputStream(in, 1 << 16);
    } catch (EOFException | ZipException e) {
      throw damaged(name, e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      int read = super.read(bytes, offset, length);
      count += Math.max(0, read);
      if (count > most) {
        throw new DataInvalidException(
            name + ": expands to more than " + most + " bytes; give the uncompressed file");
      }
      return read;
    } catch (EOFException | ZipException e) {
      throw damaged(name, e);
    }
  }

  private static DataInvalidException damaged(String name, IOException cause) {
    return new DataInvalidException(name + ": the gzip file is cut off or damaged", cause);
  }
}
