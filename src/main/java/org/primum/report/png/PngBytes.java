package org.primum.report.png;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// A canvas as a PNG file (W3C, Portable Network Graphics, third edition): eight bits of red, green
/// and blue a pixel, nothing else in it, no time and no name.
final class PngBytes {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private PngBytes() {}

  static byte[] of(Canvas canvas) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(canvas.width()).putInt(canvas.height());
    header.put((byte) 8).put((byte) 2);
    chunk(out, "IHDR", header.array());
    chunk(out, "IDAT", deflated(lines(canvas)));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  /// Line by line, each behind a zero: no filter.
  private static byte[] lines(Canvas canvas) {
    byte[] bytes = new byte[canvas.height() * (1 + 3 * canvas.width())];
    int at = 0;
    for (int y = 0; y < canvas.height(); y++) {
      at++;
      for (int x = 0; x < canvas.width(); x++) {
        int color = canvas.pixel(x, y);
        bytes[at++] = (byte) (color >> 16);
        bytes[at++] = (byte) (color >> 8);
        bytes[at++] = (byte) color;
      }
    }
    return bytes;
  }

  private static byte[] deflated(byte[] bytes) {
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] part = new byte[1 << 16];
      while (!deflater.finished()) {
        out.write(part, 0, deflater.deflate(part));
      }
      return out.toByteArray();
    }
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
