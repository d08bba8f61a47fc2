package org.primum.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A picture of chances by how many patients a group has: one line a claim, the patients on a
/// logarithmic axis. Lines differ in their dashes as in their colors, so they print and read
/// without them.
///
/// @param title what is drawn, for readers who cannot see it
/// @param patients ascending
public record PowerCurves(String title, List<Long> patients, List<Curve> curves) {

  private static final int WIDTH = 360;
  private static final int HEIGHT = 250;
  private static final int LEFT = 48;
  private static final int TOP = 12;
  private static final int PLOT_WIDTH = 296;
  private static final int PLOT_HEIGHT = 170;
  private static final double WANTED = 0.8;

  /// One line.
  ///
  /// @param chances in [0, 1], one for each number of patients
  public record Curve(String label, List<Double> chances) {
    public Curve {
      chances = List.copyOf(chances);
    }
  }

  public PowerCurves {
    patients = List.copyOf(patients);
    curves = List.copyOf(curves);
  }

  /// One `<svg>` element; its colors are those of the page.
  public String svg() {
    StringBuilder svg = new StringBuilder();
    SvgText.open(svg, WIDTH, HEIGHT, title, alt());
    axes(svg);
    for (int i = 0; i < curves.size(); i++) {
      curve(svg, curves.get(i), i);
    }
    return svg.append("</svg>").toString();
  }

  /// The picture in words.
  private String alt() {
    List<String> parts = new ArrayList<>();
    for (Curve curve : curves) {
      StringBuilder part = new StringBuilder(curve.label() + ": ");
      for (int i = 0; i < patients.size(); i++) {
        part.append(
            String.format(
                Locale.ROOT,
                "%,d patients %.0f %%; ",
                patients.get(i),
                100 * curve.chances().get(i)));
      }
      parts.add(part.toString().strip());
    }
    return String.join(" ", parts);
  }

  private void axes(StringBuilder svg) {
    line(svg, LEFT, y(0), LEFT + PLOT_WIDTH, y(0), "");
    line(svg, LEFT, y(0), LEFT, y(1), "");
    line(svg, LEFT, y(WANTED), LEFT + PLOT_WIDTH, y(WANTED), "2 4");
    for (double share : new double[] {0, WANTED, 1}) {
      text(svg, LEFT - 6, y(share) + 4, "end", String.format(Locale.ROOT, "%.0f %%", 100 * share));
    }
    for (long n : patients) {
      if (Long.toString(n).startsWith("1")) {
        String anchor = n == patients.getLast() ? "end" : "middle";
        text(svg, x(n), y(0) + 16, anchor, String.format(Locale.ROOT, "%,d", n));
      }
    }
    text(svg, LEFT + PLOT_WIDTH / 2.0, y(0) + 32, "middle", "patients of the group");
  }

  private void curve(StringBuilder svg, Curve curve, int number) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < patients.size(); i++) {
      points.append(
          String.format(Locale.ROOT, "%.1f,%.1f ", x(patients.get(i)), y(curve.chances().get(i))));
    }
    String color = "var(--series-" + (number + 1) + ")";
    String dash = number == 0 ? "" : " stroke-dasharray=\"7 4\"";
    svg.append("<polyline fill=\"none\" stroke-width=\"2\" style=\"stroke:")
        .append(color)
        .append('"')
        .append(dash)
        .append(" points=\"")
        .append(points.toString().strip())
        .append("\"/>");
    double row = HEIGHT - 22 + 16.0 * number;
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke-width=\"2\" style=\"stroke:%s\"%s/>",
            LEFT,
            row - 4,
            LEFT + 24,
            row - 4,
            color,
            dash));
    text(svg, LEFT + 30, row, "start", curve.label());
  }

  private double x(long n) {
    double low = Math.log((double) patients.getFirst());
    double high = Math.log((double) patients.getLast());
    return LEFT + PLOT_WIDTH * (Math.log((double) n) - low) / Math.max(high - low, 1e-9);
  }

  private static double y(double share) {
    return TOP + PLOT_HEIGHT * (1 - share);
  }

  private static void line(
      StringBuilder svg, double x1, double y1, double x2, double y2, String dash) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"currentColor\""
                + " stroke-opacity=\"0.6\"%s/>",
            x1,
            y1,
            x2,
            y2,
            dash.isEmpty() ? "" : " stroke-dasharray=\"" + dash + "\""));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"12\""
                + " fill=\"currentColor\">%s</text>",
            x,
            y,
            anchor,
            Xml.escape(text)));
  }
}
