package org.primum.document;

/// A string literal of the Go language, as `strconv.Quote` writes it. It is near JSON's, but has
/// escapes that JSON does not know.
///
/// Source: [The Go Programming Language Specification, string
/// literals](https://go.dev/ref/spec#String_literals).
final class GoString {

  private GoString() {}

  /// @throws IllegalArgumentException where it is none; the message does not repeat it
  static String unquote(String quoted) {
    if (quoted.length() < 2 || !quoted.startsWith("\"") || !quoted.endsWith("\"")) {
      throw new IllegalArgumentException(
          "it begins with a quotation mark and does not end with one");
    }
    String inner = quoted.substring(1, quoted.length() - 1);
    StringBuilder text = new StringBuilder(inner.length());
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      if (c == '"') {
        throw new IllegalArgumentException("a quotation mark in it is not escaped");
      }
      if (c == '\\') {
        i = escape(inner, i + 1, text);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /// @return where the escape's last character stands
  private static int escape(String inner, int at, StringBuilder text) {
    char kind = at < inner.length() ? inner.charAt(at) : '\0';
    int digits =
        switch (kind) {
          case 'x' -> 2;
          case 'u' -> 4;
          case 'U' -> 8;
          default -> 0;
        };
    if (digits > 0) {
      text.appendCodePoint(hexadecimal(inner, at + 1, digits));
      return at + digits;
    }
    text.append(
        switch (kind) {
          case 'a' -> '\u0007';
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'v' -> '\u000b';
          case '\\', '"', '\'' -> kind;
          default -> throw new IllegalArgumentException("it has an escape that Go does not know");
        });
    return at;
  }

  private static int hexadecimal(String inner, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = i < inner.length() ? Character.digit(inner.charAt(i), 16) : -1;
      if (digit < 0 || value > Character.MAX_CODE_POINT >> 4) {
        throw new IllegalArgumentException("it has an escape that is cut off or too large");
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
