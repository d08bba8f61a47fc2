package org.primum.report;

import java.util.List;
import java.util.Locale;

/// A picture of what a model said against what happened: one dot with its interval for each tenth
/// of the rows, and the diagonal on which they lie where scores mean what they say.
public final class ReliabilityCurve {

  private static final int WIDTH = 360;
  private static final int HEIGHT = 290;
  private static final int LEFT = 56;
  private static final int TOP = 10;
  private static final int PLOT_WIDTH = 286;
  private static final int PLOT_HEIGHT = 232;

  private ReliabilityCurve() {}

  /// One dot.
  ///
  /// @param said mean score, in [0, 1]
  /// @param happened share of positives, in [0, 1]
  /// @param low lower end of its interval
  /// @param high upper end
  public record Dot(double said, double happened, double low, double high) {}

  /// One `<svg>` element; its colors are those of the page.
  public static String svg(List<Dot> dots) {
    double top = scale(dots);
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " aria-label=\"%s\">",
            WIDTH,
            HEIGHT,
            Xml.escape(alt(dots))));
    axes(out, top);
    for (Dot dot : dots) {
      line(out, x(dot.said(), top), y(dot.low(), top), x(dot.said(), top), y(dot.high(), top), 1.5);
      out.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" style=\"fill:var(--series-1)\"><title>said %.3f,"
                  + " happened %.3f (%.3f to %.3f)</title></circle>",
              x(dot.said(), top),
              y(dot.happened(), top),
              dot.said(),
              dot.happened(),
              dot.low(),
              dot.high()));
    }
    return out.append("</svg>").toString();
  }

  /// The picture in words.
  private static String alt(List<Dot> dots) {
    StringBuilder alt = new StringBuilder("What the model said, and the share it happened to: ");
    for (Dot dot : dots) {
      alt.append(
          String.format(Locale.ROOT, "%.0f %%, %.0f %%; ", 100 * dot.said(), 100 * dot.happened()));
    }
    return alt.toString().strip();
  }

  /// The upper end of both axes: the next tenth above everything shown.
  private static double scale(List<Dot> dots) {
    double max = dots.stream().mapToDouble(d -> Math.max(d.said(), d.high())).max().orElse(1);
    return Math.min(1, Math.ceil(max * 10) / 10);
  }

  private static void axes(StringBuilder out, double top) {
    line(out, x(0, top), y(0, top), x(top, top), y(0, top), 1);
    line(out, x(0, top), y(0, top), x(0, top), y(top, top), 1);
    out.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"currentColor\""
                + " stroke-opacity=\"0.45\" stroke-dasharray=\"5 4\"/>",
            x(0, top),
            y(0, top),
            x(top, top),
            y(top, top)));
    for (int tick = 0; tick <= 2; tick++) {
      double value = top * tick / 2;
      String label = String.format(Locale.ROOT, "%.0f %%", 100 * value);
      text(out, x(value, top), y(0, top) + 16, "middle", label);
      text(out, x(0, top) - 6, y(value, top) + 4, "end", label);
    }
    text(out, LEFT + PLOT_WIDTH / 2.0, HEIGHT - 6, "middle", "the model said");
    out.append(
        String.format(
            Locale.ROOT,
            "<text transform=\"translate(12 %.1f) rotate(-90)\" text-anchor=\"middle\""
                + " font-size=\"12\" fill=\"currentColor\">it happened to</text>",
            TOP + PLOT_HEIGHT / 2.0));
  }

  private static void line(
      StringBuilder out, double x1, double y1, double x2, double y2, double width) {
    out.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"currentColor\""
                + " stroke-width=\"%.1f\"/>",
            x1,
            y1,
            x2,
            y2,
            width));
  }

  private static void text(StringBuilder out, double x, double y, String anchor, String text) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"12\""
                + " fill=\"currentColor\">%s</text>",
            x,
            y,
            anchor,
            Xml.escape(text)));
  }

  private static double x(double value, double top) {
    return LEFT + PLOT_WIDTH * value / top;
  }

  private static double y(double value, double top) {
    return TOP + PLOT_HEIGHT * (1 - value / top);
  }
}
