package org.primum.report.png;

import java.util.List;
import org.primum.report.png.Outline.Point;

/// Pixels on which shapes are laid, one over the other, with smooth edges: each pixel takes as much
/// of the color as the shape covers of it.
///
/// The covered share is exact: every edge adds the area to its right, signed by its direction, and
/// a running sum along each line of pixels makes shares of that (after font-rs, Levien 2016).
final class Canvas {

  private static final int ROUND = 24;

  private final int width;
  private final int height;
  private final int[] pixels;
  private final double[] areas;

  /// The lines of pixels that edges were added to.
  private int top;

  private int bottom;

  /// @param color of all pixels before anything is drawn
  Canvas(int width, int height, int color) {
    this.width = width;
    this.height = height;
    this.pixels = new int[width * height];
    this.areas = new double[(width + 2) * height];
    java.util.Arrays.fill(pixels, color);
    this.top = height;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /// Red, green and blue, eight bits each.
  int pixel(int x, int y) {
    return pixels[y * width + x];
  }

  /// Fills what the contours enclose; inner contours run the other way.
  void fill(Outline outline, int color) {
    outline.contours().forEach(this::enclose);
    paint(color);
  }

  /// Draws along the contours.
  ///
  /// @param round whether ends are round, else they are cut straight
  void stroke(Outline outline, double thickness, boolean round, int color) {
    for (List<Point> contour : outline.contours()) {
      for (int i = 0; i < contour.size(); i++) {
        boolean end = i == 0 || i == contour.size() - 1;
        boolean closed = contour.getFirst().equals(contour.getLast()) && contour.size() > 2;
        if (round || closed || !end) {
          enclose(circle(contour.get(i), thickness / 2));
        }
        if (i > 0) {
          enclose(bar(contour.get(i - 1), contour.get(i), thickness / 2));
        }
      }
    }
    paint(color);
  }

  private static List<Point> circle(Point middle, double radius) {
    List<Point> points = new java.util.ArrayList<>();
    for (int i = 0; i < ROUND; i++) {
      double angle = 2 * Math.PI * i / ROUND;
      points.add(
          new Point(
              middle.x() + radius * StrictMath.cos(angle),
              middle.y() + radius * StrictMath.sin(angle)));
    }
    return points;
  }

  /// The piece of a line, turning the same way as circles do.
  private static List<Point> bar(Point from, Point to, double half) {
    double length = Math.sqrt(square(to.x() - from.x()) + square(to.y() - from.y()));
    if (length == 0) {
      return List.of();
    }
    double dx = (to.x() - from.x()) / length * half;
    double dy = (to.y() - from.y()) / length * half;
    return List.of(
        new Point(from.x() + dy, from.y() - dx),
        new Point(to.x() + dy, to.y() - dx),
        new Point(to.x() - dy, to.y() + dx),
        new Point(from.x() - dy, from.y() + dx));
  }

  private static double square(double value) {
    return value * value;
  }

  private void enclose(List<Point> contour) {
    for (int i = 0; i < contour.size(); i++) {
      edge(contour.get(i), contour.get((i + 1) % contour.size()));
    }
  }

  /// Adds the area right of an edge, line of pixels by line.
  private void edge(Point a, Point b) {
    if (a.y() == b.y()) {
      return;
    }
    double sign = a.y() < b.y() ? 1 : -1;
    Point high = a.y() < b.y() ? a : b;
    Point low = a.y() < b.y() ? b : a;
    double slope = (low.x() - high.x()) / (low.y() - high.y());
    int first = (int) Math.max(0, Math.floor(high.y()));
    int last = (int) Math.min(height, Math.ceil(low.y()));
    top = Math.min(top, first);
    bottom = Math.max(bottom, last);
    for (int y = first; y < last; y++) {
      double from = Math.max(y, high.y());
      double to = Math.min(y + 1.0, low.y());
      if (to > from) {
        double x1 = high.x() + (from - high.y()) * slope;
        double x2 = high.x() + (to - high.y()) * slope;
        piece(y, sign * (to - from), Math.min(x1, x2), Math.max(x1, x2));
      }
    }
  }

  /// An edge within one line of pixels, `rise` high, between two places.
  private void piece(int y, double rise, double left, double right) {
    double from = Math.clamp(left, 0.0, width);
    double to = Math.clamp(right, 0.0, width);
    int row = y * (width + 2);
    int first = (int) from;
    int last = (int) Math.ceil(to);
    if (last <= first + 1) {
      double covered = 1 - ((from + to) / 2 - first);
      areas[row + first] += rise * covered;
      areas[row + first + 1] += rise * (1 - covered);
      return;
    }
    double before = 0;
    for (int x = first; x < last; x++) {
      double share = ramp(x + 1.0, from, to);
      areas[row + x] += rise * (share - before);
      before = share;
    }
    areas[row + last] += rise * (1 - before);
  }

  /// The share of the pixel that ends at `x` that lies right of an edge from `from` to `to`.
  private static double ramp(double x, double from, double to) {
    double low = Math.max(x - 1, from);
    double high = Math.min(x, to);
    double rising = (square(high - from) - square(low - from)) / (2 * (to - from));
    return rising + Math.max(0, x - to);
  }

  private void paint(int color) {
    for (int y = top; y < bottom; y++) {
      double sum = 0;
      for (int x = 0; x < width; x++) {
        int at = y * (width + 2) + x;
        sum += areas[at];
        double share = Math.min(1, Math.abs(sum));
        if (share > 1e-4) {
          pixels[y * width + x] = blend(pixels[y * width + x], color, share);
        }
      }
    }
    if (top < bottom) {
      java.util.Arrays.fill(areas, top * (width + 2), bottom * (width + 2), 0);
    }
    top = height;
    bottom = 0;
  }

  private static int blend(int below, int color, double share) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double from = (below >> shift) & 0xff;
      double to = (color >> shift) & 0xff;
      mixed |= (int) Math.round(from + (to - from) * share) << shift;
    }
    return mixed;
  }
}
