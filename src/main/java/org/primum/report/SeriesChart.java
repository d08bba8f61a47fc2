package org.primum.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.primum.data.NumberColumn;

/// Several lines over the same whole numbers, each dot with its interval. A line is told by its
/// color, its dashes and the shape of its dots, so it prints and reads without color. The same
/// input gives the same bytes.
///
/// @param title what is drawn, for readers who cannot see it
/// @param x what runs along, with its unit
/// @param y what runs up, with its unit
/// @param last the last whole number along, from 1 on
/// @param series at most [#MAX_SERIES]
public record SeriesChart(String title, String x, String y, int last, List<Series> series) {

  /// More lines cannot be told apart.
  public static final int MAX_SERIES = 4;

  private static final int WIDTH = 360;
  private static final int LEFT = 44;
  private static final int RIGHT = 348;
  private static final int LEGEND = 18;
  private static final int PLOT = 200;
  private static final int LONGEST_NAME = 48;

  /// How far the dots of two lines over the same number stand apart.
  private static final double APART = 3.5;

  private static final List<String> COLORS =
      List.of("var(--series-1)", "var(--series-2)", "var(--series-3)", "var(--series-4)");

  private static final List<String> DASHES = List.of("", "7 3", "2 3", "9 3 2 3");

  public SeriesChart {
    series = List.copyOf(series);
    if (series.size() > MAX_SERIES) {
      throw new IllegalArgumentException(series.size() + " lines in one picture");
    }
  }

  /// @param name of the line
  /// @param dots ascending
  public record Series(String name, List<Dot> dots) {
    public Series {
      dots = List.copyOf(dots);
    }
  }

  /// @param at a whole number from 1 on
  /// @param low equal to `value` where there is no interval
  public record Dot(int at, double value, double low, double high) {}

  /// The picture as one `<svg>` element.
  public String svg() {
    Ticks ticks = ticks();
    int top = LEGEND * series.size() + 26;
    int bottom = top + PLOT;
    StringBuilder out = new StringBuilder(4_096);
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(WIDTH);
    out.append(' ').append(bottom + 40).append("\" role=\"img\" style=\"max-width:28rem\"");
    out.append(" font-size=\"12\" fill=\"currentColor\" aria-label=\"");
    out.append(Xml.escape(description())).append("\">");
    text(out, LEFT, top - 10, "start", y);
    for (double tick : ticks.all()) {
      path(out, "style=\"stroke:var(--grid)\"", LEFT, up(ticks, tick, bottom), RIGHT);
      text(out, LEFT - 6, up(ticks, tick, bottom) + 4, "end", number(tick));
    }
    for (int at = 1; at <= last; at++) {
      text(out, along(at, 0), bottom + 16, "middle", Integer.toString(at));
    }
    text(out, (LEFT + RIGHT) / 2.0, bottom + 34, "middle", x);
    for (int i = 0; i < series.size(); i++) {
      legend(out, i);
      line(out, i, ticks, bottom);
    }
    return out.append("</svg>").toString();
  }

  /// The picture in words.
  private String description() {
    List<String> parts = new ArrayList<>();
    for (Series line : series) {
      List<String> dots =
          line.dots().stream().map(dot -> dot.at() + ": " + number(dot.value())).toList();
      parts.add(line.name() + " " + String.join(", ", dots));
    }
    return title + ". " + String.join("; ", parts);
  }

  private void legend(StringBuilder out, int index) {
    double y = LEGEND * index + 12;
    out.append("<path ").append(stroke(index)).append(" d=\"M").append(LEFT).append(' ');
    out.append(place(y)).append("h30\"/>");
    marker(out, index, LEFT + 15, y);
    String name = series.get(index).name();
    boolean cut = name.length() > LONGEST_NAME;
    text(out, LEFT + 38, y + 4, "start", cut ? name.substring(0, LONGEST_NAME - 1) + "…" : name);
  }

  private void line(StringBuilder out, int index, Ticks ticks, int bottom) {
    StringBuilder line = new StringBuilder();
    StringBuilder intervals = new StringBuilder();
    double shift = APART * (index - (series.size() - 1) / 2.0);
    for (Dot dot : series.get(index).dots()) {
      String x = place(along(dot.at(), shift));
      line.append(line.isEmpty() ? "M" : "L").append(x).append(' ');
      line.append(place(up(ticks, dot.value(), bottom)));
      if (dot.low() < dot.high()) {
        intervals.append('M').append(x).append(' ').append(place(up(ticks, dot.low(), bottom)));
        intervals.append('V').append(place(up(ticks, dot.high(), bottom)));
      }
    }
    out.append("<path fill=\"none\" style=\"stroke:").append(COLORS.get(index));
    out.append("\" stroke-opacity=\".6\" d=\"").append(intervals).append("\"/>");
    out.append("<path fill=\"none\" ").append(stroke(index)).append(" d=\"");
    out.append(line).append("\"/>");
    for (Dot dot : series.get(index).dots()) {
      marker(out, index, along(dot.at(), shift), up(ticks, dot.value(), bottom));
    }
  }

  private static String stroke(int index) {
    String dashes =
        DASHES.get(index).isEmpty() ? "" : " stroke-dasharray=\"" + DASHES.get(index) + "\"";
    return "style=\"stroke:" + COLORS.get(index) + "\" stroke-width=\"1.8\"" + dashes;
  }

  private static void marker(StringBuilder out, int index, double x, double y) {
    String from = "M" + place(x) + " " + place(y);
    String shape =
        switch (index % 3) {
          case 0 -> from + "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z";
          case 1 -> from + "m-3.5 -3.5h7v7h-7z";
          default -> from + "m0 -4.5l4.5 8h-9z";
        };
    String fill = index < 3 ? COLORS.get(index) : "var(--card)";
    out.append("<path style=\"fill:").append(fill).append(";stroke:").append(COLORS.get(index));
    out.append("\" stroke-width=\"1.6\" d=\"").append(shape).append("\"/>");
  }

  private Ticks ticks() {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (Series line : series) {
      for (Dot dot : line.dots()) {
        min = Math.min(min, dot.low());
        max = Math.max(max, dot.high());
      }
    }
    return min <= max ? Ticks.around(min, max) : new Ticks(0, 1, 0.5);
  }

  private double along(int at, double shift) {
    return LEFT + (at - 0.5) / last * (RIGHT - LEFT) + shift;
  }

  private static double up(Ticks ticks, double value, int bottom) {
    return bottom - ticks.share(value) * PLOT;
  }

  private static void path(StringBuilder out, String attributes, double x, double y, double to) {
    out.append("<path ").append(attributes).append(" d=\"M").append(place(x)).append(' ');
    out.append(place(y)).append('H').append(place(to)).append("\"/>");
  }

  private static void text(StringBuilder out, double x, double y, String anchor, String text) {
    out.append("<text x=\"").append(place(x)).append("\" y=\"").append(place(y));
    out.append("\" text-anchor=\"").append(anchor).append("\" fill-opacity=\".85\">");
    out.append(Xml.escape(text)).append("</text>");
  }

  private static String number(double value) {
    double magnitude = Math.pow(10, 3 - Math.ceil(Math.log10(Math.max(Math.abs(value), 1e-9))));
    double rounded = Math.rint(value * magnitude) / magnitude;
    return NumberColumn.format(rounded).replace('-', '−');
  }

  private static String place(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
