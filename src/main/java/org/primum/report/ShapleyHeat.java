package org.primum.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// A picture of many predictions at once: a column a group of rows alike in their prediction, from
/// the lowest on the left to the highest on the right, a row a feature. Orange where the feature
/// raised the predictions, blue where it lowered them. Above stand the predictions themselves.
public final class ShapleyHeat {

  private static final int MAX_COLUMNS = 48;
  private static final int LINE = 70;
  private static final int LANE = 32;
  private static final int CELL = 14;

  /// Colors to either side of nothing.
  private static final int STEPS = 5;

  private ShapleyHeat() {}

  /// One feature.
  public static final class Lane {
    private final String feature;
    private final double[] phi;

    /// @param phi its Shapley values, in the order of the margins
    public Lane(String feature, double[] phi) {
      this.feature = feature;
      this.phi = phi.clone();
    }
  }

  /// The picture as one `<svg>` element; the same rows give the same text.
  ///
  /// @param margins the predictions of the rows
  /// @param base where all of them start from
  /// @param lanes most important first
  /// @param together how many rows a column has at least; 1 draws single ones
  public static String svg(double[] margins, double base, List<Lane> lanes, int together) {
    int columns = Math.max(1, Math.min(MAX_COLUMNS, margins.length / together));
    Integer[] order = new Integer[margins.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> margins[i]).thenComparing(i -> i));
    double[] tops = means(margins, order, columns);
    List<double[]> cells = new ArrayList<>();
    double reach = 0;
    for (Lane lane : lanes) {
      double[] means = means(lane.phi, order, columns);
      cells.add(means);
      reach = Math.max(reach, Arrays.stream(means).map(Math::abs).max().orElse(0));
    }
    int height = LINE + 16 + LANE * lanes.size() + 30;
    Sketch sketch =
        new Sketch(
            height, "Predictions from low to high, and what moved them", alt(tops, lanes, cells));
    predictions(sketch, tops, base);
    for (int i = 0; i < lanes.size(); i++) {
      lane(sketch, lanes.get(i), cells.get(i), LINE + 14 + LANE * i, reach);
    }
    legend(sketch, height - 8, reach);
    return sketch.svg();
  }

  private static double[] means(double[] values, Integer[] order, int columns) {
    double[] means = new double[columns];
    for (int column = 0; column < columns; column++) {
      int from = (int) ((long) column * order.length / columns);
      int to = (int) ((long) (column + 1) * order.length / columns);
      for (int i = from; i < to; i++) {
        means[column] += values[order[i]] / (to - from);
      }
    }
    return means;
  }

  private static void predictions(Sketch sketch, double[] tops, double base) {
    double min = Math.min(base, Arrays.stream(tops).min().orElse(base));
    double max = Math.max(base, Arrays.stream(tops).max().orElse(base));
    double span = max > min ? max - min : 1;
    double y = LINE - 6 - (base - min) / span * (LINE - 28);
    sketch.line(
        "M" + Sketch.LEFT + " " + Sketch.place(y) + "H" + Sketch.RIGHT, Sketch.SOFT, 1, "4 3");
    StringBuilder d = new StringBuilder();
    double width = (Sketch.RIGHT - Sketch.LEFT) / (double) tops.length;
    for (int i = 0; i < tops.length; i++) {
      double up = LINE - 6 - (tops[i] - min) / span * (LINE - 28);
      d.append(i == 0 ? "M" : "V").append(i == 0 ? Sketch.LEFT + " " : "").append(Sketch.place(up));
      d.append('H').append(Sketch.place(Sketch.LEFT + width * (i + 1)));
    }
    sketch.line(d.toString(), Sketch.INK, 2);
    String ends = "predictions from " + Sketch.number(tops[0]) + " to ";
    sketch.label(
        Sketch.LEFT,
        13,
        "start",
        ends + Sketch.number(tops[tops.length - 1]) + "; base " + Sketch.number(base) + " dashed");
  }

  private static void lane(Sketch sketch, Lane lane, double[] means, int top, double reach) {
    sketch.name(Sketch.LEFT, top + 12, "start", lane.feature, 340);
    StringBuilder[] shapes = new StringBuilder[2 * STEPS + 1];
    Arrays.setAll(shapes, _ -> new StringBuilder());
    double width = (Sketch.RIGHT - Sketch.LEFT) / (double) means.length;
    for (int i = 0; i < means.length; i++) {
      int step = reach > 0 ? (int) Math.round(means[i] / reach * STEPS) : 0;
      String x = Sketch.place(Sketch.LEFT + width * i);
      String end = Sketch.place(Sketch.LEFT + width * (i + 1));
      shapes[step + STEPS].append(
          "M" + x + " " + (top + 16) + "H" + end + "v" + CELL + "H" + x + "z");
    }
    for (int step = -STEPS; step <= STEPS; step++) {
      if (!shapes[step + STEPS].isEmpty()) {
        sketch.shape(shapes[step + STEPS].toString(), color(step));
      }
    }
  }

  private static String color(int step) {
    return Sketch.mix(
        step < 0 ? Sketch.LOWERS : Sketch.RAISES, 4 + 96 * Math.abs(step) / STEPS, Sketch.GRID);
  }

  private static void legend(Sketch sketch, int baseline, double reach) {
    String far = Sketch.number(reach);
    sketch.label(96, baseline, "end", "lowers −" + far);
    for (int step = -STEPS; step <= STEPS; step++) {
      sketch.box(102 + 14 * (step + STEPS), baseline - 10, 13, 11, color(step));
    }
    sketch.label(262, baseline, "start", "+" + far + " raises");
  }

  /// What stands at both ends.
  private static String alt(double[] tops, List<Lane> lanes, List<double[]> cells) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < lanes.size(); i++) {
      double[] means = cells.get(i);
      parts.add(
          lanes.get(i).feature
              + " from "
              + Sketch.signed(means[0])
              + " to "
              + Sketch.signed(means[means.length - 1]));
    }
    return "Mean effect where predictions are lowest ("
        + Sketch.number(tops[0])
        + ") and highest ("
        + Sketch.number(tops[tops.length - 1])
        + "): "
        + String.join("; ", parts)
        + ".";
  }
}
