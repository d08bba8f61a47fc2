package org.primum.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/// What may name an object, on every store alike. A key from a manifest or a command line becomes a
/// path or a URL, so what could leave the prefix or be rewritten on the way is refused.
final class ObjectKey {

  /// Amazon S3's bound, in UTF-8 bytes.
  static final int MAX_BYTES = 1024;

  /// Names of the store's own files in a directory start so; no object's do.
  static final String RESERVED = ".primum-";

  /// By UTF-8 bytes, the order in which S3 lists; Java's own order of strings differs from it
  /// beyond the Basic Multilingual Plane.
  static final Comparator<String> BY_UTF8 =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private ObjectKey() {}

  /// @throws IllegalArgumentException where the key is not one
  static void check(String key) {
    checkCharacters(key);
    for (String segment : key.split("/", -1)) {
      if (segment.isEmpty()) {
        throw refused(key, "has an empty segment; separate names with one '/'");
      }
      if (segment.equals(".") || segment.equals("..")) {
        throw refused(key, "has the segment '" + segment + "'");
      }
      if (segment.startsWith(RESERVED)) {
        throw refused(key, "has a segment that starts with '" + RESERVED + "'");
      }
    }
  }

  /// A prefix to list by: a key, or the beginning of one, or nothing.
  static void checkPrefix(String prefix) {
    checkCharacters(prefix);
    String padded = "/" + prefix;
    if (padded.contains("//") || padded.contains("/../") || padded.contains("/./")) {
      throw refused(prefix, "has an empty segment, '.' or '..'");
    }
  }

  static boolean isKey(String key) {
    try {
      check(key);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void checkCharacters(String key) {
    if (key.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw refused(key, "is longer than " + MAX_BYTES + " bytes");
    }
    key.codePoints()
        .filter(c -> Character.isISOControl(c) || c == '\\' || isLoneSurrogate(c))
        .findFirst()
        .ifPresent(c -> {
          throw refused(key, String.format("has the character U+%04X", c));
        });
  }

  private static boolean isLoneSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  private static IllegalArgumentException refused(String key, String why) {
    StringBuilder shown = new StringBuilder();
    key.codePoints()
        .limit(200)
        .map(c -> Character.isISOControl(c) || isLoneSurrogate(c) ? '?' : c)
        .forEach(shown::appendCodePoint);
    return new IllegalArgumentException("the key '" + shown + "' " + why + ", which no key may");
  }
}
