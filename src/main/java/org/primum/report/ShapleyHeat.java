package org.primum.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A picture of many explanations at once: a column a few rows that were explained alike, a row a
/// feature. Orange where the feature raised the predictions, blue where it lowered them. Above
/// stand the predictions themselves, at the right how much each feature moves on average.
public final class ShapleyHeat {

  /// More rows than this stand together.
  public static final int MAX_COLUMNS = 144;

  private static final int LINE = 70;
  private static final int LANE = 32;
  private static final int CELL = 14;

  /// Where the cells end, and where the bars beside them begin.
  private static final int CELLS_TO = 294;

  private static final int BARS_FROM = 300;

  /// Colors to either side of nothing.
  private static final int STEPS = 6;

  /// So many of the cells take the strongest color, so that single ones do not bleach all others.
  private static final double STRONGEST = 0.02;

  private ShapleyHeat() {}

  /// One feature.
  public static final class Lane {
    private final String feature;
    private final double[] phi;
    private final double meanAbs;

    /// @param phi its Shapley values, in the order of the margins
    /// @param meanAbs how far it moves a prediction on average, at least 0
    public Lane(String feature, double[] phi, double meanAbs) {
      this.feature = feature;
      this.phi = phi.clone();
      this.meanAbs = meanAbs;
    }
  }

  /// The picture as one `<svg>` element; the same rows give the same text.
  ///
  /// @param margins the predictions of the rows, in the order in which they are drawn
  /// @param base where all of them start from
  /// @param lanes most important first
  /// @param together how many rows a column has at least; 1 draws single ones
  public static String svg(double[] margins, double base, List<Lane> lanes, int together) {
    int columns = Math.max(1, Math.min(MAX_COLUMNS, margins.length / together));
    double[] tops = means(margins, columns);
    List<double[]> cells = lanes.stream().map(lane -> means(lane.phi, columns)).toList();
    double reach = reach(cells);
    double longest = lanes.stream().mapToDouble(lane -> lane.meanAbs).max().orElse(0);
    int height = LINE + 16 + LANE * lanes.size() + 30;
    Sketch sketch =
        new Sketch(
            height, "Predictions explained alike, and what moved them", alt(tops, lanes, cells));
    predictions(sketch, tops, base);
    for (int i = 0; i < lanes.size(); i++) {
      int top = LINE + 14 + LANE * i;
      lane(sketch, lanes.get(i), cells.get(i), top, reach);
      bar(sketch, lanes.get(i).meanAbs, longest, top);
    }
    legend(sketch, height - 8, reach, isClipped(cells, reach));
    return sketch.svg();
  }

  private static double[] means(double[] values, int columns) {
    double[] means = new double[columns];
    for (int column = 0; column < columns; column++) {
      int from = (int) ((long) column * values.length / columns);
      int to = (int) ((long) (column + 1) * values.length / columns);
      for (int i = from; i < to; i++) {
        means[column] += values[i] / (to - from);
      }
    }
    return means;
  }

  /// The magnitude that has the strongest color.
  private static double reach(List<double[]> cells) {
    double[] sorted =
        cells.stream().flatMapToDouble(Arrays::stream).map(Math::abs).sorted().toArray();
    int beyond = (int) (STRONGEST * sorted.length);
    return sorted.length == 0 ? 0 : sorted[sorted.length - 1 - beyond];
  }

  private static boolean isClipped(List<double[]> cells, double reach) {
    return cells.stream().flatMapToDouble(Arrays::stream).anyMatch(v -> Math.abs(v) > reach);
  }

  private static void bar(Sketch sketch, double meanAbs, double longest, int top) {
    double length = longest > 0 ? meanAbs / longest * (Sketch.RIGHT - BARS_FROM) : 0;
    sketch.box(BARS_FROM, top + 16, length, CELL, Sketch.mix(Sketch.SOFT, 60, Sketch.CARD));
    sketch.label(Sketch.RIGHT, top + 12, "end", Sketch.number(meanAbs));
  }

  private static void predictions(Sketch sketch, double[] tops, double base) {
    double min = Math.min(base, Arrays.stream(tops).min().orElse(base));
    double max = Math.max(base, Arrays.stream(tops).max().orElse(base));
    double span = max > min ? max - min : 1;
    double y = LINE - 6 - (base - min) / span * (LINE - 28);
    sketch.line("M" + Sketch.LEFT + " " + Sketch.place(y) + "H" + CELLS_TO, Sketch.SOFT, 1, "4 3");
    StringBuilder d = new StringBuilder();
    double width = (CELLS_TO - Sketch.LEFT) / (double) tops.length;
    for (int i = 0; i < tops.length; i++) {
      double up = LINE - 6 - (tops[i] - min) / span * (LINE - 28);
      d.append(i == 0 ? "M" : "V").append(i == 0 ? Sketch.LEFT + " " : "").append(Sketch.place(up));
      d.append('H').append(Sketch.place(Sketch.LEFT + width * (i + 1)));
    }
    sketch.line(d.toString(), Sketch.INK, 2);
    String ends = "predictions from " + Sketch.number(Arrays.stream(tops).min().orElse(base));
    String to = " to " + Sketch.number(Arrays.stream(tops).max().orElse(base));
    sketch.label(Sketch.LEFT, 13, "start", ends + to + "; base " + Sketch.number(base) + " dashed");
    sketch.label(Sketch.RIGHT, LINE - 6, "end", "mean |φ|");
  }

  private static void lane(Sketch sketch, Lane lane, double[] means, int top, double reach) {
    sketch.name(Sketch.LEFT, top + 12, "start", lane.feature, 290);
    StringBuilder[] shapes = new StringBuilder[2 * STEPS + 1];
    Arrays.setAll(shapes, _ -> new StringBuilder());
    double width = (CELLS_TO - Sketch.LEFT) / (double) means.length;
    for (int i = 0; i < means.length; i++) {
      double share = reach > 0 ? Math.clamp(means[i] / reach, -1, 1) : 0;
      int step = (int) Math.round(share * STEPS);
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

  private static void legend(Sketch sketch, int baseline, double reach, boolean isClipped) {
    String far = Sketch.number(reach);
    String more = isClipped ? " and more" : "";
    int from = 108;
    sketch.label(from - 6, baseline, "end", "lowers −" + far);
    for (int step = -STEPS; step <= STEPS; step++) {
      sketch.box(from + 10 * (step + STEPS), baseline - 10, 9.5, 11, color(step));
    }
    sketch.label(from + 136, baseline, "start", "+" + far + more);
  }

  /// Where each feature raises and lowers most.
  private static String alt(double[] tops, List<Lane> lanes, List<double[]> cells) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < lanes.size(); i++) {
      double[] means = cells.get(i);
      parts.add(
          lanes.get(i).feature
              + " from "
              + Sketch.signed(Arrays.stream(means).min().orElse(0))
              + " to "
              + Sketch.signed(Arrays.stream(means).max().orElse(0)));
    }
    return tops.length
        + " columns of rows explained alike. Effects by column: "
        + String.join("; ", parts)
        + ".";
  }
}
