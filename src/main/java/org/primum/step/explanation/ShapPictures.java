package org.primum.step.explanation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.primum.document.ShapleyInteractions;
import org.primum.document.ShapleyShard;
import org.primum.explain.summary.FeatureProfile;
import org.primum.explain.summary.InteractionHint;
import org.primum.explain.summary.RowOrder;
import org.primum.explain.summary.ShapleySample;
import org.primum.explain.summary.ShapleySummary;
import org.primum.explain.summary.ShapleySummary.Importance;
import org.primum.explain.summary.ShapleySummary.Output;
import org.primum.model.Feature;
import org.primum.report.FeatureAxis;
import org.primum.report.ShapleyBars;
import org.primum.report.ShapleyBump;
import org.primum.report.ShapleyHeat;
import org.primum.report.ShapleyScatter;
import org.primum.report.ShapleySwarm;
import org.primum.report.Swatches;

/// The pictures of explanations: what of a summary and a sample of rows each of them shows.
record ShapPictures(ShapleyShard shard, ShapleySummary summary, Dots dots) {

  private static final int BARS = 15;
  static final int LANES = 10;

  /// The rows that are drawn.
  ///
  /// @param features as the model reads them; empty where the rows' own values are not known
  record Dots(ShapleySample sample, List<Feature> features, PictureAsk ask) {
    Dots {
      features = List.copyOf(features);
    }

    /// Shapley values of rows whose own values are not known: what shards carry.
    static Dots withoutValues(ShapleySample sample) {
      return new Dots(sample, List.of(), PictureAsk.nothing());
    }

    boolean hasValues() {
      return !features.isEmpty() && sample.rows() > 0;
    }
  }

  /// A picture and what stands below it.
  ///
  /// @param file what its file is called, without an ending
  record Drawn(String file, String title, String svg, String caption) {}

  static List<Importance> top(Output output, int most) {
    return output.features().subList(0, Math.min(most, output.features().size()));
  }

  String bars(Output output) {
    List<ShapleyBars.Bar> bars = new ArrayList<>();
    top(output, BARS).forEach(f -> bars.add(new ShapleyBars.Bar(f.feature(), f.meanAbs())));
    List<Importance> rest = output.features().subList(bars.size(), output.features().size());
    if (!rest.isEmpty()) {
      double sum = rest.stream().mapToDouble(Importance::meanAbs).sum();
      bars.add(new ShapleyBars.Bar(others(rest.size()) + ", added up", sum, true));
    }
    return ShapleyBars.svg(bars);
  }

  static String others(int count) {
    return count == 1 ? "1 other feature" : count + " other features";
  }

  String swarm(int output) {
    List<ShapleySwarm.Lane> lanes = new ArrayList<>();
    List<Integer> drawn = drawn(output);
    for (int feature : drawn) {
      lanes.add(
          lane(
              shard.features().get(feature),
              dots.sample().phi(output, feature),
              dots.sample().values(feature)));
    }
    int rest = shard.features().size() - drawn.size();
    if (rest > 0 && isComplete()) {
      double[] unknown = new double[dots.sample().rows()];
      Arrays.fill(unknown, Double.NaN);
      lanes.add(new ShapleySwarm.Lane(others(rest) + " together", rest(output, drawn), unknown));
    }
    return ShapleySwarm.svg(lanes);
  }

  /// Without the rows whose value was withheld.
  private static ShapleySwarm.Lane lane(String feature, double[] phi, double[] values) {
    int[] shown = IntStream.range(0, phi.length).filter(i -> !Double.isNaN(phi[i])).toArray();
    return new ShapleySwarm.Lane(
        feature,
        Arrays.stream(shown).mapToDouble(i -> phi[i]).toArray(),
        Arrays.stream(shown).mapToDouble(i -> values[i]).toArray());
  }

  /// Whether each row's values are there, none withheld.
  boolean isComplete() {
    return shard.emission().top() == 0;
  }

  /// Whether effects can be drawn by the values of their features.
  boolean hasDependence() {
    return isComplete() && dots.hasValues();
  }

  /// The features that pictures of single rows show, most important first.
  private List<Integer> drawn(int output) {
    return top(summary.outputs().get(output), LANES).stream()
        .map(f -> shard.features().indexOf(f.feature()))
        .toList();
  }

  /// What all features but some gave to each row.
  private double[] rest(int output, List<Integer> but) {
    double[] sums = new double[dots.sample().rows()];
    for (int feature = 0; feature < shard.features().size(); feature++) {
      if (!but.contains(feature)) {
        double[] phi = dots.sample().phi(output, feature);
        Arrays.setAll(sums, i -> sums[i] + phi[i]);
      }
    }
    return sums;
  }

  String heat(int output) {
    Output one = summary.outputs().get(output);
    double base = one.baseValue();
    double[] margins = Arrays.stream(rest(output, List.of())).map(sum -> base + sum).toArray();
    List<Integer> order = order(output, margins);
    List<ShapleyHeat.Lane> lanes = new ArrayList<>();
    List<Integer> drawn = drawn(output);
    for (int feature : drawn) {
      String name = shard.features().get(feature);
      lanes.add(heatLane(name, dots.sample().phi(output, feature), order));
    }
    int rest = shard.features().size() - drawn.size();
    if (rest > 0) {
      lanes.add(heatLane(others(rest) + " together", rest(output, drawn), order));
    }
    return ShapleyHeat.svg(ordered(margins, order), base, lanes, together());
  }

  private static ShapleyHeat.Lane heatLane(String name, double[] phi, List<Integer> order) {
    double meanAbs = Arrays.stream(phi).map(Math::abs).average().orElse(0);
    return new ShapleyHeat.Lane(name, ordered(phi, order), meanAbs);
  }

  private static double[] ordered(double[] values, List<Integer> order) {
    return order.stream().mapToDouble(row -> values[row]).toArray();
  }

  /// Rows explained alike beside each other, from the end where predictions are lower.
  private List<Integer> order(int output, double[] margins) {
    List<double[]> columns =
        IntStream.range(0, shard.features().size())
            .mapToObj(feature -> dots.sample().phi(output, feature))
            .toList();
    List<Integer> order = RowOrder.of(columns, margins.length);
    int half = order.size() / 2;
    double left = order.stream().limit(half).mapToDouble(row -> margins[row]).average().orElse(0);
    double right = order.stream().skip(half).mapToDouble(row -> margins[row]).average().orElse(0);
    return left <= right ? order : order.reversed();
  }

  /// What pictures may tell of the rows. No fewer are told of together than are of a group.
  FeatureAxis.Telling telling() {
    return dots.ask().areValues()
        ? FeatureAxis.Telling.VALUES
        : FeatureAxis.Telling.ranks(shard.minCohort());
  }

  /// How many rows one mark of a picture stands for at least, where marks tell several things of a
  /// row at once.
  int together() {
    return dots.ask().areValues() ? 1 : telling().rows();
  }

  /// Whether there are rows enough to draw predictions from low to high.
  boolean hasHeat() {
    return isComplete() && dots.sample().rows() >= 2 * together();
  }

  /// Whether a feature has values in any drawn row; a group of features has none.
  boolean isKnown(String name) {
    double[] values = dots.sample().values(shard.features().indexOf(name));
    return Arrays.stream(values).anyMatch(value -> !Double.isNaN(value));
  }

  /// A feature's effect by its value.
  Drawn dependence(int output, String name) {
    int feature = shard.features().indexOf(name);
    double[] phi = dots.sample().phi(output, feature);
    OptionalInt other = partner(output, phi, feature);
    return drawn(name, axis(feature), phi, other);
  }

  /// A feature's effect by its value, the color of a chosen other feature.
  Drawn dependence(int output, String name, String other) {
    int feature = shard.features().indexOf(name);
    return drawn(
        name,
        axis(feature),
        dots.sample().phi(output, feature),
        OptionalInt.of(shard.features().indexOf(other)));
  }

  private FeatureAxis axis(int feature) {
    return FeatureAxis.of(
        dots.sample().values(feature), dots.features().get(feature).categories(), telling());
  }

  private Drawn drawn(String name, FeatureAxis axis, double[] phi, OptionalInt other) {
    Swatches swatches = other.isPresent() ? swatches(other.getAsInt()) : Swatches.none();
    return new Drawn(
        "dependence-" + slug(name),
        name,
        ShapleyScatter.svg(name, axis, phi, swatches),
        axis.left() == 0 ? "" : axis.left() + " rows not drawn: their values are too rare");
  }

  private Swatches swatches(int feature) {
    return Swatches.of(
        shard.features().get(feature),
        dots.sample().values(feature),
        dots.features().get(feature).categories(),
        telling());
  }

  /// The feature with known values it interacts with most: by interaction values where there are
  /// any, else by a guess.
  private OptionalInt partner(int output, double[] phi, int feature) {
    return shard
        .interactions()
        .map(found -> exactly(found, output, feature))
        .orElseGet(() -> guessed(phi, feature));
  }

  private OptionalInt exactly(ShapleyInteractions found, int output, int feature) {
    int best = -1;
    double most = 0;
    for (int other = 0; other < shard.features().size(); other++) {
      double meanAbs = found.meanAbs(output, feature, other);
      if (meanAbs > most && isKnown(shard.features().get(other))) {
        best = other;
        most = meanAbs;
      }
    }
    return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }

  private OptionalInt guessed(double[] phi, int feature) {
    List<Integer> others = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    for (int i = 0; i < shard.features().size(); i++) {
      if (i != feature) {
        others.add(i);
        values.add(dots.sample().values(i));
      }
    }
    OptionalInt found = InteractionHint.of(phi, dots.sample().values(feature), values);
    return found.isPresent() ? OptionalInt.of(others.get(found.getAsInt())) : found;
  }

  /// The order of the features then and now.
  static String ranks(List<FeatureProfile> before, List<FeatureProfile> now) {
    List<String> then = order(before);
    List<String> today = order(now);
    int drawn = Math.clamp(today.size(), 1, LANES);
    Set<String> shown = new LinkedHashSet<>(today.subList(0, Math.min(drawn, today.size())));
    shown.addAll(then.subList(0, Math.min(drawn, then.size())));
    List<ShapleyBump.Place> places = new ArrayList<>();
    for (String feature : shown) {
      places.add(new ShapleyBump.Place(feature, rank(then, feature), rank(today, feature)));
    }
    return ShapleyBump.svg("baseline", "now", drawn, places);
  }

  private static OptionalInt rank(List<String> order, String feature) {
    int at = order.indexOf(feature);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(at + 1);
  }

  private static List<String> order(List<FeatureProfile> features) {
    return features.stream()
        .sorted(Comparator.comparingDouble((FeatureProfile f) -> -f.meanAbs()))
        .map(FeatureProfile::feature)
        .toList();
  }

  /// A name as part of a file's name.
  static String slug(String name) {
    String plain = name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = plain.substring(0, Math.min(40, plain.length())).replaceAll("^-|-$", "");
    return cut.isEmpty() ? "x" : cut;
  }
}
