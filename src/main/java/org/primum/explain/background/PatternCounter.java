package org.primum.explain.background;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.primum.explain.tree.LeafPath;

/// Counts how often each pattern occurs at one leaf. Short patterns have a counter each; others get
/// one when they first occur, so that there are never more than rows, until a counter for each
/// takes no more room.
public final class PatternCounter {

  /// Up to so many features every pattern has its counter.
  private static final int DENSE_FEATURES = 8;

  private static final int FIRST_SLOTS = 64;
  private static final long[] NO_KEYS = {};

  private final int features;
  private final int words;
  private boolean dense;
  private long[] keys;
  private int[] counts;
  private int used;

  /// @param features on the path of the leaf
  public PatternCounter(int features) {
    this.features = features;
    this.words = Math.max(1, (features + 63) / 64);
    this.dense = features <= DENSE_FEATURES;
    this.keys = dense ? NO_KEYS : new long[FIRST_SLOTS * words];
    this.counts = new int[dense ? 1 << features : FIRST_SLOTS];
  }

  /// Counts the patterns of some rows, one word each.
  public void add(int[] patterns, int count) {
    int row = 0;
    long[] key = new long[1];
    for (; row < count && !dense; row++) {
      key[0] = patterns[row];
      add(key);
    }
    for (; row < count; row++) {
      counts[patterns[row]]++;
    }
  }

  /// Counts a pattern of one word so many times.
  public void add(int pattern, int times) {
    if (!dense && 2 * used >= counts.length) {
      grow();
    }
    if (dense) {
      counts[pattern] += times;
    } else {
      add(new long[] {pattern}, 0, times);
    }
  }

  /// Counts one pattern.
  ///
  /// @param pattern bit `j` of word `j / 64` is that of feature `j`
  public void add(long[] pattern) {
    if (!dense && 2 * used >= counts.length) {
      grow();
    }
    if (dense) {
      counts[(int) pattern[0]]++;
    } else {
      add(pattern, 0, 1);
    }
  }

  private void add(long[] from, int at, int times) {
    int slot = slot(from, at);
    if (counts[slot] == 0) {
      System.arraycopy(from, at, keys, slot * words, words);
      used++;
    }
    counts[slot] += times;
  }

  /// Where a pattern is, or would be put.
  private int slot(long[] from, int at) {
    int slot = hash(from, at) & (counts.length - 1);
    while (counts[slot] > 0 && !isAt(slot, from, at)) {
      slot = (slot + 1) & (counts.length - 1);
    }
    return slot;
  }

  private int hash(long[] from, int at) {
    long mixed = 0;
    for (int word = 0; word < words; word++) {
      mixed = (mixed ^ from[at + word]) * 0x9E3779B97F4A7C15L;
      mixed ^= mixed >>> 32;
    }
    return (int) mixed;
  }

  private boolean isAt(int slot, long[] from, int at) {
    return words == 1
        ? keys[slot] == from[at]
        : Arrays.equals(keys, slot * words, (slot + 1) * words, from, at, at + words);
  }

  /// A slot takes three times the room of a counter alone.
  private void grow() {
    if (features <= LeafPath.TABLE_FEATURES && 6L * counts.length >= 1L << features) {
      fill();
    } else {
      rehash();
    }
  }

  private void fill() {
    int[] all = new int[1 << features];
    for (int slot = 0; slot < counts.length; slot++) {
      if (counts[slot] > 0) {
        all[(int) keys[slot]] = counts[slot];
      }
    }
    keys = NO_KEYS;
    counts = all;
    dense = true;
  }

  private void rehash() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    counts = new int[Math.multiplyExact(2, oldCounts.length)];
    keys = new long[Math.multiplyExact(counts.length, words)];
    used = 0;
    for (int slot = 0; slot < oldCounts.length; slot++) {
      if (oldCounts[slot] > 0) {
        add(oldKeys, slot * words, oldCounts[slot]);
      }
    }
  }

  /// What has been counted, in the order of the patterns, whatever the order they came in.
  public PatternHistogram histogram() {
    int[] slots = IntStream.range(0, counts.length).filter(slot -> counts[slot] > 0).toArray();
    if (!dense) {
      slots = sorted(slots);
    }
    long[] patterns = new long[slots.length * words];
    int[] times = new int[slots.length];
    for (int i = 0; i < slots.length; i++) {
      times[i] = counts[slots[i]];
      if (dense) {
        patterns[i] = slots[i];
      } else {
        System.arraycopy(keys, slots[i] * words, patterns, i * words, words);
      }
    }
    return new PatternHistogram(features, patterns, times);
  }

  private int[] sorted(int[] slots) {
    if (words == 1) {
      long[] found = Arrays.stream(slots).mapToLong(slot -> keys[slot] ^ Long.MIN_VALUE).toArray();
      Arrays.sort(found);
      long[] key = new long[1];
      for (int i = 0; i < slots.length; i++) {
        key[0] = found[i] ^ Long.MIN_VALUE;
        slots[i] = slot(key, 0);
      }
      return slots;
    }
    Comparator<Integer> byPattern =
        (a, b) ->
            Arrays.compareUnsigned(
                keys, a * words, (a + 1) * words, keys, b * words, (b + 1) * words);
    return Arrays.stream(slots).boxed().sorted(byPattern).mapToInt(Integer::intValue).toArray();
  }
}
