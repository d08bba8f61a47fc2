package org.primum.report;

/// Text as it may stand in HTML, SVG and XML.
public final class Xml {

  /// Stands for characters that may not be there.
  static final int REPLACEMENT = 0xFFFD;

  private Xml() {}

  /// The text with markup characters escaped and characters XML does not know replaced.
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(isAllowed(c) ? c : REPLACEMENT);
    }
  }

  /// The Char production of XML 1.0, without the bidirectional overrides that reorder what is read.
  static boolean isAllowed(int c) {
    boolean control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
    boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
    boolean override = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return !control && !surrogate && !override && c != 0xFFFE && c != 0xFFFF;
  }
}
