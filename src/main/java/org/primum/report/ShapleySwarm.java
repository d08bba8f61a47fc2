package org.primum.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A picture of how features move single predictions (a beeswarm): one lane a feature, one dot a
/// row, right of zero where the feature raised the margin. The color says whether the feature's own
/// value was low or high among the shown rows.
public final class ShapleySwarm {

  /// Drawn for a phone of 360 pixels: the name stands above its lane.
  private static final int WIDTH = 360;

  private static final int LEFT = 8;
  private static final int RIGHT = 352;
  private static final int LANE = 50;
  private static final int NAME = 16;
  private static final int TOP = 30;
  private static final int DOT = 4;
  private static final int COLORS = 5;
  private static final int UNKNOWN = COLORS;

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
    double reach = 0;
    for (Lane lane : lanes) {
      reach = Math.max(reach, Arrays.stream(lane.phi).map(Math::abs).max().orElse(0));
    }
    int height = TOP + LANE * lanes.size() + 34;
    StringBuilder svg = new StringBuilder(32_768);
    SvgText.open(svg, WIDTH, height, "How features move single predictions", alt(lanes));
    legend(svg);
    axis(svg, TOP + LANE * lanes.size(), reach);
    for (int i = 0; i < lanes.size(); i++) {
      lane(svg, lanes.get(i), TOP + i * LANE, reach);
    }
    return svg.append("</svg>").toString();
  }

  private static void legend(StringBuilder svg) {
    SvgText.label(svg, "feature's value: low", LEFT, 16, "start", "var(--soft)");
    int x = LEFT + 126;
    for (int color = 0; color < COLORS; color++) {
      path(svg, color, "M" + x + " 12h0", 8);
      x += 11;
    }
    SvgText.label(svg, "high", x - 2, 16, "start", "var(--soft)");
    x += 42;
    path(svg, UNKNOWN, "M" + x + " 12h0", 8);
    SvgText.label(svg, "missing", x + 8, 16, "start", "var(--soft)");
  }

  private static void axis(StringBuilder svg, int bottom, double reach) {
    int zero = (int) Math.round(x(0, reach));
    svg.append("<path d=\"M").append(zero).append(' ').append(TOP - 4).append('V').append(bottom);
    svg.append("\" style=\"stroke:var(--soft);stroke-width:1\"/>");
    SvgText.label(svg, "0", zero, bottom + 16, "middle", "var(--soft)");
    SvgText.label(
        svg, "← lowers, to " + SvgText.number(-reach), LEFT, bottom + 16, "start", "var(--soft)");
    SvgText.label(
        svg,
        "raises, to +" + SvgText.number(reach) + " →",
        RIGHT,
        bottom + 16,
        "end",
        "var(--soft)");
  }

  private static double x(double phi, double reach) {
    double middle = (LEFT + RIGHT) / 2.0;
    return reach > 0 ? middle + phi / reach * (middle - LEFT - DOT) : middle;
  }

  private static void lane(StringBuilder svg, Lane lane, int top, double reach) {
    int middle = top + NAME + (LANE - NAME) / 2;
    SvgText.name(svg, lane.feature, LEFT, top + 12);
    svg.append("<path d=\"M").append(LEFT).append(' ').append(middle).append('H');
    svg.append(RIGHT).append("\" style=\"stroke:var(--grid)\"/>");
    StringBuilder[] dots = new StringBuilder[COLORS + 1];
    Arrays.setAll(dots, _ -> new StringBuilder());
    int[] colors = colors(lane.values);
    int[] stacked = new int[WIDTH / DOT + 1];
    for (int i = 0; i < lane.phi.length; i++) {
      double x = x(lane.phi[i], reach);
      int before = stacked[(int) (x / DOT)]++;
      dots[colors[i]].append(String.format(Locale.ROOT, "M%.1f %.1fh0", x, middle + rise(before)));
    }
    for (int color = COLORS; color >= 0; color--) {
      if (!dots[color].isEmpty()) {
        path(svg, color, dots[color].toString(), DOT);
      }
    }
  }

  /// Dots on the same spot pile up to both sides in turn, at most to the edge of the lane.
  private static double rise(int before) {
    int place = (before + 1) / 2;
    double step = 2.2 * place;
    double edge = (LANE - NAME) / 2.0 - 2;
    return (before % 2 == 0 ? 1 : -1) * (step <= edge ? step : edge * (before % 7) / 7.0);
  }

  /// Where each value stands among the others, in fifths.
  private static int[] colors(double[] values) {
    double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    int[] colors = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      colors[i] = Double.isNaN(values[i]) ? UNKNOWN : fifth(known, values[i]);
    }
    return colors;
  }

  /// By the middle of the ranks that equal values share, so a constant feature is in the middle.
  private static int fifth(double[] sorted, double value) {
    int below = 0;
    int notAbove = 0;
    for (double other : sorted) {
      below += other < value ? 1 : 0;
      notAbove += other <= value ? 1 : 0;
    }
    return Math.min(COLORS - 1, (below + notAbove) * COLORS / (2 * sorted.length));
  }

  private static void path(StringBuilder svg, int color, String d, int width) {
    String stroke =
        color == UNKNOWN
            ? "color-mix(in oklab,var(--soft) 45%,var(--card))"
            : "color-mix(in oklab,var(--series-2) "
                + 100 * color / (COLORS - 1)
                + "%,var(--series-1))";
    svg.append("<path d=\"").append(d).append("\" fill=\"none\" stroke-linecap=\"round\"");
    svg.append(" stroke-width=\"").append(width).append("\" style=\"stroke:").append(stroke);
    svg.append("\"/>");
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
