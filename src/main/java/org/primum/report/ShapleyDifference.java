package org.primum.report;

import java.util.ArrayList;
import java.util.List;

/// A picture of how two groups, or two months, differ: one bar a feature, right of zero where it is
/// larger in the first. A bar with an interval has it as a line with ends.
public final class ShapleyDifference {

  private static final int LANE = 34;
  private static final int TOP = 8;

  private ShapleyDifference() {}

  /// The difference in one feature.
  ///
  /// @param low lower end of its interval; NaN where there is none
  /// @param high upper end of its interval; NaN where there is none
  public record Row(String label, double difference, double low, double high) {

    /// A difference without an interval.
    public Row(String label, double difference) {
      this(label, difference, Double.NaN, Double.NaN);
    }

    boolean hasInterval() {
      return low <= high;
    }
  }

  /// The picture as one `<svg>` element.
  ///
  /// @param title what is subtracted from what
  /// @param left what a bar left of zero means, short
  /// @param right what a bar right of zero means, short
  /// @param rows most different first
  public static String svg(String title, String left, String right, List<Row> rows) {
    int bottom = TOP + LANE * rows.size();
    Span span = span(rows);
    Sketch sketch = new Sketch(bottom + 38, title, alt(rows, span.step()));
    sketch.scale(span, TOP - 4, bottom);
    sketch.name(Sketch.LEFT, bottom + 32, "start", "← " + left, 170);
    sketch.name(Sketch.RIGHT, bottom + 32, "end", right + " →", 170);
    for (int i = 0; i < rows.size(); i++) {
      row(sketch, span, rows.get(i), TOP + LANE * i);
    }
    return sketch.svg();
  }

  private static Span span(List<Row> rows) {
    double min = 0;
    double max = 0;
    for (Row row : rows) {
      min =
          Math.min(
              min, row.hasInterval() ? Math.min(row.low(), row.difference()) : row.difference());
      max =
          Math.max(
              max, row.hasInterval() ? Math.max(row.high(), row.difference()) : row.difference());
    }
    return Span.of(min, max);
  }

  private static double x(Span span, double value) {
    return Sketch.along(span, value, Sketch.FROM, Sketch.TO);
  }

  private static void row(Sketch sketch, Span span, Row row, int top) {
    String words = words(row, span.step());
    sketch.name(Sketch.LEFT, top + 12, "start", row.label(), 338 - 6.4 * words.length());
    sketch.label(Sketch.RIGHT, top + 12, "end", words);
    double zero = x(span, 0);
    double end = x(span, row.difference());
    String color = row.difference() < 0 ? Sketch.LOWERS : Sketch.RAISES;
    sketch.box(Math.min(zero, end), top + 18, Math.abs(end - zero), 9, color);
    if (row.hasInterval()) {
      String low = Sketch.place(x(span, row.low()));
      String high = Sketch.place(x(span, row.high()));
      String y = " " + (top + 22);
      String caps = "M" + low + " " + (top + 19) + "v7M" + high + " " + (top + 19) + "v7";
      sketch.line("M" + low + y + "H" + high + caps, Sketch.INK, 1.5);
    }
  }

  private static String words(Row row, double step) {
    String plain = Sketch.beside(row.difference(), step);
    return (row.difference() > 0 && !plain.equals("0") ? "+" : "")
        + plain
        + (row.hasInterval()
            ? " (" + Sketch.beside(row.low(), step) + " to " + Sketch.beside(row.high(), step) + ")"
            : "");
  }

  private static String alt(List<Row> rows, double step) {
    List<String> parts = new ArrayList<>();
    rows.forEach(row -> parts.add(row.label() + " " + words(row, step)));
    return String.join("; ", parts) + ".";
  }
}
