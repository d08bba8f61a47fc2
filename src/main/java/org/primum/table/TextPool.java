package org.primum.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The distinct texts of one column of one batch, found by their UTF-8 bytes, so that a text that
/// was seen costs a look-up and no object.
final class TextPool {

  /// The code of bytes that are not UTF-8.
  static final int MALFORMED = -2;

  /// The code of a text the pool has no room for.
  static final int FULL = -3;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[256];
  private int[] ends = new int[16];
  private int[] hashes = new int[16];
  private String[] texts = new String[16];
  private int[] slots = new int[32];
  private int count;

  /// Bytes of all distinct texts.
  int byteCount() {
    return count == 0 ? 0 : ends[count - 1];
  }

  int code(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return code(utf8, 0, utf8.length);
  }

  /// The code of these bytes, a new one where they were not seen; [#MALFORMED] or [#FULL] where
  /// there is none.
  int code(byte[] from, int offset, int length) {
    int hash = hash(from, offset, length);
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      int code = slots[slot] - 1;
      if (hashes[code] == hash && same(code, from, offset, length)) {
        return code;
      }
      slot = (slot + 1) & mask;
    }
    return add(from, offset, length, hash, slot);
  }

  /// The texts in the order of their codes.
  String[] dictionary() {
    return Arrays.copyOf(texts, count);
  }

  private int add(byte[] from, int offset, int length, int hash, int slot) {
    if (!Utf8.isValid(from, offset, offset + length)) {
      return MALFORMED;
    }
    int start = byteCount();
    if (length > Limits.POOL_BYTES - start) {
      return FULL;
    }
    grow(start + length);
    System.arraycopy(from, offset, bytes, start, length);
    ends[count] = start + length;
    hashes[count] = hash;
    texts[count] = new String(from, offset, length, StandardCharsets.UTF_8);
    slots[slot] = ++count;
    if (count * 2 > slots.length) {
      rehash();
    }
    return count - 1;
  }

  private void grow(int byteLength) {
    if (byteLength > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Limits.POOL_BYTES, byteLength * 2L));
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
      hashes = Arrays.copyOf(hashes, count * 2);
      texts = Arrays.copyOf(texts, count * 2);
    }
  }

  private void rehash() {
    int[] wider = new int[slots.length * 2];
    int mask = wider.length - 1;
    for (int code = 0; code < count; code++) {
      int slot = hashes[code] & mask;
      while (wider[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      wider[slot] = code + 1;
    }
    slots = wider;
  }

  private boolean same(int code, byte[] from, int offset, int length) {
    int start = code == 0 ? 0 : ends[code - 1];
    return Arrays.equals(bytes, start, ends[code], from, offset, offset + length);
  }

  private static int hash(byte[] from, int offset, int length) {
    long hash = length * 0x9E3779B97F4A7C15L;
    int at = offset;
    int end = offset + length;
    for (; at + 8 <= end; at += 8) {
      hash = mix(hash ^ (long) WORD.get(from, at));
    }
    long tail = 0;
    for (; at < end; at++) {
      tail = tail << 8 | (from[at] & 0xFF);
    }
    hash = mix(hash ^ tail);
    return (int) (hash ^ hash >>> 32);
  }

  private static long mix(long value) {
    long product = value * 0xD6E8FEB86659FD93L;
    return product ^ product >>> 32;
  }
}
