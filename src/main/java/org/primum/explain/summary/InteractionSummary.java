package org.primum.explain.summary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.primum.explain.value.FeaturePairs;

/// Which pairs of features move the margin together.
///
/// @param outputs one for each margin of the model, in class order
public record InteractionSummary(List<Output> outputs) {

  /// What is said of one margin.
  ///
  /// @param strongest the pairs of largest mean magnitude, strongest first
  /// @param partners for each feature that interacts the pair it interacts in most, in the model's
  ///   order of features
  public record Output(List<Pair> strongest, List<Partner> partners) {
    public Output {
      strongest = List.copyOf(strongest);
      partners = List.copyOf(partners);
    }

    /// With whom a feature interacts most; empty where it interacts with none.
    public Optional<Partner> partner(String feature) {
      return partners.stream().filter(one -> one.feature().equals(feature)).findFirst();
    }
  }

  /// How much two features interact.
  ///
  /// @param first of the two in the model's order
  /// @param meanAbs mean magnitude of the cell of the pair, above 0
  /// @param rank 1 for the largest `meanAbs`; ties stand in the model's order
  public record Pair(String first, String second, double meanAbs, int rank) {}

  /// With whom a feature interacts most.
  public record Partner(String feature, String other, double meanAbs) {}

  public InteractionSummary {
    outputs = List.copyOf(outputs);
  }

  /// The summary of sums; without rows no pair is listed.
  ///
  /// @param most how many pairs each list holds
  public static InteractionSummary of(FeaturePairs pairs, InteractionSums sums, int most) {
    List<Output> outputs = new ArrayList<>();
    for (int output = 0; output < sums.outputs(); output++) {
      List<Pair> ranked = ranked(pairs, sums, output);
      outputs.add(
          new Output(
              ranked.subList(0, Math.min(most, ranked.size())), partners(pairs.names(), ranked)));
    }
    return new InteractionSummary(outputs);
  }

  private static List<Pair> ranked(FeaturePairs pairs, InteractionSums sums, int output) {
    List<Pair> unranked = new ArrayList<>();
    List<String> names = pairs.names();
    for (int pair = 0; pair < pairs.size() && sums.rows() > 0; pair++) {
      double meanAbs = sums.meanAbs(output, pair);
      if (meanAbs > 0) {
        unranked.add(
            new Pair(names.get(pairs.first(pair)), names.get(pairs.second(pair)), meanAbs, 0));
      }
    }
    unranked.sort(Comparator.comparingDouble(Pair::meanAbs).reversed());
    List<Pair> ranked = new ArrayList<>();
    for (Pair one : unranked) {
      ranked.add(new Pair(one.first(), one.second(), one.meanAbs(), ranked.size() + 1));
    }
    return ranked;
  }

  private static List<Partner> partners(List<String> names, List<Pair> ranked) {
    java.util.Map<String, Partner> best = new java.util.HashMap<>();
    for (Pair one : ranked) {
      best.putIfAbsent(one.first(), new Partner(one.first(), one.second(), one.meanAbs()));
      best.putIfAbsent(one.second(), new Partner(one.second(), one.first(), one.meanAbs()));
    }
    return names.stream().flatMap(name -> Optional.ofNullable(best.get(name)).stream()).toList();
  }
}
