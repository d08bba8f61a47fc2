package org.primum.table;

/// Bytes that pages and dictionaries of one pass may take at once, on all its threads: half of what
/// the JVM may use, so that a file which claims more is rejected before memory runs out.
final class MemoryBudget {

  private long used;

  static long most() {
    return Runtime.getRuntime().maxMemory() / 2;
  }

  synchronized void take(long bytes) {
    if (bytes > most() - used) {
      throw new Damage(
          "its pages need more than the "
              + most() / (1 << 20)
              + " MiB there are for them; give the JVM more memory, or write smaller pages and row"
              + " groups");
    }
    used += bytes;
  }

  synchronized void give(long bytes) {
    used -= bytes;
  }
}
