package org.primum.table;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Reads a decimal number from text: an optional sign, digits with an optional point, an optional
/// exponent; or NaN, Inf, Infinity in any case. Blanks around it do not count. The value is the
/// nearest double, as [Double#parseDouble] gives it; nothing else that it accepts (`1f`, `0x1p3`)
/// is a number here.
final class NumberText {

  /// What a text turned out to be.
  enum Kind {
    /// Nothing but blanks.
    BLANK,
    /// A number, in [#value].
    NUMBER,
    /// A number with needless leading zeros, in [#value]: as a rule a code, such as a postal code.
    PADDED,
    /// Anything else.
    TEXT
  }

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long EXACT = 1L << 53;

  /// A mantissa below this takes one digit more and still fits into a long.
  private static final long MANY = 100_000_000_000_000_000L;

  private double value;
  private boolean wanted = true;

  /// What is wrong with text that should be a number, and what to do; never the text itself.
  static String complaint(String text) {
    String value = text.strip();
    if (value.matches("[-+]?\\d+,\\d+")) {
      return "a comma in a number; write decimals with a point, and thousands without a sign";
    }
    if (value.matches("[-+]?\\d{1,3}([ ,.'’\u00a0\u202f]\\d{3})+([.,]\\d+)?")) {
      return "a sign between the thousands of a number; write the digits alone";
    }
    return value.matches("[-+]?[\\d.,]+\\s*[\\p{L}%µ°‰]\\S{0,11}")
        ? "a unit beside a number; write the number alone, with a decimal point"
        : "text where a number belongs";
  }

  /// The number read last.
  double value() {
    return value;
  }

  Kind parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  Kind parse(byte[] bytes, int offset, int length) {
    int from = offset;
    int to = offset + length;
    while (from < to && isBlank(bytes[from])) {
      from++;
    }
    while (to > from && isBlank(bytes[to - 1])) {
      to--;
    }
    return from == to ? Kind.BLANK : decimal(bytes, from, to);
  }

  /// What kind of text this is, without making the value.
  Kind kind(byte[] bytes, int offset, int length) {
    wanted = false;
    Kind kind = parse(bytes, offset, length);
    wanted = true;
    return kind;
  }

  /// One pass over the digits.
  private Kind decimal(byte[] bytes, int from, int to) {
    int at = from;
    boolean negative = bytes[at] == '-';
    if (negative || bytes[at] == '+') {
      at++;
    }
    int first = at;
    long mantissa = 0;
    int digits = 0;
    int fraction = 0;
    boolean exact = true;
    boolean point = false;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits++;
        fraction += point ? 1 : 0;
        exact &= mantissa < MANY;
        mantissa = exact ? mantissa * 10 + digit : mantissa;
      } else if (bytes[at] == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return word(bytes, from, to);
    }
    int exponent = 0;
    if (at < to) {
      int mark = at;
      at = exponentEnd(bytes, at, to);
      if (at != to) {
        return Kind.TEXT;
      }
      exact &= to - mark <= 4;
      exponent = exact ? exponent(bytes, mark + 1, to) : 0;
    }
    if (wanted) {
      double magnitude = exact ? magnitude(mantissa, exponent - fraction) : NearestDouble.UNDECIDED;
      value =
          magnitude == NearestDouble.UNDECIDED
              ? Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.US_ASCII))
              : negative ? -magnitude : magnitude;
    }
    return padded(bytes, first, to) ? Kind.PADDED : Kind.NUMBER;
  }

  /// A mantissa below 2^53 and a power of ten up to 22 are exact doubles, so that one
  /// multiplication or division rounds once, to the nearest (Clinger 1990, "How to read floating
  /// point numbers accurately", https://doi.org/10.1145/93542.93557, the fast path).
  private static double magnitude(long mantissa, int scale) {
    if (mantissa < EXACT && Math.abs(scale) < POWERS.length) {
      return scale < 0 ? mantissa / POWERS[-scale] : mantissa * POWERS[scale];
    }
    return NearestDouble.of(mantissa, scale);
  }

  private static boolean padded(byte[] bytes, int first, int to) {
    return bytes[first] == '0'
        && first + 1 < to
        && bytes[first + 1] >= '0'
        && bytes[first + 1] <= '9';
  }

  /// Where the exponent that starts here ends, or -1 where none starts here.
  private static int exponentEnd(byte[] bytes, int mark, int to) {
    if (bytes[mark] != 'e' && bytes[mark] != 'E') {
      return -1;
    }
    int at = mark + 1;
    if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    int first = at;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at == first ? -1 : at;
  }

  private static int exponent(byte[] bytes, int from, int to) {
    boolean signed = bytes[from] == '-' || bytes[from] == '+';
    int exponent = 0;
    for (int at = signed ? from + 1 : from; at < to; at++) {
      exponent = exponent * 10 + bytes[at] - '0';
    }
    return bytes[from] == '-' ? -exponent : exponent;
  }

  private Kind word(byte[] bytes, int from, int to) {
    if (to - from > "-infinity".length()) {
      return Kind.TEXT;
    }
    String word = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    switch (word.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> value = Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> value = Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> value = Double.NEGATIVE_INFINITY;
      default -> {
        return Kind.TEXT;
      }
    }
    return Kind.NUMBER;
  }

  private static boolean isBlank(byte character) {
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
  }
}
