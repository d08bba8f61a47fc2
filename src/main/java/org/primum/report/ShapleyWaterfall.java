package org.primum.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/// A picture of one prediction, read from top to bottom: the base value, what each feature added or
/// took away, and the prediction. Arrows point right where a feature raised it.
public final class ShapleyWaterfall {

  private static final int LANE = 36;
  private static final int TOP = 40;

  /// Round probabilities, the plainest first.
  private static final double[] PERCENTS = {
    50, 10, 90, 1, 99, 20, 80, 5, 95, 30, 70, 2, 98, 0.1, 99.9, 40, 60, 0.5, 99.5, 0.2, 99.8, 15,
    85, 25, 75, 35, 65, 45, 55, 3, 97, 4, 96
  };

  /// How far two of them stand from each other at least.
  private static final double APART = 44;

  private ShapleyWaterfall() {}

  /// One feature, or several added up.
  ///
  /// @param label its name, with its value where that may be shown
  public record Step(String label, double phi) {}

  /// What a margin is called besides its number, e.g. a probability; empty for nothing.
  @FunctionalInterface
  public interface Reading {
    String words(double margin);
  }

  /// The picture as one `<svg>` element.
  ///
  /// @param base the margin all rows start from
  /// @param margin the row's own
  /// @param steps in the order they are drawn; with the base they add up to the margin
  /// @param isLogOdds whether margins are, so that probabilities stand beside them
  public static String svg(
      double base, double margin, List<Step> steps, Reading reading, boolean isLogOdds) {
    int bottom = TOP + LANE * steps.size();
    int foot = bottom + (isLogOdds ? 68 : 52);
    String alt = alt(base, margin, steps, reading);
    Sketch sketch = new Sketch(foot + 10, "How one prediction came about", alt);
    Span span = span(base, margin, steps);
    sketch.scale(span, TOP - 8, bottom + 8);
    if (isLogOdds) {
      percents(sketch, span, bottom + 8);
    }
    end(sketch, "starts from", base, reading, 16, x(span).applyAsDouble(base), 22);
    double at = base;
    for (int i = 0; i < steps.size(); i++) {
      step(sketch, x(span), steps.get(i), at, TOP + LANE * i);
      at += steps.get(i).phi();
    }
    end(sketch, "prediction", margin, reading, foot, x(span).applyAsDouble(margin), bottom + 4);
    return sketch.svg();
  }

  /// Probabilities below the log-odds, the plainest first, as far as they have room.
  private static void percents(Sketch sketch, Span span, int top) {
    List<Double> taken = new ArrayList<>();
    for (double percent : PERCENTS) {
      double odds = Math.log(percent / (100 - percent));
      double x = x(span).applyAsDouble(odds);
      if (odds >= span.min()
          && odds <= span.max()
          && taken.stream().allMatch(other -> Math.abs(other - x) >= APART)) {
        taken.add(x);
        sketch.line("M" + Sketch.place(x) + " " + (top + 19) + "v4", Sketch.SOFT, 1);
        String anchor = x < Sketch.LEFT + 16 ? "start" : x > Sketch.RIGHT - 16 ? "end" : "middle";
        sketch.label(x, top + 34, anchor, Sketch.tick(percent) + " %");
      }
    }
  }

  private static void end(
      Sketch sketch,
      String what,
      double margin,
      Reading reading,
      int baseline,
      double x,
      int mark) {
    String words = reading.words(margin);
    String text = what + " " + Sketch.number(margin) + (words.isEmpty() ? "" : ", " + words);
    sketch.near(x, baseline, Sketch.INK, text);
    sketch.line("M" + Sketch.place(x) + " " + mark + "v12", Sketch.INK, 3);
  }

  private static DoubleUnaryOperator x(Span span) {
    return value -> Sketch.along(span, value, Sketch.FROM, Sketch.TO);
  }

  private static Span span(double base, double margin, List<Step> steps) {
    double min = Math.min(base, margin);
    double max = Math.max(base, margin);
    double at = base;
    for (Step step : steps) {
      at += step.phi();
      min = Math.min(min, at);
      max = Math.max(max, at);
    }
    return Span.of(min, max);
  }

  private static void step(
      Sketch sketch, DoubleUnaryOperator x, Step step, double before, int top) {
    String words = Sketch.signed(step.phi());
    String color = step.phi() < 0 ? Sketch.LOWERS : Sketch.RAISES;
    sketch.name(Sketch.LEFT, top + 12, "start", step.label(), 330 - 7.0 * words.length());
    sketch.text(Sketch.RIGHT, top + 12, "end", Sketch.INK, words);
    double from = x.applyAsDouble(before);
    double to = x.applyAsDouble(before + step.phi());
    sketch.shape(arrow(from, to, top + 17), color);
    String there = "M" + Sketch.place(to) + " " + (top + 17) + "V" + (top + LANE + 17);
    sketch.line(there, Sketch.mix(Sketch.SOFT, 60, Sketch.CARD), 1, "2 2");
  }

  /// A bar with a point at its far end; a short one is all point.
  static String arrow(double from, double to, int top) {
    double point = Math.copySign(Math.min(6, Math.abs(to - from)), to - from);
    return String.format(
        Locale.ROOT,
        "M%s %dH%sL%s %dL%s %dH%sz",
        Sketch.place(from),
        top,
        Sketch.place(to - point),
        Sketch.place(to),
        top + 6,
        Sketch.place(to - point),
        top + 12,
        Sketch.place(from));
  }

  private static String alt(double base, double margin, List<Step> steps, Reading reading) {
    StringBuilder alt = new StringBuilder("Starts from " + Sketch.number(base));
    for (Step step : steps) {
      alt.append("; ").append(step.label()).append(' ').append(Sketch.signed(step.phi()));
    }
    String words = reading.words(margin);
    alt.append("; prediction ").append(Sketch.number(margin));
    return alt.append(words.isEmpty() ? "." : ", " + words + ".").toString();
  }
}
