package org.primum.report;

import java.util.Locale;

/// A picture of how the effect of a feature depends on its value: a dot a row, higher where the
/// feature raised the prediction more, and a line through the means. The color is the value of
/// another feature, the one that seems to change the effect most.
public final class ShapleyScatter {

  private static final int FROM = 44;
  private static final int TO = 350;
  private static final int TOP = 48;
  private static final int BOTTOM = 228;

  private ShapleyScatter() {}

  /// The picture as one `<svg>` element; the same dots give the same text.
  ///
  /// @param feature whose effect is drawn
  /// @param axis where each row stands
  /// @param phi the feature's Shapley values, in the order of the axis
  /// @param other the feature of the color; empty for none
  public static String svg(String feature, FeatureAxis axis, double[] phi, Swatches other) {
    Sketch sketch =
        new Sketch(BOTTOM + 42, "Effect of " + feature + " by its value", alt(feature, axis, phi));
    legend(sketch, other);
    Span span = span(axis, phi);
    scale(sketch, span);
    dots(sketch, axis, phi, other, span);
    means(sketch, axis, phi, span);
    labels(sketch, feature, axis);
    return sketch.svg();
  }

  /// The colors of the dots: low to high values of another feature.
  public static final class Swatches {
    private final String feature;
    private final int[] shades;

    private Swatches(String feature, int[] shades) {
      this.feature = feature;
      this.shades = shades;
    }

    /// @param values in the order of the axis; NaN where missing
    public static Swatches of(String feature, double[] values) {
      return new Swatches(feature, ShapleySwarm.shades(values));
    }

    /// One color for all dots.
    public static Swatches none() {
      return new Swatches("", new int[0]);
    }

    private int shade(int row) {
      return shades.length == 0 ? 0 : shades[row];
    }
  }

  private static void legend(Sketch sketch, Swatches other) {
    sketch.label(Sketch.LEFT, 32, "start", "↑ raises the prediction");
    if (other.feature.isEmpty()) {
      return;
    }
    String name = Sketch.cut(other.feature, 176);
    sketch.name(Sketch.LEFT, 15, "start", "color: " + name, 230);
    sketch.label(250, 15, "end", "low");
    for (int shade = 0; shade < Sketch.SHADES; shade++) {
      sketch.dots(new StringBuilder(Sketch.dot(258 + 11 * shade, 11)), Sketch.shade(shade), 8);
    }
    sketch.label(310, 15, "start", "high");
  }

  private static Span span(FeatureAxis axis, double[] phi) {
    double min = 0;
    double max = 0;
    for (int i = 0; i < phi.length; i++) {
      min = Double.isNaN(axis.at(i)) ? min : Math.min(min, phi[i]);
      max = Double.isNaN(axis.at(i)) ? max : Math.max(max, phi[i]);
    }
    return Span.of(min, max);
  }

  private static double y(Span span, double phi) {
    return BOTTOM - span.share(phi) * (BOTTOM - TOP);
  }

  private static double x(double at) {
    return FROM + 6 + at * (TO - FROM - 12);
  }

  private static void scale(Sketch sketch, Span span) {
    for (double tick : span.ticks()) {
      double y = y(span, tick);
      String d = "M" + FROM + " " + Sketch.place(y) + "H" + TO;
      sketch.line(d, tick == 0 ? Sketch.SOFT : Sketch.GRID, 1);
      sketch.label(FROM - 4, y + 4, "end", Sketch.tick(tick));
    }
  }

  private static void dots(
      Sketch sketch, FeatureAxis axis, double[] phi, Swatches other, Span span) {
    StringBuilder[] dots = new StringBuilder[Sketch.SHADES + 1];
    java.util.Arrays.setAll(dots, _ -> new StringBuilder());
    for (int i = 0; i < phi.length; i++) {
      if (!Double.isNaN(axis.at(i))) {
        double at = axis.at(i) + axis.room(i) * aside(i);
        dots[other.shade(i)].append(Sketch.dot(x(at), y(span, phi[i])));
      }
    }
    for (int shade = Sketch.SHADES; shade >= 0; shade--) {
      sketch.dots(dots[shade], Sketch.shade(shade), 4);
    }
  }

  /// Where among equal ones a row stands, in (-1, 1): the van der Corput sequence, which fills any
  /// room evenly.
  private static double aside(int row) {
    return Integer.reverse(row + 1) / (double) (1L << 31);
  }

  /// Means over neighbours, as a line over values that run on, as a bar at each place.
  private static void means(Sketch sketch, FeatureAxis axis, double[] phi, Span span) {
    StringBuilder line = new StringBuilder();
    for (FeatureAxis.Stretch stretch : axis.stretches()) {
      double mean = stretch.rows().stream().mapToDouble(row -> phi[row]).average().orElse(0);
      boolean bar = stretch.to() > stretch.from();
      line.append(bar || line.isEmpty() ? "M" : "L");
      line.append(Sketch.place(x(stretch.from()))).append(' ');
      line.append(Sketch.place(y(span, mean)));
      line.append(bar ? "H" + Sketch.place(x(stretch.to())) : "");
    }
    if (!line.isEmpty()) {
      sketch.line(line.toString(), Sketch.CARD, 4.5);
      sketch.line(line.toString(), Sketch.INK, 2);
    }
  }

  private static void labels(Sketch sketch, String feature, FeatureAxis axis) {
    double room = (TO - FROM) / (double) Math.max(1, axis.labels().size());
    for (FeatureAxis.Label label : axis.labels()) {
      double x = x(label.at());
      String text = Sketch.cut(label.text(), room);
      double half = text.length() * 3.2;
      String anchor = x + half > Sketch.WIDTH - 2 ? "end" : x - half < 2 ? "start" : "middle";
      double at = anchor.equals("end") ? Sketch.WIDTH - 4 : x;
      sketch.label(at, BOTTOM + 16, anchor, text);
    }
    sketch.name((FROM + TO) / 2.0, BOTTOM + 35, "middle", feature, 300);
  }

  private static String alt(String feature, FeatureAxis axis, double[] phi) {
    StringBuilder alt = new StringBuilder("Mean effect of " + feature + " from low to high");
    if (axis.isPlaced()) {
      alt = new StringBuilder("Mean effect of " + feature + " at each of its values");
    }
    for (int i = 0; i < axis.stretches().size(); i++) {
      FeatureAxis.Stretch stretch = axis.stretches().get(i);
      double mean = stretch.rows().stream().mapToDouble(row -> phi[row]).average().orElse(0);
      boolean placed = stretch.to() > stretch.from();
      alt.append(i == 0 ? ": " : ", ");
      alt.append(placed ? named(axis, stretch) + " " : "");
      alt.append(String.format(Locale.ROOT, "%s", Sketch.signed(mean)));
    }
    return alt.append('.').toString();
  }

  private static String named(FeatureAxis axis, FeatureAxis.Stretch stretch) {
    double middle = (stretch.from() + stretch.to()) / 2;
    return axis.labels().stream()
        .filter(label -> Math.abs(label.at() - middle) < 1e-9)
        .map(FeatureAxis.Label::text)
        .findFirst()
        .orElse("");
  }
}
