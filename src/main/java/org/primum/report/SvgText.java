package org.primum.report;

import java.util.Locale;

/// The pieces of text that pictures share.
final class SvgText {

  private static final int LONGEST_LABEL = 40;

  private SvgText() {}

  /// Opens a picture with its title and what it shows, for those who cannot see it.
  static void open(StringBuilder svg, int width, int height, String title, String alt) {
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
        .append(width)
        .append(' ')
        .append(height)
        .append("\" role=\"img\" aria-label=\"")
        .append(Xml.escape(title + ". " + alt))
        .append("\"><title>")
        .append(Xml.escape(title))
        .append("</title><desc>")
        .append(Xml.escape(alt))
        .append("</desc>");
  }

  /// A feature's name; a long one is cut, and whole in a tooltip.
  static void name(StringBuilder svg, String text, int x, int baseline) {
    boolean cut = text.length() > LONGEST_LABEL;
    if (cut) {
      svg.append("<g><title>").append(Xml.escape(text)).append("</title>");
    }
    String shown = cut ? text.substring(0, LONGEST_LABEL - 1) + "…" : text;
    label(svg, shown, x, baseline, "start", "var(--ink)");
    svg.append(cut ? "</g>" : "");
  }

  /// A line of text.
  static void label(
      StringBuilder svg, String text, int x, int baseline, String anchor, String color) {
    svg.append("<text x=\"").append(x).append("\" y=\"").append(baseline);
    svg.append("\" text-anchor=\"").append(anchor).append("\" font-size=\"12\" style=\"fill:");
    svg.append(color).append("\">");
    svg.append(Xml.escape(text));
    svg.append("</text>");
  }

  /// Three significant digits.
  static String number(double value) {
    double magnitude = Math.abs(value);
    if (magnitude == 0) {
      return "0";
    }
    if (magnitude < 1e-3 || magnitude >= 1e5) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    int decimals = magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
