package org.primum.report;

import java.util.regex.Pattern;

/// Text as it may stand in GitHub-flavored Markdown, also in a table's cell: it shows as it is, and
/// neither opens markup nor a formula nor a new line.
final class MarkdownText {

  /// The colon and the at sign would make links of addresses.
  private static final String PUNCTUATION = "\\`*_[]|~$#!@";

  private static final Pattern ADDRESS = Pattern.compile("://|(?i)(?<=www)\\.");

  private MarkdownText() {}

  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> append(out, point));
    return ADDRESS.matcher(out).replaceAll("\\\\$0").strip();
  }

  private static void append(StringBuilder out, int point) {
    switch (point) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '\n', '\r', '\t' -> out.append(' ');
      default -> {
        if (PUNCTUATION.indexOf(point) >= 0) {
          out.append('\\');
        }
        out.appendCodePoint(Xml.isAllowed(point) ? point : Xml.REPLACEMENT);
      }
    }
  }
}
