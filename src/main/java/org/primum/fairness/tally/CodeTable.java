package org.primum.fairness.tally;

import java.util.Arrays;

/// Numbers by a key of up to 63 bits: an array over all keys where there can be few of them, else a
/// hash table with open addressing.
final class CodeTable {

  /// What [#get] says of a key without a number.
  static final int NONE = -1;

  /// Keys of up to so many bits index an array.
  private static final int DENSE_BITS = 20;

  private final boolean dense;

  /// Keys plus one, or 0; unused where dense.
  private long[] keys;

  /// Numbers plus one, or 0.
  private int[] numbers;

  private int size;

  /// @param bits of a key, at most 63
  CodeTable(int bits) {
    dense = bits <= DENSE_BITS;
    numbers = new int[dense ? 1 << bits : 1 << 10];
    keys = new long[dense ? 0 : numbers.length];
  }

  int get(long key) {
    return numbers[dense ? (int) key : slot(key)] - 1;
  }

  /// @param key one that [#get] found no number for
  void put(long key, int number) {
    if (!dense && 2 * size >= numbers.length) {
      grow();
    }
    int slot = dense ? (int) key : slot(key);
    numbers[slot] = number + 1;
    size++;
    if (!dense) {
      keys[slot] = key + 1;
    }
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) (((key + 1) * 0x9E37_79B9_7F4A_7C15L) >>> 40) & mask;
    while (keys[slot] != 0 && keys[slot] != key + 1) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNumbers = numbers;
    keys = new long[oldKeys.length * 2];
    numbers = Arrays.copyOf(numbers, keys.length);
    Arrays.fill(numbers, 0);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i] - 1);
        keys[slot] = oldKeys[i];
        numbers[slot] = oldNumbers[i];
      }
    }
  }
}
