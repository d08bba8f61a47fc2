package org.primum.report;

import java.util.List;
import java.util.Locale;

/// A picture under way, as wide as a phone: pieces in the order in which they are drawn, each over
/// those before it. The same pieces give the same text.
final class Sketch {

  static final int WIDTH = 360;

  /// Where pictures begin and end.
  static final int LEFT = 8;

  static final int RIGHT = 352;

  /// Where axes begin and end, with room for half a dot.
  static final int FROM = 12;

  static final int TO = 348;

  /// What raised a prediction, and what lowered it: orange and blue, which all eyes tell apart.
  static final String RAISES = "var(--series-2)";

  static final String LOWERS = "var(--series-1)";

  /// Between the two.
  private static final String MIDDLE = "var(--series-4)";

  static final String INK = "var(--ink)";
  static final String SOFT = "var(--soft)";
  static final String GRID = "var(--grid)";
  static final String CARD = "var(--card)";

  /// How many colors lie between low and high.
  static final int SHADES = 5;

  /// How wide a letter is, about.
  private static final double LETTER = 6.4;

  /// Keeps text readable where a line runs behind it.
  private static final String HALO = ";paint-order:stroke;stroke:var(--card);stroke-width:3px";

  private final StringBuilder svg = new StringBuilder(8_192);

  /// @param alt the picture in words, for those who cannot see it
  Sketch(int height, String title, String alt) {
    SvgText.open(svg, WIDTH, height, title, alt);
  }

  String svg() {
    return svg + "</svg>";
  }

  /// A line of text in the soft color.
  void label(double x, double baseline, String anchor, String text) {
    text(x, baseline, anchor, SOFT, text);
  }

  /// A line of text over something colored.
  void over(double x, double baseline, String text) {
    svg.append("<text x=\"").append(place(x)).append("\" y=\"").append(place(baseline));
    svg.append("\" text-anchor=\"middle\" font-size=\"12\" style=\"fill:var(--card)\">");
    svg.append(Xml.escape(text)).append("</text>");
  }

  /// A line of text in ink, on a color that leaves it readable.
  void plain(double x, double baseline, String text) {
    svg.append("<text x=\"").append(place(x)).append("\" y=\"").append(place(baseline));
    svg.append("\" text-anchor=\"middle\" font-size=\"11\" style=\"fill:var(--ink)\">");
    svg.append(Xml.escape(text)).append("</text>");
  }

  /// A line of text that stands at `x`, or beside it where the picture ends.
  void near(double x, double baseline, String color, String whole) {
    String text = cut(whole, RIGHT - LEFT);
    double half = text.length() * LETTER / 2;
    String anchor = x - half < LEFT ? "start" : x + half > RIGHT ? "end" : "middle";
    double at = anchor.equals("start") ? LEFT : anchor.equals("end") ? RIGHT : x;
    text(at, baseline, anchor, color, text);
  }

  void text(double x, double baseline, String anchor, String color, String text) {
    svg.append("<text x=\"").append(place(x)).append("\" y=\"").append(place(baseline));
    svg.append("\" text-anchor=\"").append(anchor).append("\" font-size=\"12\" style=\"fill:");
    svg.append(color).append(HALO).append("\">").append(Xml.escape(text)).append("</text>");
  }

  /// A name that keeps to its room; one that is cut stands whole in a tooltip.
  void name(double x, double baseline, String anchor, String text, double room) {
    String shown = cut(text, room);
    boolean whole = shown.equals(text);
    svg.append(whole ? "" : "<g><title>" + Xml.escape(text) + "</title>");
    text(x, baseline, anchor, INK, shown);
    svg.append(whole ? "" : "</g>");
  }

  /// The text as far as the room goes.
  static String cut(String text, double room) {
    int letters = Math.max(2, (int) (room / LETTER));
    return text.length() <= letters ? text : text.substring(0, letters - 1) + "…";
  }

  void box(double x, double y, double width, double height, String color) {
    svg.append("<rect x=\"").append(place(x)).append("\" y=\"").append(place(y));
    svg.append("\" width=\"").append(place(Math.max(width, 0.5))).append("\" height=\"");
    svg.append(place(height)).append("\" rx=\"2\" style=\"fill:").append(color).append("\"/>");
  }

  /// A filled shape.
  void shape(String d, String color) {
    svg.append("<path d=\"").append(d).append("\" style=\"fill:").append(color).append("\"/>");
  }

  /// A line along the points of `d`.
  void line(String d, String color, double width) {
    line(d, color, width, "");
  }

  void line(String d, String color, double width, String dashes) {
    svg.append("<path d=\"").append(d).append("\" fill=\"none\" stroke-width=\"");
    svg.append(place(width)).append('"');
    svg.append(dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"");
    svg.append(" style=\"stroke:").append(color).append("\"/>");
  }

  /// Dots of one color.
  ///
  /// @param d a [#dot] after the other
  void dots(StringBuilder d, String color, double width) {
    if (!d.isEmpty()) {
      svg.append("<path d=\"").append(d).append("\" fill=\"none\" stroke-linecap=\"round\"");
      svg.append(" stroke-width=\"").append(place(width)).append("\" style=\"stroke:");
      svg.append(color).append("\"/>");
    }
  }

  static String dot(double x, double y) {
    return "M" + place(x) + " " + place(y) + "h0";
  }

  /// The color of a value by where it stands from low to high, paler in the middle, as blue and
  /// purple are one to many eyes; grey where that is not known.
  ///
  /// @param shade from 0 to [#SHADES], which is not known
  static String shade(int shade) {
    return switch (shade) {
      case 0 -> LOWERS;
      case 1 -> mix(LOWERS, 56, CARD);
      case 2 -> mix(MIDDLE, 38, CARD);
      case 3 -> mix(RAISES, 56, CARD);
      case 4 -> RAISES;
      default -> SOFT;
    };
  }

  static String mix(String one, int percent, String other) {
    return "color-mix(in oklab," + one + " " + percent + "%," + other + ")";
  }

  /// Where a number of the span lies between two places.
  static double along(Span span, double value, double from, double to) {
    return from + span.share(value) * (to - from);
  }

  /// Round numbers along the bottom, with a line up from each and a strong one from 0.
  void scale(Span span, double top, double bottom) {
    for (double tick : span.ticks()) {
      double x = along(span, tick, FROM, TO);
      String d = "M" + place(x) + " " + place(top) + "V" + place(bottom);
      line(d, tick == 0 ? SOFT : GRID, 1);
      String anchor = x < LEFT + 16 ? "start" : x > RIGHT - 16 ? "end" : "middle";
      label(x, bottom + 14, anchor, tick(tick));
    }
  }

  /// A number on an axis, without zeros at its end.
  static String tick(double value) {
    String text = number(value);
    return text.contains(".") && !text.contains("e") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  /// How many decimals tell multiples of a step apart.
  static int decimals(double step) {
    return (int) Math.clamp(-Math.floor(Math.log10(step) + 1e-9), 0, 9);
  }

  /// A number to so many decimals; one that is very long in three digits.
  static String round(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    boolean isNone = Double.parseDouble(text) == 0;
    return text.length() > 8 ? tick(value) : isNone ? "0" : text.replace('-', '−');
  }

  /// Numbers with as few decimals as tell them apart.
  static List<String> rounded(List<Double> ascending) {
    double gap = Double.POSITIVE_INFINITY;
    for (int i = 1; i < ascending.size(); i++) {
      double apart = ascending.get(i) - ascending.get(i - 1);
      gap = apart > 0 ? Math.min(gap, apart) : gap;
    }
    if (Double.isInfinite(gap)) {
      return ascending.stream().map(Sketch::tick).toList();
    }
    int decimals = decimals(gap / 4);
    return ascending.stream().map(value -> round(value, decimals)).toList();
  }

  /// A number as finely as an axis with such steps can be read, or a little finer.
  static String beside(double value, double step) {
    return step >= 10 ? number(value) : round(value, Math.max(2, decimals(step) + 1));
  }

  /// With a sign in front, as changes are read.
  static String signed(double value) {
    return (value > 0 ? "+" : "") + number(value);
  }

  static String number(double value) {
    return SvgText.number(value).replace('-', '−');
  }

  /// A coordinate to a tenth of a pixel.
  static String place(double value) {
    long tenths = Math.round(value * 10);
    String sign = tenths < 0 ? "-" : "";
    long size = Math.abs(tenths);
    return sign + size / 10 + (size % 10 == 0 ? "" : "." + size % 10);
  }
}
