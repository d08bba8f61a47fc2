package org.primum.report;

import java.util.List;
import java.util.OptionalDouble;

/// A picture of what matters for whom: for each feature one bar a group, as long as the mean
/// magnitude of its Shapley values there. Every bar bears its group's name, so that it reads
/// without colors.
public final class ShapleyGroupBars {

  /// More bars for one feature are no picture.
  public static final int MAX_GROUPS = 6;

  private static final int NAME = 22;
  private static final int BAR = 16;
  private static final int FROM = 118;
  private static final int TO = 306;

  private static final List<String> COLORS =
      List.of("var(--series-3)", "var(--series-4)", "var(--soft)", "var(--series-1)");

  private ShapleyGroupBars() {}

  /// A feature in every group.
  ///
  /// @param values at least 0, in the order of the groups; empty where a group has none
  public record Feature(String name, List<OptionalDouble> values) {
    public Feature {
      values = List.copyOf(values);
    }
  }

  /// The picture as one `<svg>` element.
  ///
  /// @param groups names, at most [#MAX_GROUPS]
  /// @param features most important first
  public static String svg(List<String> groups, List<Feature> features) {
    if (groups.size() > MAX_GROUPS
        || features.stream().anyMatch(f -> f.values().size() != groups.size())) {
      throw new IllegalArgumentException("every feature has a value for each of a few groups");
    }
    int lane = NAME + BAR * groups.size() + 8;
    Sketch sketch =
        new Sketch(lane * features.size() + 4, "What matters, by group", alt(groups, features));
    double longest =
        features.stream()
            .flatMap(f -> f.values().stream())
            .mapToDouble(v -> v.orElse(0))
            .max()
            .orElse(0);
    for (int i = 0; i < features.size(); i++) {
      feature(sketch, groups, features.get(i), i * lane, longest);
    }
    return sketch.svg();
  }

  private static void feature(
      Sketch sketch, List<String> groups, Feature feature, int top, double longest) {
    sketch.name(Sketch.LEFT, top + 15, "start", feature.name(), 340);
    for (int i = 0; i < groups.size(); i++) {
      int y = top + NAME + BAR * i;
      OptionalDouble value = feature.values().get(i);
      sketch.name(FROM - 6, y + 10, "end", groups.get(i), FROM - 16);
      double length = longest > 0 ? value.orElse(0) / longest * (TO - FROM) : 0;
      if (value.isPresent()) {
        sketch.box(FROM, y + 1, length, 10, COLORS.get(i % COLORS.size()));
      }
      String words = value.isPresent() ? Sketch.number(value.getAsDouble()) : "not told";
      sketch.label(FROM + length + 5, y + 10, "start", words);
    }
  }

  private static String alt(List<String> groups, List<Feature> features) {
    StringBuilder alt = new StringBuilder("Mean magnitude of the Shapley values. ");
    for (Feature feature : features) {
      alt.append(feature.name()).append(": ");
      for (int i = 0; i < groups.size(); i++) {
        OptionalDouble value = feature.values().get(i);
        alt.append(i == 0 ? "" : ", ").append(groups.get(i)).append(' ');
        alt.append(value.isPresent() ? Sketch.number(value.getAsDouble()) : "not told");
      }
      alt.append(". ");
    }
    return alt.toString().strip();
  }
}
