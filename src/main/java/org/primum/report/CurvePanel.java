package org.primum.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One small picture among several of the same scale: lines and dots over two axes. Shapes say what
/// colors say. The same input gives the same bytes.
///
/// @param alt the picture in words
/// @param x the horizontal axis
/// @param y the vertical axis
/// @param shapes from the back to the front
public record CurvePanel(String alt, Axis x, Axis y, List<Shape> shapes) {

  private static final int WIDTH = 220;
  private static final int HEIGHT = 208;
  private static final int LEFT = 46;
  private static final int RIGHT = 210;
  private static final int TOP = 20;
  private static final int BOTTOM = 170;

  public CurvePanel {
    shapes = List.copyOf(shapes);
  }

  /// @param label what it measures, short
  /// @param from at its lower end
  /// @param to at its upper end, above `from`
  /// @param ticks places that are named, within the ends
  /// @param percent whether its numbers are shares
  public record Axis(String label, double from, double to, List<Double> ticks, boolean percent) {
    public Axis {
      ticks = List.copyOf(ticks);
      if (!(from < to)) {
        throw new IllegalArgumentException("an axis from " + from + " to " + to);
      }
    }

    /// Shares from 0 to an end.
    public static Axis shares(String label, double to) {
      return new Axis(label, 0, to, List.of(0.0, to / 2, to), true);
    }

    private String tick(double value) {
      double shown = percent ? 100 * value : value;
      String text =
          shown == Math.rint(shown)
              ? String.format(Locale.ROOT, "%.0f", shown)
              : String.format(Locale.ROOT, percent ? "%.1f" : "%.2f", shown);
      return text.replace('-', '−') + (percent ? " %" : "");
    }
  }

  /// A place in the picture, in the units of the axes.
  public record At(double x, double y) {}

  /// How a line is drawn.
  public enum Stroke {
    /// What the picture is about.
    MAIN("style=\"stroke:var(--series-1)\" stroke-width=\"2.5\""),
    /// What it is held against.
    DASHED("stroke=\"currentColor\" stroke-opacity=\".55\" stroke-dasharray=\"5 4\""),
    /// A second thing it is held against.
    DOTTED(
        "style=\"stroke:var(--series-2)\" stroke-width=\"2\" stroke-dasharray=\"1.5 3.5\""
            + " stroke-linecap=\"round\"");

    private final String attributes;

    Stroke(String attributes) {
      this.attributes = attributes;
    }
  }

  /// Something drawn.
  public sealed interface Shape {

    /// @param points from left to right; what lies outside the axes is cut
    record Line(List<At> points, Stroke stroke) implements Shape {
      public Line {
        points = List.copyOf(points);
      }
    }

    /// What lies between two lines over the same places, pale.
    ///
    /// @param low from left to right
    /// @param high over the same places, never below `low`; both are cut at the axes
    record Band(List<At> low, List<At> high) implements Shape {
      public Band {
        low = List.copyOf(low);
        high = List.copyOf(high);
      }
    }

    /// A dot with its interval.
    record Dot(At at, double low, double high) implements Shape {}

    /// A vertical line through the whole picture.
    record Mark(double x) implements Shape {}
  }

  /// The picture as one `<svg>` element.
  public String svg() {
    StringBuilder out = new StringBuilder(2_048);
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(WIDTH);
    out.append(' ').append(HEIGHT).append("\" role=\"img\" font-size=\"12\" fill=\"currentColor\"");
    out.append(" aria-label=\"").append(Xml.escape(alt)).append("\">");
    grid(out);
    shapes.forEach(shape -> draw(out, shape));
    return out.append("</svg>").toString();
  }

  private void grid(StringBuilder out) {
    for (double tick : y.ticks()) {
      path(out, "style=\"stroke:var(--grid)\"", LEFT, py(tick), RIGHT, py(tick));
      text(out, LEFT - 5, py(tick) + 4, "end", y.tick(tick));
    }
    for (double tick : x.ticks()) {
      path(out, "style=\"stroke:var(--grid)\"", px(tick), TOP, px(tick), BOTTOM);
      String anchor = tick == x.from() ? "start" : tick == x.to() ? "end" : "middle";
      text(out, px(tick), BOTTOM + 15, anchor, x.tick(tick));
    }
    text(out, (LEFT + RIGHT) / 2.0, HEIGHT - 6, "middle", x.label());
    text(out, LEFT, TOP - 8, "start", y.label());
  }

  private void draw(StringBuilder out, Shape shape) {
    switch (shape) {
      case Shape.Line line -> line(out, line);
      case Shape.Band band -> band(out, band);
      case Shape.Dot(At at, double low, double high) -> dot(out, at, low, high);
      case Shape.Mark(double at) ->
          path(
              out,
              "stroke=\"currentColor\" stroke-width=\"1\" stroke-opacity=\".8\"",
              px(at),
              TOP,
              px(at),
              BOTTOM);
    }
  }

  private void line(StringBuilder out, Shape.Line line) {
    List<At> points = inside(line.points());
    if (points.size() < 2) {
      return;
    }
    out.append("<path fill=\"none\" ").append(line.stroke().attributes).append(" d=\"");
    for (int i = 0; i < points.size(); i++) {
      out.append(i == 0 ? 'M' : 'L').append(number(px(points.get(i).x())));
      out.append(' ').append(number(py(points.get(i).y())));
    }
    out.append("\"/>");
  }

  private void band(StringBuilder out, Shape.Band band) {
    List<At> edge = new ArrayList<>(within(band.low()));
    edge.addAll(within(band.high()).reversed());
    if (edge.size() < 4) {
      return;
    }
    out.append("<path class=\"band\" style=\"fill:var(--series-1)\" fill-opacity=\".22\" d=\"");
    for (int i = 0; i < edge.size(); i++) {
      out.append(i == 0 ? 'M' : 'L').append(number(px(edge.get(i).x())));
      out.append(' ').append(number(py(edge.get(i).y())));
    }
    out.append("z\"/>");
  }

  private List<At> within(List<At> points) {
    return points.stream()
        .filter(at -> at.x() <= x.to())
        .map(at -> new At(at.x(), Math.clamp(at.y(), y.from(), y.to())))
        .toList();
  }

  /// The part of a line between the upper and lower edge, its ends on the edges.
  private List<At> inside(List<At> points) {
    List<At> kept = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      At at = points.get(i);
      if (at.x() > x.to()) {
        break;
      }
      if (holds(at)) {
        if (kept.isEmpty() && i > 0) {
          kept.add(edge(points.get(i - 1), at));
        }
        kept.add(at);
      } else if (!kept.isEmpty()) {
        kept.add(edge(at, points.get(i - 1)));
        break;
      }
    }
    return kept;
  }

  private boolean holds(At at) {
    return at.y() >= y.from() && at.y() <= y.to();
  }

  /// Where the line from a place outside to one inside crosses the edge.
  private At edge(At outside, At inside) {
    double level = outside.y() > y.to() ? y.to() : y.from();
    double part = (level - inside.y()) / (outside.y() - inside.y());
    return new At(inside.x() + part * (outside.x() - inside.x()), level);
  }

  private void dot(StringBuilder out, At at, double low, double high) {
    double along = px(at.x());
    String stroke = "style=\"stroke:var(--series-1)\" stroke-width=\"1.5\"";
    path(out, stroke, along, py(Math.max(low, y.from())), along, py(Math.min(high, y.to())));
    out.append("<circle cx=\"").append(number(along)).append("\" cy=\"");
    out.append(number(py(at.y()))).append("\" r=\"3.5\" style=\"fill:var(--series-1)\"/>");
  }

  private static void path(
      StringBuilder out, String attributes, double x1, double y1, double x2, double y2) {
    out.append("<path ").append(attributes).append(" d=\"M").append(number(x1)).append(' ');
    out.append(number(y1)).append('L').append(number(x2)).append(' ').append(number(y2));
    out.append("\"/>");
  }

  private static void text(StringBuilder out, double x, double y, String anchor, String text) {
    out.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
    out.append("\" text-anchor=\"").append(anchor).append("\" fill-opacity=\".8\">");
    out.append(Xml.escape(text)).append("</text>");
  }

  private double px(double value) {
    return LEFT + (value - x.from()) / (x.to() - x.from()) * (RIGHT - LEFT);
  }

  private double py(double value) {
    return BOTTOM - (value - y.from()) / (y.to() - y.from()) * (BOTTOM - TOP);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
