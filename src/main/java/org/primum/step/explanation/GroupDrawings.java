package org.primum.step.explanation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.primum.explain.summary.ShapleyContrast;
import org.primum.explain.summary.ShapleySummary.Group;
import org.primum.explain.summary.ShapleySummary.Importance;
import org.primum.explain.summary.ShapleySummary.Output;
import org.primum.gate.Interval;
import org.primum.report.FeatureAxis;
import org.primum.report.ShapleyDifference;
import org.primum.report.ShapleyGroupBars;

/// Groups of people in pictures: what each of them shows of a summary.
final class GroupDrawings {

  private static final int GROUP_FEATURES = 6;

  private GroupDrawings() {}

  /// The columns by which groups are told apart.
  static List<String> attributes(Output output) {
    return output.groups().stream().map(GroupDrawings::attribute).distinct().toList();
  }

  private static String attribute(Group group) {
    return group.name().substring(0, Math.max(0, group.name().indexOf('=')));
  }

  private static String value(Group group) {
    return group.name().substring(group.name().indexOf('=') + 1);
  }

  /// The groups of an attribute that are drawn: those of enough rows, in their order, and of many
  /// the largest.
  static List<Group> groups(Output output, String attribute, int most) {
    List<Group> all =
        output.groups().stream()
            .filter(
                g -> attribute(g).equals(attribute) && g.rows() >= FeatureAxis.Telling.RANKS.rows())
            .toList();
    List<Group> largest =
        all.stream().sorted((a, b) -> Long.compare(b.rows(), a.rows())).limit(most).toList();
    return all.stream().filter(largest::contains).toList();
  }

  /// Mean magnitudes by group beside each other.
  static String groupBars(Output output, String attribute) {
    List<Group> groups = groups(output, attribute, ShapleyGroupBars.MAX_GROUPS);
    List<ShapleyGroupBars.Feature> features = new ArrayList<>();
    for (Importance one : ShapPictures.top(output, GROUP_FEATURES)) {
      List<OptionalDouble> values =
          groups.stream()
              .map(g -> of(g, one.feature()).map(Importance::meanAbs))
              .map(o -> o.isPresent() ? OptionalDouble.of(o.get()) : OptionalDouble.empty())
              .toList();
      features.add(new ShapleyGroupBars.Feature(one.feature(), values));
    }
    return ShapleyGroupBars.svg(groups.stream().map(GroupDrawings::value).toList(), features);
  }

  private static Optional<Importance> of(Group group, String feature) {
    return group.features().stream().filter(f -> f.feature().equals(feature)).findFirst();
  }

  /// Which features make the mean prediction of the two largest groups differ.
  static ShapPictures.Drawn difference(Output output, int features, String attribute) {
    List<Group> two = groups(output, attribute, 2);
    Group first = two.getFirst();
    Group second = two.getLast();
    List<ShapleyDifference.Row> rows = new ArrayList<>();
    double all = 0;
    for (Importance one : output.features()) {
      double difference =
          of(first, one.feature()).map(Importance::mean).orElse(Double.NaN)
              - of(second, one.feature()).map(Importance::mean).orElse(Double.NaN);
      if (!Double.isNaN(difference)) {
        rows.add(new ShapleyDifference.Row(one.feature(), difference));
        all += difference;
      }
    }
    rows.sort((a, b) -> Double.compare(Math.abs(b.difference()), Math.abs(a.difference())));
    boolean whole = rows.size() == features;
    List<ShapleyDifference.Row> shown =
        new ArrayList<>(rows.subList(0, Math.min(ShapPictures.LANES, rows.size())));
    double rest =
        rows.stream().skip(ShapPictures.LANES).mapToDouble(ShapleyDifference.Row::difference).sum();
    if (rows.size() > ShapPictures.LANES) {
      shown.add(
          new ShapleyDifference.Row(
              ShapPictures.others(rows.size() - ShapPictures.LANES) + " together", rest));
    }
    String pair = value(first) + " minus " + value(second);
    return new ShapPictures.Drawn(
        "difference-" + ShapPictures.slug(attribute),
        attribute,
        ShapleyDifference.svg(
            pair, "lower for " + value(first), "higher for " + value(first), shown),
        "Mean phi, "
            + pair
            + (whole
                ? "; all bars add up to "
                    + ShapSections.number(all).replace('-', '−')
                    + ", the difference of their mean margins."
                : "."));
  }

  /// The group of the attribute that differs most from everyone else in one feature, and in which
  /// features it does, with intervals.
  static Optional<ShapPictures.Drawn> contrast(Output output, String attribute) {
    return groups(output, attribute, Integer.MAX_VALUE).stream()
        .filter(group -> !group.contrasts().isEmpty())
        .max(Comparator.comparingDouble(GroupDrawings::farthest))
        .map(GroupDrawings::contrast);
  }

  private static double farthest(Group group) {
    return group.contrasts().stream().mapToDouble(c -> Math.abs(c.difference())).max().orElse(0);
  }

  private static ShapPictures.Drawn contrast(Group group) {
    List<ShapleyDifference.Row> rows =
        group.contrasts().stream()
            .sorted(Comparator.comparingDouble((ShapleyContrast c) -> -Math.abs(c.difference())))
            .limit(ShapPictures.LANES)
            .map(GroupDrawings::row)
            .toList();
    String name = value(group);
    return new ShapPictures.Drawn(
        "contrast-" + ShapPictures.slug(attribute(group)),
        name,
        ShapleyDifference.svg(
            "Mean |phi|, " + name + " minus everyone else",
            "weighs less for " + name,
            "weighs more for " + name,
            rows),
        "Mean |phi|, "
            + name
            + " minus everyone else, with 95 % intervals: the group that differs most.");
  }

  private static ShapleyDifference.Row row(ShapleyContrast one) {
    return switch (one.usualInterval()) {
      case Interval.None() -> new ShapleyDifference.Row(one.feature(), one.difference());
      case Interval.Bounds(double low, double high) ->
          new ShapleyDifference.Row(one.feature(), one.difference(), low, high);
    };
  }
}
