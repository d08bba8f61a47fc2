package org.primum.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/// Which features move the model's margin, for everyone and in each group.
///
/// @param outputs one for each margin of the model, in class order
/// @param leftOut sensitive features with too many values to group by
/// @param additivityMax the largest additivity error of a row
public record ShapleySummary(
    long rows, List<Output> outputs, List<String> leftOut, double additivityMax) {

  /// What is said of one margin.
  ///
  /// @param features most important first
  /// @param groups in the order of attribute and value
  public record Output(double baseValue, List<Importance> features, List<Group> groups) {
    public Output {
      features = List.copyOf(features);
      groups = List.copyOf(groups);
    }
  }

  /// The features in one group, most important first.
  ///
  /// @param name `attribute=value`
  public record Group(String name, long rows, List<Importance> features) {
    public Group {
      features = List.copyOf(features);
    }
  }

  /// How much one feature matters.
  ///
  /// @param meanAbs mean magnitude of its Shapley values, at least 0
  /// @param mean mean of its Shapley values
  /// @param rank 1 for the largest `meanAbs`; ties stand in the model's order of features
  public record Importance(String feature, double meanAbs, double mean, int rank) {}

  public ShapleySummary {
    outputs = List.copyOf(outputs);
    leftOut = List.copyOf(leftOut);
  }

  /// The summary of a tally; without rows no feature is listed.
  ///
  /// @param baseValues one for each output
  /// @param features names in the model's order
  /// @param topK how many features each list holds
  public static ShapleySummary of(
      ShapleyTally tally, double[] baseValues, List<String> features, int topK) {
    List<Output> outputs = new ArrayList<>();
    for (int output = 0; output < tally.outputs(); output++) {
      outputs.add(
          new Output(
              baseValues[output],
              ranked(tally.overall(), output, features, topK),
              groups(tally, output, features, topK)));
    }
    List<String> leftOut = new ArrayList<>();
    for (int i = 0; i < tally.attributes().size(); i++) {
      if (tally.groups(i).isEmpty()) {
        leftOut.add(tally.attributes().get(i));
      }
    }
    return new ShapleySummary(tally.overall().rows(), outputs, leftOut, tally.additivityMax());
  }

  private static List<Group> groups(
      ShapleyTally tally, int output, List<String> features, int topK) {
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < tally.attributes().size(); i++) {
      String attribute = tally.attributes().get(i);
      SortedMap<String, ShapleySums> none = java.util.Collections.emptySortedMap();
      tally
          .groups(i)
          .orElse(none)
          .forEach((value, sums) ->
              groups.add(
                  new Group(
                      attribute + "=" + value, sums.rows(), ranked(sums, output, features, topK))));
    }
    return groups;
  }

  private static List<Importance> ranked(
      ShapleySums sums, int output, List<String> features, int topK) {
    if (sums.rows() == 0) {
      return List.of();
    }
    List<Importance> unranked = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      unranked.add(
          new Importance(features.get(i), sums.meanAbs(output, i), sums.mean(output, i), 0));
    }
    unranked.sort(Comparator.comparingDouble(Importance::meanAbs).reversed());
    List<Importance> ranked = new ArrayList<>();
    for (Importance one : unranked.subList(0, Math.min(topK, unranked.size()))) {
      ranked.add(new Importance(one.feature(), one.meanAbs(), one.mean(), ranked.size() + 1));
    }
    return ranked;
  }
}
