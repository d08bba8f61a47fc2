package org.primum.explain.background;

import java.util.Arrays;

/// Which rows of a block have the same pattern at a leaf.
final class PatternKinds {

  private static final int NONE = -1;

  private final int[] slots;
  private final int[] kinds;
  private final int[] firsts;
  private int found;

  /// @param rows of a block at most, a power of two
  PatternKinds(int rows) {
    this.slots = new int[2 * rows];
    this.kinds = new int[rows];
    this.firsts = new int[rows];
  }

  /// Finds the distinct patterns of some rows, in the order of their first row.
  ///
  /// @param patterns word `w` of row `i` at `w * count + i`
  /// @return how many there are
  int of(long[] patterns, int words, int count) {
    Arrays.fill(slots, NONE);
    found = 0;
    for (int row = 0; row < count; row++) {
      int slot = hash(patterns, words, count, row) & (slots.length - 1);
      while (slots[slot] != NONE && !isSame(patterns, words, count, row, firsts[slots[slot]])) {
        slot = (slot + 1) & (slots.length - 1);
      }
      if (slots[slot] == NONE) {
        slots[slot] = found;
        firsts[found++] = row;
      }
      kinds[row] = slots[slot];
    }
    return found;
  }

  /// The same for patterns of at most 31 bits.
  int of(int[] patterns, int count) {
    Arrays.fill(slots, NONE);
    found = 0;
    for (int row = 0; row < count; row++) {
      long mixed = patterns[row] * 0x9E3779B97F4A7C15L;
      int slot = (int) (mixed >>> 32) & (slots.length - 1);
      while (slots[slot] != NONE && patterns[row] != patterns[firsts[slots[slot]]]) {
        slot = (slot + 1) & (slots.length - 1);
      }
      if (slots[slot] == NONE) {
        slots[slot] = found;
        firsts[found++] = row;
      }
      kinds[row] = slots[slot];
    }
    return found;
  }

  private static int hash(long[] patterns, int words, int count, int row) {
    long mixed = 0;
    for (int word = 0; word < words; word++) {
      mixed = (mixed ^ patterns[word * count + row]) * 0x9E3779B97F4A7C15L;
      mixed ^= mixed >>> 32;
    }
    return (int) mixed;
  }

  private static boolean isSame(long[] patterns, int words, int count, int row, int other) {
    for (int word = 0; word < words; word++) {
      if (patterns[word * count + row] != patterns[word * count + other]) {
        return false;
      }
    }
    return true;
  }

  /// The first row of a kind.
  int first(int kind) {
    return firsts[kind];
  }

  /// The kind of a row.
  int kind(int row) {
    return kinds[row];
  }
}
