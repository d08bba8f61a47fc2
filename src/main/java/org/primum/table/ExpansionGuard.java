package org.primum.table;

import java.util.concurrent.atomic.AtomicLong;

/// Counts what one pass decompresses, on all its threads, and stops where a file expands without
/// measure.
final class ExpansionGuard {

  private final long most;
  private final AtomicLong total = new AtomicLong();

  ExpansionGuard(long fileSize) {
    most = Limits.FREE_EXPANSION + Math.min(fileSize, 1L << 48) * Limits.EXPANSION_PER_BYTE;
  }

  void count(int bytes) {
    if (total.addAndGet(bytes) > most) {
      throw new Damage("it expands to more than " + most + " bytes, far beyond its size");
    }
  }
}
