package org.primum.table;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// The bytes of a column chunk, a window of which is in memory.
final class ChunkInput {

  private final FileChannel file;
  private final MemoryBudget budget;
  private final int readAhead;
  private final long end;
  private byte[] window = new byte[0];
  private long windowStart;
  private int windowLength;
  private long position;

  ChunkInput(FileChannel file, ColumnChunk chunk, MemoryBudget budget, int readAhead) {
    this.file = file;
    this.budget = budget;
    this.readAhead = readAhead;
    this.position = chunk.offset();
    this.end = chunk.offset() + chunk.length();
  }

  long left() {
    return end - position;
  }

  /// Brings the next bytes into the window.
  void require(int count) throws IOException {
    if (count > left()) {
      throw new Damage("a page reaches out of its column");
    }
    if (position + count <= windowStart + windowLength) {
      return;
    }
    int size = (int) Math.min(left(), Math.max(count, readAhead));
    if (window.length < size + Bits.SLACK) {
      budget.take(size + Bits.SLACK - (long) window.length);
      window = new byte[size + Bits.SLACK];
    }
    fill(ByteBuffer.wrap(window, 0, size));
    windowStart = position;
    windowLength = size;
  }

  byte[] window() {
    return window;
  }

  /// Where the position is in the window.
  int offset() {
    return (int) (position - windowStart);
  }

  void advance(int count) {
    position += count;
  }

  void release() {
    budget.give(window.length);
    window = new byte[0];
    windowLength = 0;
  }

  private void fill(ByteBuffer to) throws IOException {
    long from = position;
    while (to.hasRemaining()) {
      int count = file.read(to, from);
      if (count < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
      from += count;
    }
  }
}
