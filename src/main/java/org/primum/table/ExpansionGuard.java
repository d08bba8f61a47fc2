package org.primum.table;

/// Counts what one pass decompresses and stops where a file expands without measure.
final class ExpansionGuard {

  private final long most;
  private long total;

  ExpansionGuard(long fileSize) {
    most = Limits.FREE_EXPANSION + Math.min(fileSize, 1L << 48) * Limits.EXPANSION_PER_BYTE;
  }

  void count(int bytes) {
    total += bytes;
    if (total > most) {
      throw new Damage("it expands to more than " + most + " bytes, far beyond its size");
    }
  }
}
