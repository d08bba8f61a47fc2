package org.primum.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// A picture of one prediction as a balance: what raises it pushes from the left, what lowers it
/// pushes back from the right, and they meet at the prediction. The largest pushes stand next to it
/// and are numbered; their names stand below.
public final class ShapleyForce {

  /// How many pushes of each side are named.
  private static final int NAMED = 6;

  private static final int BAR = 46;
  private static final int HEIGHT = 26;
  private static final int LINE = 17;

  private ShapleyForce() {}

  /// The picture as one `<svg>` element.
  ///
  /// @param steps features, in any order; with the base they add up to the margin
  public static String svg(
      double base,
      double margin,
      List<ShapleyWaterfall.Step> steps,
      ShapleyWaterfall.Reading reading) {
    List<ShapleyWaterfall.Step> raising = side(steps, 1);
    List<ShapleyWaterfall.Step> lowering = side(steps, -1);
    int lines = Math.min(NAMED, raising.size()) + Math.min(NAMED, lowering.size());
    Sketch sketch =
        new Sketch(
            BAR + HEIGHT + 60 + LINE * (lines + 2),
            "What pushes one prediction",
            alt(margin, raising, lowering, reading));
    double low = Math.min(base, margin - sum(raising));
    double high = Math.max(base, margin - sum(lowering));
    double scale = high > low ? (Sketch.RIGHT - Sketch.LEFT) / (high - low) : 0;
    double meet = high > low ? Sketch.LEFT + (margin - low) * scale : Sketch.WIDTH / 2.0;
    side(sketch, raising, meet, -scale, Sketch.RAISES);
    side(sketch, lowering, meet, scale, Sketch.LOWERS);
    mark(sketch, margin, meet, reading);
    base(sketch, base, high > low ? Sketch.LEFT + (base - low) * scale : meet);
    int next = names(sketch, raising, BAR + HEIGHT + 46, "raises", Sketch.RAISES);
    names(sketch, lowering, next, "lowers", Sketch.LOWERS);
    return sketch.svg();
  }

  private static List<ShapleyWaterfall.Step> side(List<ShapleyWaterfall.Step> steps, int sign) {
    return steps.stream()
        .filter(step -> step.phi() * sign > 0)
        .sorted(
            Comparator.comparingDouble((ShapleyWaterfall.Step s) -> Math.abs(s.phi())).reversed())
        .toList();
  }

  private static double sum(List<ShapleyWaterfall.Step> steps) {
    return steps.stream().mapToDouble(ShapleyWaterfall.Step::phi).sum();
  }

  /// The pushes of one side, away from where the sides meet.
  private static void side(
      Sketch sketch, List<ShapleyWaterfall.Step> steps, double meet, double scale, String color) {
    double at = meet;
    for (int i = 0; i < steps.size(); i++) {
      double far = at + Math.abs(steps.get(i).phi()) * scale;
      sketch.shape(push(far, at), i % 2 == 0 ? color : Sketch.mix(color, 72, Sketch.CARD));
      if (Math.abs(far - at) > 16 && i < NAMED) {
        sketch.over((far + at) / 2, BAR + 17, Integer.toString(i + 1));
      }
      at = far;
    }
  }

  /// A piece that points to where the sides meet.
  private static String push(double far, double near) {
    double point = Math.copySign(Math.min(5, Math.abs(near - far) / 2), near - far);
    return String.format(
        Locale.ROOT,
        "M%s %dH%sL%s %dL%s %dH%sL%s %dz",
        Sketch.place(far - point),
        BAR,
        Sketch.place(near - point),
        Sketch.place(near),
        BAR + HEIGHT / 2,
        Sketch.place(near - point),
        BAR + HEIGHT,
        Sketch.place(far - point),
        Sketch.place(far),
        BAR + HEIGHT / 2);
  }

  private static void mark(
      Sketch sketch, double margin, double x, ShapleyWaterfall.Reading reading) {
    String words = reading.words(margin);
    String text = "prediction " + Sketch.number(margin) + (words.isEmpty() ? "" : ", " + words);
    sketch.near(x, 18, Sketch.INK, text);
    sketch.line("M" + Sketch.place(x) + " 24V" + (BAR + HEIGHT + 4), Sketch.INK, 2);
  }

  private static void base(Sketch sketch, double base, double x) {
    int top = BAR + HEIGHT;
    sketch.line("M" + Sketch.place(x) + " " + (top + 2) + "v8", Sketch.SOFT, 2);
    sketch.near(x, top + 23, Sketch.SOFT, "base " + Sketch.number(base));
  }

  /// @return where the next list begins
  private static int names(
      Sketch sketch, List<ShapleyWaterfall.Step> steps, int top, String what, String color) {
    sketch.box(Sketch.LEFT, top - 9, 10, 10, color);
    sketch.label(Sketch.LEFT + 15, top, "start", what);
    sketch.label(Sketch.RIGHT, top, "end", "together " + Sketch.signed(sum(steps)));
    int named = Math.min(NAMED, steps.size());
    for (int i = 0; i < named; i++) {
      String words = Sketch.signed(steps.get(i).phi());
      int y = top + LINE * (i + 1);
      String text = (i + 1) + "  " + steps.get(i).label();
      sketch.name(Sketch.LEFT, y, "start", text, 330 - 6.6 * words.length());
      sketch.text(Sketch.RIGHT, y, "end", Sketch.INK, words);
    }
    return top + LINE * (named + 1) + 8;
  }

  private static String alt(
      double margin,
      List<ShapleyWaterfall.Step> raising,
      List<ShapleyWaterfall.Step> lowering,
      ShapleyWaterfall.Reading reading) {
    String words = reading.words(margin);
    return "Prediction "
        + Sketch.number(margin)
        + (words.isEmpty() ? "" : ", " + words)
        + ". Raised by "
        + said(raising)
        + ". Lowered by "
        + said(lowering)
        + ".";
  }

  private static String said(List<ShapleyWaterfall.Step> steps) {
    List<String> parts = new ArrayList<>();
    for (ShapleyWaterfall.Step step : steps.subList(0, Math.min(NAMED, steps.size()))) {
      parts.add(step.label() + " " + Sketch.signed(step.phi()));
    }
    return parts.isEmpty() ? "nothing" : String.join(", ", parts);
  }
}
