package org.primum.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.primum.data.NumberColumn;

/// A picture of one number a group: a dot with its interval on a shared axis, the limit as a dashed
/// line. Drawn for a phone of 360 pixels; shapes say what colors say, so it prints and reads
/// without them. The same input gives the same bytes.
///
/// @param title what is drawn, for readers who cannot see it
/// @param rows from top to bottom
/// @param lines vertical lines: limits and parity
/// @param unit how numbers are written
/// @param holds numbers the axis has to hold besides, so that pictures beside each other have one
///   scale
public record DotIntervals(
    String title, List<Row> rows, List<Line> lines, Unit unit, List<Double> holds) {

  /// How numbers are written.
  public enum Unit {
    /// As they are: ratios.
    PLAIN(1, 2, ""),
    /// Shares from 0 to 1, as percent.
    PERCENT(100, 0, " %"),
    /// Differences of shares, as percentage points.
    POINTS(100, 0, " points");

    private final int times;
    private final int decimals;
    private final String suffix;

    Unit(int times, int decimals, String suffix) {
      this.times = times;
      this.decimals = decimals;
      this.suffix = suffix;
    }

    /// With its unit.
    public String words(double value) {
      String bare = bare(value);
      boolean one = this == POINTS && (bare.equals("1") || bare.equals("−1"));
      return bare + (one ? " point" : suffix);
    }

    private String bare(double value) {
      String text = String.format(Locale.ROOT, "%." + decimals + "f", times * value);
      return text.matches("-[0.]+") ? text.substring(1) : text.replace('-', '−');
    }

    private String tick(double value) {
      String text = NumberColumn.format(Math.rint(times * value * 1e9) / 1e9);
      return text.replace('-', '−') + (this == PERCENT ? suffix : "");
    }
  }

  /// Numbers as they are.
  public DotIntervals(String title, List<Row> rows, List<Line> lines) {
    this(title, rows, lines, Unit.PLAIN);
  }

  /// With a scale of its own.
  public DotIntervals(String title, List<Row> rows, List<Line> lines, Unit unit) {
    this(title, rows, lines, unit, List.of());
  }

  /// One group.
  public sealed interface Row {
    String label();

    /// @param low lower end of the interval, at most `value`
    /// @param high upper end, may be infinite
    record Dot(String label, double value, double low, double high, Mark mark) implements Row {}

    /// A group without a number.
    ///
    /// @param reason why, short
    record Blank(String label, String reason) implements Row {}
  }

  /// What a dot is.
  public enum Mark {
    /// A filled circle.
    PLAIN,
    /// A hollow diamond: the group the others are compared with.
    REFERENCE,
    /// A filled square: outside the limit.
    OUTSIDE
  }

  /// @param label short, e.g. `limit -0.05`
  public record Line(double at, String label) {}

  private static final int WIDTH = 360;
  private static final int LEFT = 12;
  private static final int RIGHT = 348;
  private static final int ROW = 38;

  /// The height of a line of text.
  private static final int LINE = 14;

  /// How wide letters are, about: bold ones and digits.
  private static final double BOLD = 7;

  private static final double PLAIN = 6.4;

  /// A line never lies on the edge of the picture, where names begin.
  private static final double EDGE = 1e-6;

  /// Where all is one number, the axis shows so much around it.
  private static final double ROOM = 1e-3;

  /// Keeps text readable where a line runs behind it.
  private static final String HALO =
      "style=\"paint-order:stroke;stroke:var(--card,#fff);stroke-width:4px\"";

  public DotIntervals {
    rows = List.copyOf(rows);
    lines = List.copyOf(lines);
    holds = List.copyOf(holds);
  }

  /// The picture as one `<svg>` element.
  public String svg() {
    Axis axis = axis();
    List<Integer> tops = tops();
    int bottom = tops.getLast();
    StringBuilder out = new StringBuilder(512 + 512 * rows.size());
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(WIDTH);
    out.append(' ').append(bottom + 26).append("\" role=\"img\" style=\"max-width:28rem\"");
    out.append(" font-size=\"12\" fill=\"currentColor\" aria-label=\"");
    out.append(Xml.escape(description())).append("\">");
    ticks(out, axis, bottom);
    for (int i = 0; i < lines.size(); i++) {
      limit(out, axis, i, bottom);
    }
    for (int i = 0; i < rows.size(); i++) {
      row(out, axis, rows.get(i), tops.get(i));
    }
    return out.append("</svg>").toString();
  }

  /// Where the first row begins: below a line of text for each limit.
  private int top() {
    return 8 + LINE * lines.size();
  }

  /// Where each row begins, and the last one ends.
  private List<Integer> tops() {
    List<Integer> tops = new ArrayList<>(List.of(top()));
    for (Row row : rows) {
      tops.add(tops.getLast() + ROW + LINE * (label(row).size() - 1));
    }
    return tops;
  }

  /// The name of a row, in one line or two, so that it leaves room for what stands right of it.
  private List<String> label(Row row) {
    double taken =
        switch (row) {
          case Row.Dot dot -> PLAIN * values(dot).length() + 10;
          case Row.Blank _ -> 0;
        };
    int first = (int) ((RIGHT - LEFT - taken) / BOLD);
    int whole = (int) ((RIGHT - LEFT) / BOLD);
    String name = row.label();
    if (name.length() <= first) {
      return List.of(name);
    }
    int cut = Math.max(name.lastIndexOf(' ', first), name.lastIndexOf(',', first - 1) + 1);
    cut = cut <= 0 ? first : cut;
    return List.of(name.substring(0, cut).strip(), shorten(name.substring(cut).strip(), whole));
  }

  /// The picture in words.
  private String description() {
    List<String> parts = new ArrayList<>();
    for (Row row : rows) {
      parts.add(
          switch (row) {
            case Row.Dot dot -> dot.label() + " " + values(dot);
            case Row.Blank(String label, String reason) -> label + " no value, " + reason;
          });
    }
    lines.forEach(line -> parts.add(line.label()));
    return title + ": " + String.join("; ", parts);
  }

  private void row(StringBuilder out, Axis axis, Row row, int y) {
    List<String> label = label(row);
    for (int i = 0; i < label.size(); i++) {
      int at = y + 13 + LINE * i;
      text(out, LEFT, at, "start", HALO + " font-weight=\"600\"", label.get(i));
    }
    int below = y + LINE * (label.size() - 1);
    switch (row) {
      case Row.Blank(_, String reason) ->
          text(
              out, LEFT, below + 28, "start", HALO + " font-style=\"italic\"", shorten(reason, 56));
      case Row.Dot dot -> {
        text(out, RIGHT, y + 13, "end", HALO, values(dot));
        for (Line line : lines) {
          dashes(out, axis.x(line.at()), below + 16, below + 34, 1);
        }
        interval(out, axis, dot, below + 25);
      }
    }
  }

  private static void interval(StringBuilder out, Axis axis, Row.Dot dot, int y) {
    String color = dot.mark() == Mark.OUTSIDE ? "var(--bad,#b3261e)" : "var(--series-1,#2f6db3)";
    String low = number(axis.x(dot.low()));
    String high = number(axis.x(dot.high()));
    out.append("<g style=\"color:").append(color).append("\" stroke=\"currentColor\">");
    out.append("<path fill=\"none\" stroke-width=\"2\" d=\"M").append(low).append(' ').append(y);
    out.append('H').append(high);
    if (axis.holds(dot.low())) {
      out.append('M').append(low).append(' ').append(y - 4).append("v8");
    }
    if (axis.holds(dot.high())) {
      out.append('M').append(high).append(' ').append(y - 4).append("v8");
    }
    out.append("\"/><path stroke-width=\"2\" ").append(shape(dot.mark(), axis.x(dot.value()), y));
    out.append("/></g>");
  }

  private static String shape(Mark mark, double x, int y) {
    return switch (mark) {
      case PLAIN ->
          "fill=\"currentColor\" d=\"M"
              + number(x - 4)
              + " "
              + y
              + "a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"
              + "\"";
      case REFERENCE ->
          "style=\"fill:var(--card,#fff)\" d=\"M" + number(x - 6) + " " + y + "l6 -6l6 6l-6 6z\"";
      case OUTSIDE ->
          "fill=\"currentColor\" d=\"M" + number(x - 5) + " " + (y - 5) + "h10v10h-10z\"";
    };
  }

  /// A line and its name; pale where texts stand, and drawn again over the intervals.
  private void limit(StringBuilder out, Axis axis, int index, int bottom) {
    Line line = lines.get(index);
    double x = axis.x(line.at());
    int baseline = LINE * (index + 1) - 2;
    dashes(out, x, baseline + 4, bottom, .35);
    String anchor = x > (LEFT + RIGHT) / 2.0 ? "end" : "start";
    text(out, x, baseline, anchor, HALO + " opacity=\".85\"", line.label());
  }

  private static void dashes(StringBuilder out, double x, int from, int to, double opacity) {
    out.append("<path stroke=\"currentColor\" stroke-opacity=\"").append(opacity);
    out.append("\" stroke-dasharray=\"5 3\" d=\"M").append(number(x)).append(' ');
    out.append(from).append('V').append(to).append("\"/>");
  }

  private void ticks(StringBuilder out, Axis axis, int bottom) {
    for (double tick : axis.ticks()) {
      String x = number(axis.x(tick));
      out.append("<path style=\"stroke:var(--grid,#d9dde3)\" d=\"M").append(x).append(' ');
      out.append(top() - 2).append('V').append(bottom).append("\"/>");
      String anchor = axis.x(tick) < 30 ? "start" : axis.x(tick) > 330 ? "end" : "middle";
      text(out, axis.x(tick), bottom + 16, anchor, "opacity=\".75\"", unit.tick(tick));
    }
  }

  private static void text(
      StringBuilder out, double x, int y, String anchor, String attributes, String text) {
    out.append("<text x=\"").append(number(x)).append("\" y=\"").append(y);
    out.append("\" text-anchor=\"").append(anchor).append("\" ").append(attributes).append('>');
    out.append(Xml.escape(text)).append("</text>");
  }

  /// The whole text is in the description.
  private static String shorten(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  private String values(Row.Dot dot) {
    String high = Double.isInfinite(dot.high()) ? "∞" : unit.bare(dot.high());
    String low = Double.isInfinite(dot.low()) ? "−∞" : unit.bare(dot.low());
    return unit.words(dot.value()) + " (" + low + " to " + high + ")";
  }

  private static String number(double value) {
    return NumberColumn.format(Math.rint(value * 10) / 10);
  }

  /// From the smallest to the largest finite number that is drawn, rounded outward to ticks.
  private Axis axis() {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    List<Double> all = new ArrayList<>(holds);
    for (Line line : lines) {
      all.add(line.at() - EDGE);
      all.add(line.at() + EDGE);
    }
    for (Row row : rows) {
      if (row instanceof Row.Dot dot) {
        all.addAll(List.of(dot.value(), dot.low(), dot.high()));
      }
    }
    for (double value : all) {
      min = Double.isFinite(value) ? Math.min(min, value) : min;
      max = Double.isFinite(value) ? Math.max(max, value) : max;
    }
    if (!(min <= max)) {
      return new Axis(new Ticks(0, 1, 0.5));
    }
    double margin = max - min > ROOM ? 0 : 100 * ROOM;
    return new Axis(Ticks.around(min - margin, max + margin));
  }

  private record Axis(Ticks steps) {

    double x(double value) {
      return LEFT + steps.share(value) * (RIGHT - LEFT);
    }

    boolean holds(double value) {
      return steps.from() <= value && value <= steps.to();
    }

    List<Double> ticks() {
      return steps.all();
    }
  }
}
