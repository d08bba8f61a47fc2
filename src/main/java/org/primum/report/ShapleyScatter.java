package org.primum.report;

import java.util.Arrays;

/// A picture of how the effect of a feature depends on its value: a dot a row, higher where the
/// feature raised the prediction more, and a line through the means. Below, columns tell how many
/// rows have such values. The color is the value of another feature, the one that seems to change
/// the effect most.
public final class ShapleyScatter {

  private static final int FROM = 44;
  private static final int TO = 350;

  /// How high the part with the dots is, and that with the columns.
  private static final int DOTS = 176;

  private static final int COLUMNS = 30;

  /// Dots are laid so many times over each other, each time in another order of colors, so that no
  /// color hides the others.
  private static final int LAYERS = 5;

  private final Sketch sketch;
  private final FeatureAxis axis;
  private final double[] phi;
  private final Swatches other;
  private final Span span;
  private final int top;
  private final int bottom;

  private ShapleyScatter(String feature, FeatureAxis axis, double[] phi, Swatches other) {
    this.axis = axis;
    this.phi = phi;
    this.other = other;
    this.span = span(axis, phi);
    this.top = (other.isNone() ? 0 : Swatches.HEIGHT) + 26;
    this.bottom = top + DOTS;
    String alt = alt(feature, axis, phi) + other.alt();
    this.sketch = new Sketch(bottom + COLUMNS + 46, "Effect of " + feature + " by its value", alt);
  }

  /// The picture as one `<svg>` element; the same dots give the same text.
  ///
  /// @param feature whose effect is drawn
  /// @param axis where each row stands
  /// @param phi the feature's Shapley values, in the order of the axis
  /// @param other what the colors tell
  public static String svg(String feature, FeatureAxis axis, double[] phi, Swatches other) {
    ShapleyScatter scatter = new ShapleyScatter(feature, axis, phi, other);
    other.legend(scatter.sketch);
    scatter.sketch.label(Sketch.LEFT, scatter.top - 12, "start", "↑ raises the prediction");
    scatter.scale();
    scatter.dots();
    scatter.means();
    scatter.columns();
    scatter.labels(feature);
    return scatter.sketch.svg();
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

  private double y(double effect) {
    return bottom - span.share(effect) * DOTS;
  }

  private static double x(double at) {
    return FROM + 6 + at * (TO - FROM - 12);
  }

  private void scale() {
    int decimals = Sketch.decimals(span.step());
    for (double tick : span.ticks()) {
      String d = "M" + FROM + " " + Sketch.place(y(tick)) + "H" + TO;
      sketch.line(d, tick == 0 ? Sketch.SOFT : Sketch.GRID, 1);
      sketch.label(FROM - 4, y(tick) + 4, "end", Sketch.round(tick, decimals));
    }
  }

  private void dots() {
    for (int layer = 0; layer < LAYERS; layer++) {
      StringBuilder[] dots = new StringBuilder[other.count()];
      Arrays.setAll(dots, _ -> new StringBuilder());
      for (int i = layer; i < phi.length; i += LAYERS) {
        if (!Double.isNaN(axis.at(i))) {
          double at = axis.at(i) + axis.room(i) * aside(i);
          dots[other.shade(i)].append(Sketch.dot(x(at), y(phi[i])));
        }
      }
      for (int i = 0; i < dots.length; i++) {
        int shade = (i + layer) % dots.length;
        sketch.dots(dots[shade], other.color(shade), 4);
      }
    }
  }

  /// Where among equal ones a row stands, in (-1, 1): the van der Corput sequence, which fills any
  /// room evenly.
  private static double aside(int row) {
    return Integer.reverse(row + 1) / (double) (1L << 31);
  }

  /// Means over neighbours, as a line over values that run on, as a bar at each place.
  private void means() {
    StringBuilder line = new StringBuilder();
    for (FeatureAxis.Stretch stretch : axis.stretches()) {
      boolean bar = stretch.to() > stretch.from();
      line.append(bar || line.isEmpty() ? "M" : "L");
      line.append(Sketch.place(x(stretch.from()))).append(' ');
      line.append(Sketch.place(y(mean(stretch, phi))));
      line.append(bar ? "H" + Sketch.place(x(stretch.to())) : "");
    }
    if (!line.isEmpty()) {
      sketch.line(line.toString(), Sketch.CARD, 4.5);
      sketch.line(line.toString(), Sketch.INK, 2);
    }
  }

  private static double mean(FeatureAxis.Stretch stretch, double[] phi) {
    return stretch.rows().stream().mapToDouble(row -> phi[row]).average().orElse(0);
  }

  /// How many rows there are, as columns whose areas compare.
  private void columns() {
    double highest =
        axis.columns().stream().mapToDouble(FeatureAxis.Column::height).max().orElse(0);
    int foot = bottom + COLUMNS + 6;
    for (FeatureAxis.Column column : axis.columns()) {
      double height = highest > 0 ? column.height() / highest * COLUMNS : 0;
      double from = x(column.from());
      if (height > 0) {
        String d = "M" + Sketch.place(from) + " " + foot + "v" + Sketch.place(-height);
        String end = "H" + Sketch.place(Math.max(from + 0.5, x(column.to()) - 1));
        sketch.shape(d + end + "V" + foot + "z", Sketch.mix(Sketch.SOFT, 40, Sketch.CARD));
      }
    }
    if (highest > 0) {
      sketch.line("M" + FROM + " " + foot + "H" + TO, Sketch.SOFT, 1);
      sketch.label(FROM - 4, foot - 2, "end", "rows");
    }
  }

  private void labels(String feature) {
    double share = (TO - FROM) / (double) Math.max(1, axis.labels().size());
    double room = axis.isPlaced() ? share - 6 : Math.max(share, 60);
    for (FeatureAxis.Label label : axis.labels()) {
      double x = x(label.at());
      String text = Sketch.cut(label.text(), room);
      double half = text.length() * 3.2;
      String anchor = x + half > Sketch.WIDTH - 2 ? "end" : x - half < 2 ? "start" : "middle";
      double at = anchor.equals("end") ? Sketch.WIDTH - 2 : anchor.equals("start") ? 2 : x;
      sketch.label(at, bottom + COLUMNS + 21, anchor, text);
    }
    double middle = (FROM + TO) / 2.0;
    sketch.name(middle, bottom + COLUMNS + 39, "middle", feature, TO - FROM);
  }

  private static String alt(String feature, FeatureAxis axis, double[] phi) {
    StringBuilder alt = new StringBuilder("Mean effect of " + feature + " from low to high");
    if (axis.isPlaced()) {
      alt = new StringBuilder("Mean effect of " + feature + " at each of its values");
    }
    for (int i = 0; i < axis.stretches().size(); i++) {
      FeatureAxis.Stretch stretch = axis.stretches().get(i);
      boolean placed = stretch.to() > stretch.from();
      alt.append(i == 0 ? ": " : ", ");
      alt.append(placed ? named(axis, stretch) + " " : "");
      alt.append(Sketch.signed(mean(stretch, phi)));
      alt.append(placed ? " (" + stretch.rows().size() + " rows)" : "");
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
