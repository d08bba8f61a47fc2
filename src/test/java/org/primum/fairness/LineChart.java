package org.primum.fairness;

import java.util.List;
import java.util.Locale;

/// A picture of shares in percent over a number, one line a series, as a file of its own: readable
/// on white and on black, with its data in words.
record LineChart(String title, String xTitle, List<String> ticks, List<Series> series) {

  /// @param shares in [0, 1], one for each tick
  record Series(String name, String color, List<Double> shares) {}

  private static final int WIDTH = 640;
  private static final int HEIGHT = 340;
  private static final int LEFT = 56;
  private static final int RIGHT = 190;
  private static final int TOP = 40;
  private static final int BOTTOM = 46;

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" font-family="sans-serif" font-size="12">
        <title>%s</title><desc>%s</desc>
        <rect width="%d" height="%d" fill="#fff"/>
        <text x="%d" y="20" font-size="14" fill="#111">%s</text>
        """
            .formatted(WIDTH, HEIGHT, title, alt(), WIDTH, HEIGHT, LEFT, title));
    axes(svg);
    for (int i = 0; i < series.size(); i++) {
      line(svg, series.get(i), i);
    }
    return svg.append("</svg>\n").toString();
  }

  private String alt() {
    StringBuilder alt = new StringBuilder();
    for (Series each : series) {
      alt.append(each.name()).append(": ");
      for (int i = 0; i < ticks.size(); i++) {
        alt.append(ticks.get(i)).append(' ').append(percent(each.shares().get(i))).append(", ");
      }
    }
    return alt.toString().strip();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private double x(int tick) {
    return LEFT + (double) (WIDTH - LEFT - RIGHT) * tick / (ticks.size() - 1);
  }

  private static double y(double share) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
  }

  private void axes(StringBuilder svg) {
    for (int percent = 0; percent <= 100; percent += 25) {
      double at = y(percent / 100.0);
      line(svg, LEFT, at, WIDTH - RIGHT, at, "#ddd");
      text(svg, LEFT - 6, at + 4, "end", percent + " %");
    }
    double five = y(.05);
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#666\""
                + " stroke-dasharray=\"4 3\"/>%n",
            LEFT,
            five,
            WIDTH - RIGHT,
            five));
    for (int i = 0; i < ticks.size(); i++) {
      text(svg, x(i), HEIGHT - BOTTOM + 18, "middle", ticks.get(i));
    }
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", xTitle);
  }

  private void line(StringBuilder svg, Series each, int place) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < ticks.size(); i++) {
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i), y(each.shares().get(i))));
    }
    svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"").append(each.color());
    svg.append("\" points=\"").append(points.toString().strip()).append("\"/>\n");
    int legend = TOP + 12 + 20 * place;
    line(svg, WIDTH - RIGHT + 12, legend - 4, WIDTH - RIGHT + 32, legend - 4, each.color());
    text(svg, WIDTH - RIGHT + 38, legend, "start", each.name());
  }

  private static void line(
      StringBuilder svg, double x1, double y1, double x2, double y2, String color) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
            x1,
            y1,
            x2,
            y2,
            color));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#333\">%s</text>%n",
            x,
            y,
            anchor,
            text));
  }
}
