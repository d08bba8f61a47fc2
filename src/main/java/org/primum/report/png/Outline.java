package org.primum.report.png;

import java.util.ArrayList;
import java.util.List;

/// Closed or open polygons in pixels: what a path or a glyph looks like when its curves are cut
/// into straight pieces.
final class Outline {

  /// Pieces a curve is cut into; at the size of these pictures no corner is seen.
  private static final int PIECES = 8;

  private final List<List<Point>> contours = new ArrayList<>();
  private Point start = new Point(0, 0);
  private Point at = new Point(0, 0);

  /// A place, from the upper left corner.
  record Point(double x, double y) {

    Point scaled(double factor) {
      return new Point(x * factor, y * factor);
    }
  }

  List<List<Point>> contours() {
    return contours;
  }

  Point at() {
    return at;
  }

  void move(double x, double y) {
    start = new Point(x, y);
    at = start;
    List<Point> contour = new ArrayList<>();
    contour.add(at);
    contours.add(contour);
  }

  void line(double x, double y) {
    at = new Point(x, y);
    contours.getLast().add(at);
  }

  /// A curve with one point that draws it (TrueType).
  void curve(double cx, double cy, double x, double y) {
    Point from = at;
    for (int i = 1; i <= PIECES; i++) {
      double t = i / (double) PIECES;
      double u = 1 - t;
      line(
          u * u * from.x() + 2 * u * t * cx + t * t * x,
          u * u * from.y() + 2 * u * t * cy + t * t * y);
    }
  }

  /// A curve with two points that draw it (SVG's `C`).
  void curve(Point one, Point two, Point end) {
    Point from = at;
    for (int i = 1; i <= 2 * PIECES; i++) {
      double t = i / (2.0 * PIECES);
      line(
          cubic(from.x(), one.x(), two.x(), end.x(), t),
          cubic(from.y(), one.y(), two.y(), end.y(), t));
    }
  }

  private static double cubic(double a, double b, double c, double d, double t) {
    double u = 1 - t;
    return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
  }

  /// Back to where the contour began.
  void close() {
    line(start.x(), start.y());
  }

  Outline scaled(double factor) {
    Outline scaled = new Outline();
    for (List<Point> contour : contours) {
      scaled.contours.add(contour.stream().map(p -> p.scaled(factor)).toList());
    }
    return scaled;
  }
}
