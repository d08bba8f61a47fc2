package org.primum.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.report.FeatureAxis.Telling;

/// The colors that tell of another feature's values: a color bar with numbers, or a swatch with a
/// name for each of a few values.
///
/// No value of a patient is written unless that is asked for: the numbers are means of a fifth of
/// the rows, and a value that fewer than [Telling#rows] rows have is one of the others.
public final class Swatches {

  /// Features with at most so many values have a swatch for each.
  private static final int MOST = 5;

  /// How high the legend is.
  static final int HEIGHT = 46;

  private static final int BAR_TO = 276;
  private static final int MISSING_FROM = 288;

  /// A color for each category: they differ in lightness too.
  private static final List<String> CATEGORIES =
      List.of(
          Sketch.LOWERS,
          Sketch.RAISES,
          Sketch.mix("var(--series-4)", 45, Sketch.CARD),
          Sketch.INK,
          Sketch.mix("var(--series-3)", 45, Sketch.CARD));

  /// A number at the color bar.
  ///
  /// @param at from 0, where the bar begins, to 1
  record Mark(double at, String text) {}

  private final String feature;
  private final int[] shades;
  private final List<String> colors;
  private final List<String> names;
  private final List<Mark> marks;

  private Swatches(
      String feature, int[] shades, List<String> colors, List<String> names, List<Mark> marks) {
    this.feature = feature;
    this.shades = shades;
    this.colors = List.copyOf(colors);
    this.names = List.copyOf(names);
    this.marks = List.copyOf(marks);
  }

  /// One color for all dots.
  public static Swatches none() {
    return new Swatches("", new int[0], List.of(), List.of(), List.of());
  }

  /// @param values in the order of the dots; NaN where missing
  /// @param categories names of the values 0, 1, 2…; empty for a number
  public static Swatches of(
      String feature, double[] values, List<String> categories, Telling telling) {
    SortedMap<Double, Integer> counts = new TreeMap<>();
    for (double value : values) {
      if (!Double.isNaN(value)) {
        counts.merge(value + 0.0, 1, Integer::sum);
      }
    }
    return categories.isEmpty() && counts.size() > MOST
        ? bar(feature, values, telling)
        : named(feature, values, categories, shown(counts, telling));
  }

  /// The values that have a swatch, ascending: the most frequent ones.
  private static List<Double> shown(SortedMap<Double, Integer> counts, Telling telling) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= telling.fewest())
        .sorted(Map.Entry.<Double, Integer>comparingByValue().reversed())
        .limit(MOST)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static Swatches named(
      String feature, double[] values, List<String> categories, List<Double> shown) {
    if (shown.isEmpty()) {
      return none();
    }
    Map<Double, Integer> places = new HashMap<>();
    List<String> colors = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      places.put(shown.get(i), i);
      names.add(FeatureAxis.name(shown.get(i), categories));
      int shade = i * (Sketch.SHADES - 1) / Math.max(1, shown.size() - 1);
      colors.add(categories.isEmpty() ? Sketch.shade(shade) : CATEGORIES.get(i));
    }
    int[] shades =
        Arrays.stream(values).mapToInt(v -> places.getOrDefault(v + 0.0, shown.size())).toArray();
    return new Swatches(feature, shades, colors, names, List.of());
  }

  private static Swatches bar(String feature, double[] values, Telling telling) {
    List<String> colors = new ArrayList<>();
    for (int shade = 0; shade < Sketch.SHADES; shade++) {
      colors.add(Sketch.shade(shade));
    }
    double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    List<Mark> marks = telling.areValues() ? ends(known) : means(known, telling.rows());
    return new Swatches(feature, ShapleySwarm.shades(values), colors, List.of(), marks);
  }

  /// The mean of each fifth; words where rows are too few for numbers.
  private static List<Mark> means(double[] sorted, int fewest) {
    int parts = Sketch.SHADES;
    if (sorted.length < parts * fewest) {
      return List.of(new Mark(0.5 / parts, "low"), new Mark(1 - 0.5 / parts, "high"));
    }
    List<Double> means = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int from = i * sorted.length / parts;
      int to = (i + 1) * sorted.length / parts;
      means.add(Arrays.stream(sorted, from, to).average().orElse(0));
    }
    return marks(means, 0.5 / parts, (parts - 0.5) / parts);
  }

  /// The smallest value, those between two fifths, and the largest.
  private static List<Mark> ends(double[] sorted) {
    List<Double> ends = new ArrayList<>();
    for (int i = 0; i <= Sketch.SHADES; i++) {
      ends.add(sorted[Math.min(sorted.length - 1, i * sorted.length / Sketch.SHADES)]);
    }
    return marks(ends, 0, 1);
  }

  private static List<Mark> marks(List<Double> numbers, double from, double to) {
    List<String> texts = Sketch.rounded(numbers);
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      marks.add(new Mark(from + i * (to - from) / (texts.size() - 1), texts.get(i)));
    }
    return marks;
  }

  boolean isNone() {
    return feature.isEmpty();
  }

  /// How many colors there are; the last is that of missing and other values.
  int count() {
    return colors.size() + 1;
  }

  int shade(int row) {
    return shades.length == 0 ? 0 : shades[row];
  }

  String color(int shade) {
    return shades.length == 0
        ? Sketch.LOWERS
        : shade < colors.size() ? colors.get(shade) : Sketch.shade(Sketch.SHADES);
  }

  private boolean hasOthers() {
    return Arrays.stream(shades).anyMatch(shade -> shade == colors.size());
  }

  /// Draws what the colors mean.
  void legend(Sketch sketch) {
    if (isNone()) {
      return;
    }
    sketch.name(Sketch.LEFT, 14, "start", "color: " + feature, Sketch.RIGHT - Sketch.LEFT);
    if (marks.isEmpty()) {
      names(sketch);
    } else {
      bar(sketch);
    }
  }

  private void bar(Sketch sketch) {
    double width = (BAR_TO - Sketch.FROM) / (double) colors.size();
    for (int shade = 0; shade < colors.size(); shade++) {
      sketch.box(Sketch.FROM + shade * width, 21, width, 8, colors.get(shade));
    }
    double last = Double.NEGATIVE_INFINITY;
    for (Mark mark : marks) {
      double x = Sketch.FROM + mark.at() * (BAR_TO - Sketch.FROM);
      double half = mark.text().length() * 3.3;
      if (x - half > last + 4) {
        String anchor = x - half < Sketch.LEFT ? "start" : "middle";
        sketch.label(anchor.equals("start") ? Sketch.LEFT : x, 42, anchor, mark.text());
        last = x + half;
      }
    }
    if (hasOthers()) {
      sketch.box(MISSING_FROM, 21, Sketch.RIGHT - MISSING_FROM, 8, color(colors.size()));
      sketch.label(Sketch.RIGHT, 42, "end", "missing");
    }
  }

  private void names(Sketch sketch) {
    List<String> all = new ArrayList<>(names);
    if (hasOthers()) {
      all.add("other, missing");
    }
    double room = (Sketch.RIGHT - Sketch.LEFT) / (double) Math.max(1, all.size());
    double x = Sketch.LEFT;
    for (int i = 0; i < all.size(); i++) {
      sketch.dots(new StringBuilder(Sketch.dot(x + 5, 30)), color(i), 9);
      sketch.name(x + 14, 34, "start", all.get(i), room - 18);
      x += Math.min(room, 28 + 6.6 * all.get(i).length());
    }
  }

  /// The legend in words.
  String alt() {
    if (isNone()) {
      return "";
    }
    String numbers =
        marks.isEmpty()
            ? String.join(", ", names)
            : String.join(", ", marks.stream().map(Mark::text).toList());
    return " The color is " + feature + (numbers.isEmpty() ? "." : ": " + numbers + ".");
  }
}
