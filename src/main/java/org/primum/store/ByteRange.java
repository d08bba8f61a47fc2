package org.primum.store;

import java.io.EOFException;

/// Bounds of a read of part of an object.
final class ByteRange {

  private ByteRange() {}

  static void check(String object, long size, long offset, long length) throws EOFException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException(
          "a range starts at 0 or later and is not negative, got " + offset + " and " + length);
    }
    if (length > size || offset > size - length) {
      throw new EOFException(
          object + " has " + size + " bytes; asked for " + length + " from " + offset);
    }
  }
}
