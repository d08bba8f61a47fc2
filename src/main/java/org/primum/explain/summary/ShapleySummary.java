package org.primum.explain.summary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/// Which features move the model's margin, for everyone and in each group.
///
/// @param outputs one for each margin of the model, in class order
/// @param leftOut attributes with too many values to group by
/// @param suppressed groups that are not told because they, or what they leave of everyone, are
///   small, as `attribute=value`
/// @param additivityMax the largest additivity error of a row
public record ShapleySummary(
    long rows,
    List<Output> outputs,
    List<String> leftOut,
    List<String> suppressed,
    double additivityMax) {

  /// A group of fewer rows is not told, unless something else is asked for.
  public static final int USUAL_COHORT = 11;

  /// How much a summary tells.
  ///
  /// @param topK how many features each list holds
  /// @param minCohort rows a group has at least; 0 tells of all groups
  /// @param groups whether groups are told: not those of one shard, since what the others have
  ///   would follow from the whole
  public record Extent(int topK, int minCohort, boolean groups) {}

  /// What is said of one margin.
  ///
  /// @param features most important first
  /// @param groups in the order of attribute and value
  /// @param profile of every feature, in the model's order
  public record Output(
      double baseValue,
      List<Importance> features,
      List<Group> groups,
      List<FeatureProfile> profile) {
    public Output {
      features = List.copyOf(features);
      profile = List.copyOf(profile);
      groups = List.copyOf(groups);
    }
  }

  /// The features in one group, most important first.
  ///
  /// @param name `attribute=value`
  /// @param contrasts with everyone else, in the order of the features; none where there is nobody
  ///   else
  public record Group(
      String name, long rows, List<Importance> features, List<ShapleyContrast> contrasts) {
    public Group {
      features = List.copyOf(features);
      contrasts = List.copyOf(contrasts);
    }
  }

  /// How much one feature matters.
  ///
  /// @param meanAbs mean magnitude of its Shapley values, at least 0
  /// @param mean mean of its Shapley values
  /// @param rank 1 for the largest `meanAbs`; ties stand in the model's order of features
  public record Importance(
      String feature, double meanAbs, double mean, int rank, ShapleySpread spread) {}

  public ShapleySummary {
    outputs = List.copyOf(outputs);
    leftOut = List.copyOf(leftOut);
    suppressed = List.copyOf(suppressed);
  }

  /// The summary of a tally; without rows no feature is listed.
  ///
  /// @param baseValues one for each output
  /// @param features names in the model's order
  public static ShapleySummary of(
      ShapleyTally tally, double[] baseValues, List<String> features, Extent extent) {
    return new Summing(tally, features, extent).summary(baseValues);
  }

  private record Summing(ShapleyTally tally, List<String> features, Extent extent) {

    ShapleySummary summary(double[] baseValues) {
      List<Set<String>> hidden = hidden();
      List<String> leftOut = new ArrayList<>();
      List<String> suppressed = new ArrayList<>();
      for (int i = 0; i < tally.attributes().size(); i++) {
        String attribute = tally.attributes().get(i);
        if (tally.groups(i).isEmpty()) {
          leftOut.add(attribute);
        }
        hidden.get(i).forEach(value -> suppressed.add(attribute + "=" + value));
      }
      List<Output> outputs = new ArrayList<>();
      for (int output = 0; output < tally.outputs(); output++) {
        List<Importance> everyone = ranked(tally.overall(), output);
        outputs.add(
            new Output(baseValues[output], everyone, groups(output, hidden), profile(output)));
      }
      return new ShapleySummary(
          tally.overall().rows(), outputs, leftOut, suppressed, tally.additivityMax());
    }

    private SortedMap<String, ShapleySums> groupsOf(int attribute) {
      return extent.groups()
          ? tally.groups(attribute).orElse(Collections.emptySortedMap())
          : Collections.emptySortedMap();
    }

    private List<FeatureProfile> profile(int output) {
      ShapleySums everyone = tally.overall();
      List<FeatureProfile> profile = new ArrayList<>();
      for (int i = 0; i < features.size() && everyone.rows() > 0; i++) {
        profile.add(
            everyone.profile(
                features.get(i), output, i, values -> values.profile(extent.minCohort())));
      }
      return profile;
    }

    /// By attribute the groups that are not told.
    private List<Set<String>> hidden() {
      List<Map<String, Long>> rows = new ArrayList<>();
      for (int i = 0; i < tally.attributes().size(); i++) {
        rows.add(extent.groups() ? tally.rows(i) : Map.of());
      }
      return SmallGroups.hidden(rows, tally.together(), extent.minCohort());
    }

    private List<Group> groups(int output, List<Set<String>> hiddenOf) {
      List<Group> groups = new ArrayList<>();
      for (int i = 0; i < tally.attributes().size(); i++) {
        String attribute = tally.attributes().get(i);
        Set<String> hidden = hiddenOf.get(i);
        groupsOf(i)
            .forEach((value, sums) -> {
              if (!hidden.contains(value)) {
                groups.add(group(attribute + "=" + value, sums, output));
              }
            });
      }
      return groups;
    }

    private Group group(String name, ShapleySums sums, int output) {
      List<Importance> ranked = ranked(sums, output);
      List<ShapleyContrast> contrasts = new ArrayList<>();
      if (sums.rows() < tally.overall().rows()) {
        ShapleySums rest = tally.overall().minus(sums);
        ranked.forEach(one -> contrasts.add(contrast(one.feature(), sums, rest, output)));
      }
      return new Group(name, sums.rows(), ranked, contrasts);
    }

    private ShapleyContrast contrast(String name, ShapleySums sums, ShapleySums rest, int output) {
      int feature = features.indexOf(name);
      ShapleyDistribution own = sums.distribution(output, feature);
      ShapleyDistribution others = tally.overall().distribution(output, feature).minus(own);
      return new ShapleyContrast(
          name,
          sums.magnitude(output, feature),
          rest.magnitude(output, feature),
          own.distance(others));
    }

    private List<Importance> ranked(ShapleySums sums, int output) {
      if (sums.rows() == 0) {
        return List.of();
      }
      List<MeanEstimate> magnitudes = new ArrayList<>();
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < features.size(); i++) {
        magnitudes.add(sums.magnitude(output, i));
        order.add(i);
      }
      order.sort(Comparator.comparingDouble((Integer i) -> magnitudes.get(i).mean()).reversed());
      List<RankRange> ranks = RankRange.of(magnitudes, ShapleySpread.LEVEL);
      double quantile = MeanEstimate.quantile(sums.rows(), ShapleySpread.LEVEL);
      List<Importance> ranked = new ArrayList<>();
      for (int i : order.subList(0, Math.min(extent.topK(), order.size()))) {
        MeanEstimate magnitude = magnitudes.get(i);
        ShapleyDistribution values = sums.distribution(output, i);
        ShapleySpread spread =
            new ShapleySpread(
                magnitude,
                magnitude.interval(quantile),
                sums.rows() < 2 ? 0 : sums.variance(output, i),
                ShapleySpread.quantiles(values, extent.minCohort()),
                ranks.get(i),
                values.positive(),
                values.negative());
        ranked.add(
            new Importance(
                features.get(i),
                magnitude.mean(),
                sums.mean(output, i),
                ranked.size() + 1,
                spread));
      }
      return ranked;
    }
  }
}
