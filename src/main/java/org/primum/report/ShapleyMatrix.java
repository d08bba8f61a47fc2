package org.primum.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// A picture of how features act together: a cell for each two, its number and color say how much
/// they do beyond what each does alone; on the diagonal stands what a feature does alone.
public final class ShapleyMatrix {

  private static final int NAMES = 128;
  private static final int TOP = 52;
  private static final int MOST = 10;
  private static final int STEPS = 6;

  /// How strong the strongest color is, so that numbers on it can be read.
  private static final int STRONGEST = 60;

  private ShapleyMatrix() {}

  /// One feature.
  public static final class Line {
    private final String feature;
    private final OptionalDouble alone;
    private final double[] together;

    /// @param alone mean magnitude of what it does alone; empty where that is not known
    /// @param together mean magnitude with each feature of the lines above this one
    public Line(String feature, OptionalDouble alone, double[] together) {
      this.feature = feature;
      this.alone = alone;
      this.together = together.clone();
    }
  }

  /// The picture as one `<svg>` element.
  ///
  /// @param lines most important first, at most ten
  public static String svg(List<Line> lines) {
    if (lines.size() > MOST) {
      throw new IllegalArgumentException("a matrix of at most " + MOST + " features can be read");
    }
    double pairs = lines.stream().flatMapToDouble(l -> Arrays.stream(l.together)).max().orElse(0);
    double alone = lines.stream().mapToDouble(l -> l.alone.orElse(0)).max().orElse(0);
    double unit = unit(pairs > 0 ? pairs : alone, alone);
    double cell = (Sketch.RIGHT - NAMES) / (double) MOST;
    int bottom = TOP + (int) Math.ceil(cell * lines.size());
    Sketch sketch = new Sketch(bottom + 8, "How features act together", alt(lines));
    legend(sketch, unit, alone > 0);
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      double y = TOP + cell * i;
      sketch.name(Sketch.LEFT, y + cell / 2 + 4, "start", (i + 1) + "  " + line.feature, 116);
      for (int k = 0; k < line.together.length; k++) {
        String color = color("var(--series-4)", line.together[k], pairs);
        cell(sketch, NAMES + cell * k, y, cell, color, text(line.together[k], unit));
      }
      double x = NAMES + cell * i;
      if (line.alone.isPresent()) {
        double own = line.alone.getAsDouble();
        cell(sketch, x, y, cell, color(Sketch.SOFT, own, alone), text(own, unit));
      }
      sketch.label(x + cell / 2, y - 4, "middle", Integer.toString(i + 1));
    }
    return sketch.svg();
  }

  /// What a 1 stands for: so small that the strongest pair has two digits, where that leaves the
  /// strongest feature no more than three.
  private static double unit(double pairs, double alone) {
    if (!(pairs > 0)) {
      return 1;
    }
    double unit = Math.pow(10, Math.floor(Math.log10(pairs)) - 1);
    double least = alone > 0 ? Math.pow(10, Math.floor(Math.log10(alone)) - 2) : unit;
    return Math.max(unit, least);
  }

  private static String text(double value, double unit) {
    return Long.toString(Math.round(value / unit));
  }

  private static String color(String strongest, double value, double most) {
    long step = most > 0 ? Math.round(Math.clamp(value / most, 0, 1) * STEPS) : 0;
    return Sketch.mix(strongest, (int) (5 + step * (STRONGEST - 5) / STEPS), Sketch.CARD);
  }

  private static void cell(
      Sketch sketch, double x, double y, double size, String color, String text) {
    sketch.box(x, y, size - 1, size - 1, color);
    sketch.plain(x + size / 2 - 0.5, y + size / 2 + 4, text);
  }

  private static void legend(Sketch sketch, double unit, boolean isAloneKnown) {
    sketch.box(Sketch.LEFT, 5, 10, 10, Sketch.mix("var(--series-4)", STRONGEST, Sketch.CARD));
    sketch.label(Sketch.LEFT + 15, 14, "start", "two together");
    if (isAloneKnown) {
      sketch.box(108, 5, 10, 10, Sketch.mix(Sketch.SOFT, STRONGEST, Sketch.CARD));
      sketch.label(123, 14, "start", "one alone");
    }
    sketch.label(Sketch.RIGHT, 14, "end", "1 stands for " + Sketch.tick(unit));
  }

  private static String alt(List<Line> lines) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      line.alone.ifPresent(own -> parts.add(line.feature + " alone " + Sketch.number(own)));
      for (int k = 0; k < line.together.length; k++) {
        if (line.together[k] > 0) {
          String pair = line.feature + " with " + lines.get(k).feature + " ";
          parts.add(pair + Sketch.number(line.together[k]));
        }
      }
    }
    return "Mean magnitudes: " + String.join("; ", parts) + ".";
  }
}
