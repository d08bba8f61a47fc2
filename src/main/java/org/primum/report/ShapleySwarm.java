package org.primum.report;

import java.util.Arrays;
import java.util.List;

/// A picture of how features move single predictions (a beeswarm): one lane a feature, one dot a
/// row, right of zero where the feature raised the margin. The color says whether the feature's own
/// value was low or high among the shown rows.
public final class ShapleySwarm {

  /// The name stands above its lane, as a phone has no room beside it.
  private static final int LANE = 48;

  private static final int NAME = 16;
  private static final int TOP = 30;
  private static final double DOT = 3.6;

  /// Dots so near to each other pile up.
  private static final double SPOT = 2;

  private static final double STEP = 2.6;

  /// The color where nothing is known of the feature's values.
  private static final String PLAIN = Sketch.mix(Sketch.SOFT, 75, Sketch.CARD);

  private ShapleySwarm() {}

  /// The dots of one feature.
  public static final class Lane {
    private final String feature;
    private final double[] phi;
    private final double[] values;

    /// @param phi the Shapley values
    /// @param values the feature's own values, in the same order; NaN where missing or not known
    public Lane(String feature, double[] phi, double[] values) {
      if (phi.length != values.length) {
        throw new IllegalArgumentException("every dot has a Shapley value and a value");
      }
      this.feature = feature;
      this.phi = phi.clone();
      this.values = values.clone();
    }
  }

  /// The picture as one `<svg>` element; the same lanes give the same text.
  ///
  /// @param lanes most important first
  public static String svg(List<Lane> lanes) {
    double min = 0;
    double max = 0;
    for (Lane lane : lanes) {
      min = Math.min(min, Arrays.stream(lane.phi).min().orElse(0));
      max = Math.max(max, Arrays.stream(lane.phi).max().orElse(0));
    }
    Span span = Span.of(min, max);
    int bottom = TOP + LANE * lanes.size();
    Sketch sketch = new Sketch(bottom + 40, "How features move single predictions", alt(lanes));
    if (lanes.stream().anyMatch(ShapleySwarm::isColored)) {
      legend(sketch);
    }
    sketch.scale(span, TOP - 4, bottom);
    sketch.label(Sketch.LEFT, bottom + 32, "start", "← lowers");
    sketch.label(Sketch.RIGHT, bottom + 32, "end", "raises →");
    for (int i = 0; i < lanes.size(); i++) {
      lane(sketch, lanes.get(i), TOP + i * LANE, span);
    }
    return sketch.svg();
  }

  private static void legend(Sketch sketch) {
    sketch.label(Sketch.LEFT, 16, "start", "feature's value: low");
    int x = Sketch.LEFT + 126;
    for (int shade = 0; shade < Sketch.SHADES; shade++) {
      sketch.dots(new StringBuilder(Sketch.dot(x, 12)), Sketch.shade(shade), 8);
      x += 11;
    }
    sketch.label(x - 2, 16, "start", "high");
    x += 42;
    sketch.dots(new StringBuilder(Sketch.dot(x, 12)), Sketch.shade(Sketch.SHADES), 8);
    sketch.label(x + 8, 16, "start", "missing");
  }

  private static double x(Span span, double phi) {
    return Sketch.along(span, phi, Sketch.FROM, Sketch.TO);
  }

  /// Whether anything is known of the feature's own values.
  private static boolean isColored(Lane lane) {
    return Arrays.stream(lane.values).anyMatch(value -> !Double.isNaN(value));
  }

  private static void lane(Sketch sketch, Lane lane, int top, Span span) {
    int middle = top + NAME + (LANE - NAME) / 2;
    sketch.line("M" + Sketch.LEFT + " " + middle + "H" + Sketch.RIGHT, Sketch.GRID, 1);
    StringBuilder[] dots = new StringBuilder[Sketch.SHADES + 1];
    Arrays.setAll(dots, _ -> new StringBuilder());
    int[] shades = shades(lane.values);
    int[] spots = Arrays.stream(lane.phi).mapToInt(phi -> (int) (x(span, phi) / SPOT)).toArray();
    int[] piled = new int[(int) (Sketch.WIDTH / SPOT) + 1];
    double step = step(spots);
    for (int i : byColor(shades)) {
      double y = middle + rise(piled[spots[i]]++) * step;
      dots[shades[i]].append(Sketch.dot(x(span, lane.phi[i]), y));
    }
    for (int shade = Sketch.SHADES; shade >= 0; shade--) {
      sketch.dots(dots[shade], isColored(lane) ? Sketch.shade(shade) : PLAIN, DOT);
    }
    sketch.name(Sketch.LEFT, top + 12, "start", lane.feature, 340);
  }

  /// Missing values first, in the middle of a pile; colors of one kind lie together in it.
  private static int[] byColor(int[] shades) {
    Integer[] order = new Integer[shades.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Integer.compare(shades[b], shades[a]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  /// How far dots of a pile stand apart, so that the highest pile keeps to its lane and all piles
  /// are as high as they have dots.
  private static double step(int[] spots) {
    int[] counts = new int[(int) (Sketch.WIDTH / SPOT) + 1];
    int highest = 1;
    for (int spot : spots) {
      highest = Math.max(highest, ++counts[spot]);
    }
    double edge = (LANE - NAME) / 2.0 - DOT / 2;
    return Math.min(STEP, edge / Math.max(1, highest / 2));
  }

  /// Dots on the same spot pile up to both sides in turn.
  private static int rise(int before) {
    int place = (before + 1) / 2;
    return before % 2 == 0 ? place : -place;
  }

  /// Where each value stands among the others, in fifths; of a few values the lowest and the
  /// highest have the colors of the ends. [Sketch#SHADES] where it is missing.
  static int[] shades(double[] values) {
    double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    double[] distinct = Arrays.stream(known).distinct().toArray();
    boolean isFew = distinct.length > 1 && distinct.length <= Sketch.SHADES;
    return Arrays.stream(values)
        .mapToInt(value ->
            Double.isNaN(value)
                ? Sketch.SHADES
                : isFew ? place(distinct, value) : fifth(known, value))
        .toArray();
  }

  private static int place(double[] distinct, double value) {
    int below = (int) Arrays.stream(distinct).filter(other -> other < value).count();
    return below * (Sketch.SHADES - 1) / (distinct.length - 1);
  }

  /// By the middle of the ranks that equal values share, so a constant feature is in the middle.
  private static int fifth(double[] sorted, double value) {
    int below = 0;
    int notAbove = 0;
    for (double other : sorted) {
      below += other < value ? 1 : 0;
      notAbove += other <= value ? 1 : 0;
    }
    return Math.min(Sketch.SHADES - 1, (below + notAbove) * Sketch.SHADES / (2 * sorted.length));
  }

  private static String alt(List<Lane> lanes) {
    int dots = lanes.isEmpty() ? 0 : lanes.getFirst().phi.length;
    StringBuilder alt = new StringBuilder();
    alt.append(dots).append(" rows as dots for each of ").append(lanes.size());
    alt.append(" features; the largest spreads are ");
    for (int i = 0; i < Math.min(3, lanes.size()); i++) {
      alt.append(i == 0 ? "" : ", ").append(lanes.get(i).feature);
    }
    return alt.append('.').toString();
  }
}
