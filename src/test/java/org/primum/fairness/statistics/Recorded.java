package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.primum.fairness.Fixtures;
import org.primum.gate.Interval.Bounds;

/// What SciPy 1.17.1, statsmodels 0.15.0, scikit-learn 1.9.1 and AIF360 0.6.1 said of cohort.csv
/// (testdata/fairness), and the rows of it.
public final class Recorded {

  public static final JsonNode SCIPY = json("scipy");
  public static final JsonNode SKLEARN = json("sklearn");
  public static final JsonNode AIF360 = json("aif360");
  public static final List<Row> ROWS = rows();

  private Recorded() {}

  /// One patient of cohort.csv.
  public record Row(
      int label, double score, int prediction, String race, String sex, double weight) {

    public String raceOrMissing() {
      return race.isEmpty() ? "<missing>" : race;
    }
  }

  /// Rows by distinct score: how many, how many positives, and their weights.
  public static final class ByScore {
    public final double[] scores;
    public final double[] rows;
    public final double[] positives;
    public final double[] negatives;
    public final double[] weights;
    public final double[] positiveWeights;
    public final double[] negativeWeights;
    public final double effective;
    public final double effectivePositives;
    public final double effectiveNegatives;

    ByScore(List<Row> of) {
      SortedMap<Double, List<Row>> byScore = new TreeMap<>();
      of.forEach(row -> byScore.computeIfAbsent(row.score(), _ -> new ArrayList<>()).add(row));
      scores = byScore.keySet().stream().mapToDouble(score -> score).toArray();
      rows = column(byScore, row -> 1);
      positives = column(byScore, Row::label);
      negatives = column(byScore, row -> 1 - row.label());
      weights = column(byScore, Row::weight);
      positiveWeights = column(byScore, row -> row.label() * row.weight());
      negativeWeights = column(byScore, row -> (1 - row.label()) * row.weight());
      effective = kish(of, _ -> true);
      effectivePositives = kish(of, row -> row.label() == 1);
      effectiveNegatives = kish(of, row -> row.label() == 0);
    }

    private static double[] column(
        SortedMap<Double, List<Row>> byScore, java.util.function.ToDoubleFunction<Row> value) {
      return byScore.values().stream()
          .mapToDouble(rows -> rows.stream().mapToDouble(value).sum())
          .toArray();
    }
  }

  private static double kish(List<Row> rows, Predicate<Row> which) {
    double sum = rows.stream().filter(which).mapToDouble(Row::weight).sum();
    double squares = rows.stream().filter(which).mapToDouble(r -> r.weight() * r.weight()).sum();
    return squares == 0 ? 0 : sum * sum / squares;
  }

  public static ByScore byScore(Predicate<Row> which) {
    return new ByScore(ROWS.stream().filter(which).toList());
  }

  /// The group that a key of sklearn.json names: all, a race, a sex, or race|sex.
  public static Predicate<Row> group(String key) {
    return row ->
        key.equals("all")
            || key.equals(row.raceOrMissing())
            || key.equals(row.sex())
            || key.equals(row.raceOrMissing() + "|" + row.sex());
  }

  /// Counts of a race of complete cases or `<missing>`: tp, fp, fn, tn.
  public static long[] confusion(String group) {
    List<Row> rows = ROWS.stream().filter(group(group)).toList();
    long[] counts = new long[4];
    rows.forEach(row -> counts[cell(row)]++);
    return counts;
  }

  private static int cell(Row row) {
    return row.prediction() == 1 ? 1 - row.label() : 3 - row.label();
  }

  /// All two-by-two tables of scipy.json whose denominators are not 0, with their names.
  public static SortedMap<String, JsonNode> twoByTwo() {
    SortedMap<String, JsonNode> tables = new TreeMap<>();
    SCIPY
        .at("/two_proportions/race_vs_White")
        .properties()
        .forEach(group -> put(tables, group.getKey() + " ", group.getValue()));
    for (String set : List.of("sex_F_vs_M", "newcombe_1998_table_II", "degenerate")) {
      put(tables, set + " ", SCIPY.at("/two_proportions/" + set));
    }
    assertThat(tables.size()).isGreaterThan(30);
    return tables;
  }

  private static void put(SortedMap<String, JsonNode> tables, String prefix, JsonNode named) {
    named.properties().stream()
        .filter(one -> !one.getValue().has("undefined"))
        .forEach(one -> tables.put(prefix + one.getKey(), one.getValue()));
  }

  public static Proportion first(JsonNode table) {
    return Proportion.of(table.get("x1").longValue(), table.get("n1").longValue());
  }

  public static Proportion second(JsonNode table) {
    return Proportion.of(table.get("x2").longValue(), table.get("n2").longValue());
  }

  /// One entry of the one-sample section, n > 0.
  public static List<JsonNode> oneSample() {
    List<JsonNode> cases = new ArrayList<>();
    SCIPY.at("/one_proportion/grid").forEach(cases::add);
    SCIPY.at("/one_proportion/cohort").forEach(group -> group.forEach(cases::add));
    return cases.stream().filter(one -> one.path("n").asLong() > 0).toList();
  }

  public static void assertBounds(Bounds ours, JsonNode expected, double tolerance, Object what) {
    assertThat(ours.low())
        .as("low of %s", what)
        .isCloseTo(expected.get(0).asDouble(), within(tolerance));
    double high = number(expected.get(1));
    if (Double.isInfinite(high)) {
      assertThat(ours.high()).as("high of %s", what).isInfinite();
    } else {
      assertThat(ours.high())
          .as("high of %s", what)
          .isCloseTo(high, within(tolerance * Math.max(1, high)));
    }
  }

  /// A number, or one of the strings that stand for what JSON cannot hold.
  public static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.textValue()) : node.doubleValue();
  }

  public static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).doubleValue();
    }
    return numbers;
  }

  private static JsonNode json(String name) {
    return Fixtures.json(name);
  }

  private static List<Row> rows() {
    try (Stream<String> lines = Files.lines(Path.of("testdata/fairness/cohort.csv"))) {
      return lines.skip(1).map(Recorded::row).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    String[] cells = line.split(",", -1);
    return new Row(
        Integer.parseInt(cells[1]),
        Double.parseDouble(cells[2]),
        Integer.parseInt(cells[3]),
        cells[4],
        cells[5],
        Double.parseDouble(cells[7]));
  }
}
