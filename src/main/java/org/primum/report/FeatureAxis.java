package org.primum.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where the rows of a picture stand along the values of one feature, and what is written there.
///
/// A value of a patient is not written unless that is asked for: rows stand in bands between round
/// numbers, each of at least [Telling#rows] rows and in them in the order of their values; a value
/// that fewer rows have than that is not drawn at all.
public final class FeatureAxis {

  /// Features with at most so many values have a place for each.
  static final int MAX_PLACES = 8;

  /// How far the part for missing values begins.
  private static final double KNOWN_TO = 0.8;

  private static final int BINS = 10;
  private static final int COLUMNS = 20;

  /// What a picture may tell.
  ///
  /// @param areValues whether the values themselves, rather than their order and bands of many rows
  /// @param rows the fewest rows of which a mean is drawn, or anything where it is not values
  public record Telling(boolean areValues, int rows) {

    private static final int USUAL_ROWS = 11;

    /// The order of the values, and bands of eleven rows or more.
    public static final Telling RANKS = new Telling(false, USUAL_ROWS);

    /// The values themselves.
    public static final Telling VALUES = new Telling(true, USUAL_ROWS);

    /// The order of the values, and bands of so many rows, never fewer than eleven.
    public static Telling ranks(int rows) {
      return new Telling(false, Math.max(USUAL_ROWS, rows));
    }

    /// The fewest rows of which a number or a value is written.
    int fewest() {
      return areValues ? 1 : rows;
    }
  }

  /// What is written below.
  record Label(double at, String text) {}

  /// Rows beside each other along the axis, by their position; a mean over them can be drawn.
  record Stretch(double from, double to, List<Integer> rows) {
    Stretch {
      rows = List.copyOf(rows);
    }
  }

  /// How many rows lie where.
  ///
  /// @param height rows for each length of the axis
  record Column(double from, double to, double height) {}

  private final double[] at;
  private final double[] room;
  private final List<Label> labels = new ArrayList<>();
  private final List<Stretch> stretches = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private boolean placed;
  private int left;

  private FeatureAxis(int rows) {
    this.at = new double[rows];
    this.room = new double[rows];
    Arrays.fill(at, Double.NaN);
  }

  /// @param values NaN where they are missing
  /// @param categories names of the values 0, 1, 2…; empty for a number
  public static FeatureAxis of(double[] values, List<String> categories, Telling telling) {
    FeatureAxis axis = new FeatureAxis(values.length);
    SortedMap<Double, List<Integer>> known = new TreeMap<>();
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        missing.add(i);
      } else {
        known.computeIfAbsent(values[i] + 0.0, _ -> new ArrayList<>()).add(i);
      }
    }
    boolean isMissingDrawn = missing.size() >= telling.fewest();
    axis.left += isMissingDrawn ? 0 : missing.size();
    double to = isMissingDrawn ? KNOWN_TO : 1;
    if (!categories.isEmpty() || known.size() <= MAX_PLACES) {
      axis.places(known, categories, telling, to);
    } else {
      axis.line(known, telling, to);
    }
    if (isMissingDrawn) {
      axis.place("missing", missing, KNOWN_TO + 0.04, 1);
    }
    return axis;
  }

  /// How many rows have a value that is too rare to be drawn.
  public int left() {
    return left;
  }

  /// Whether values have places, and do not run on.
  public boolean isPlaced() {
    return placed;
  }

  /// Where a row stands, in [0, 1]; NaN where it is not drawn.
  double at(int row) {
    return at[row];
  }

  /// How far to either side a row may stand, so that equal ones are seen.
  double room(int row) {
    return room[row];
  }

  List<Label> labels() {
    return List.copyOf(labels);
  }

  List<Stretch> stretches() {
    return List.copyOf(stretches);
  }

  /// A histogram; empty where rows are too few for one.
  List<Column> columns() {
    return List.copyOf(columns);
  }

  private void places(
      SortedMap<Double, List<Integer>> known, List<String> categories, Telling telling, double to) {
    placed = true;
    List<Double> shown = new ArrayList<>();
    List<Integer> rest = new ArrayList<>();
    int fewest = telling.fewest();
    List<Double> byRows = new ArrayList<>(known.keySet());
    byRows.sort((a, b) -> Integer.compare(rows(known, b), rows(known, a)));
    for (double value : byRows) {
      if (rows(known, value) >= fewest && shown.size() < MAX_PLACES) {
        shown.add(value);
      } else {
        rest.addAll(known.getOrDefault(value, List.of()));
      }
    }
    shown.sort(Double::compare);
    boolean isRestDrawn = rest.size() >= fewest && known.size() > shown.size() + 1;
    left += isRestDrawn ? 0 : rest.size();
    double width = to / Math.max(1, shown.size() + (isRestDrawn ? 1 : 0));
    for (int i = 0; i < shown.size(); i++) {
      String name = name(shown.get(i), categories);
      place(name, known.getOrDefault(shown.get(i), List.of()), i * width, (i + 1) * width);
    }
    if (isRestDrawn) {
      place("others", rest, to - width, to);
    }
  }

  private static int rows(SortedMap<Double, List<Integer>> known, double value) {
    return known.getOrDefault(value, List.of()).size();
  }

  static String name(double value, List<String> categories) {
    boolean named = value >= 0 && value < categories.size() && value == Math.rint(value);
    return named ? categories.get((int) value) : Sketch.tick(value);
  }

  private void place(String name, List<Integer> rows, double from, double to) {
    for (int row : rows) {
      at[row] = (from + to) / 2;
      room[row] = (to - from) * 0.36;
    }
    labels.add(new Label((from + to) / 2, name));
    double inset = (to - from) * 0.12;
    stretches.add(new Stretch(from + inset, to - inset, rows));
    column(from + inset, to - inset, rows.size());
  }

  private void column(double from, double to, int rows) {
    columns.add(new Column(from, to, rows / (to - from)));
  }

  private void line(SortedMap<Double, List<Integer>> known, Telling telling, double to) {
    List<Integer> order = new ArrayList<>();
    known.values().forEach(order::addAll);
    if (telling.areValues()) {
      scale(known, to);
    } else {
      Optional<FeatureBands> bands = FeatureBands.of(sorted(known), telling.rows());
      bands.ifPresentOrElse(found -> bands(known, found, to), () -> ranks(known, to));
    }
    int bins = Math.min(BINS, order.size() / telling.rows());
    for (int bin = 0; bin < bins; bin++) {
      List<Integer> rows = part(order, bin, bins);
      double middle = rows.stream().mapToDouble(row -> at[row]).average().orElse(0);
      stretches.add(new Stretch(middle, middle, rows));
    }
  }

  private static double[] sorted(SortedMap<Double, List<Integer>> known) {
    return known.entrySet().stream()
        .flatMap(e -> e.getValue().stream().map(_ -> e.getKey()))
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /// Rows lie evenly in their band, in the order of their values.
  private void bands(SortedMap<Double, List<Integer>> known, FeatureBands bands, double to) {
    for (int band = 0; band < bands.count(); band++) {
      int place = band;
      SortedMap<Double, List<Integer>> inside = new TreeMap<>(known);
      inside.keySet().removeIf(value -> bands.band(value) != place);
      int rows = spread(inside, bands.from(band) * to, bands.to(band) * to);
      column(bands.from(band) * to, bands.to(band) * to, rows);
    }
    bands.labels().forEach(label -> labels.add(new Label(label.at() * to, label.text())));
  }

  /// Without a number, where there are too few rows for one.
  private void ranks(SortedMap<Double, List<Integer>> known, double to) {
    spread(known, 0, to);
    labels.add(new Label(0.05, "low"));
    labels.add(new Label(to - 0.05, "high"));
  }

  /// Lays rows evenly in the order of their values; equal values share the middle of their ranks.
  ///
  /// @return how many they are
  private int spread(SortedMap<Double, List<Integer>> known, double from, double to) {
    int all = known.values().stream().mapToInt(List::size).sum();
    int below = 0;
    for (List<Integer> rows : known.values()) {
      double middle = from + (below + rows.size() / 2.0) / all * (to - from);
      rows.forEach(row -> at[row] = middle);
      below += rows.size();
    }
    return all;
  }

  private void scale(SortedMap<Double, List<Integer>> known, double to) {
    Span span = Span.of(known.firstKey(), known.lastKey());
    int[] counts = new int[COLUMNS];
    known.forEach((value, rows) -> {
      rows.forEach(row -> at[row] = span.share(value) * to);
      counts[Math.min(COLUMNS - 1, (int) (span.share(value) * COLUMNS))] += rows.size();
    });
    for (int i = 0; i < COLUMNS; i++) {
      column(i * to / COLUMNS, (i + 1) * to / COLUMNS, counts[i]);
    }
    int decimals = Sketch.decimals(span.step());
    span.ticks().forEach(t -> labels.add(new Label(span.share(t) * to, Sketch.round(t, decimals))));
  }

  private static List<Integer> part(List<Integer> order, int index, int parts) {
    return order.subList(index * order.size() / parts, (index + 1) * order.size() / parts);
  }
}
