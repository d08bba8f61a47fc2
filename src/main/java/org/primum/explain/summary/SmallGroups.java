package org.primum.explain.summary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.primum.explain.summary.GroupsTogether.Shared;

/// Which groups are not told, because their averages would speak of few people.
///
/// The averages of everyone less those of the groups of an attribute that are told are the averages
/// of all its others together. So where those are fewer than `below` rows, the smallest group that
/// is told is left out too (complementary suppression), until they are not.
///
/// Of two attributes, groups of the one may make up a group of the other but for a few people. Any
/// sum that follows from those of told groups gives a row the number of its group in the one
/// attribute less that of its group in the other, all groups of an attribute that are not told
/// having one number; it speaks of the rows where the two differ. So take the groups as vertices of
/// a graph, those not told of each attribute as one, and the rows that two share as the weight of
/// the edge between them: the fewest people that a sum can speak of are those that the smallest cut
/// parts. Groups are left out until none parts fewer than `below`.
///
/// What groups of three attributes tell together is not looked at.
final class SmallGroups {

  private final List<Map<String, Long>> rows;
  private final GroupsTogether together;
  private final int below;
  private final List<Set<String>> hidden = new ArrayList<>();

  private SmallGroups(List<Map<String, Long>> rows, GroupsTogether together, int below) {
    this.rows = rows;
    this.together = together;
    this.below = below;
    rows.forEach(groups -> hidden.add(alone(groups, below)));
  }

  /// @param rows by attribute those of each group; the groups make up everyone, or there are none
  /// @param together what groups of each two attributes share
  /// @param below 0 tells all
  static List<Set<String>> hidden(
      List<Map<String, Long>> rows, GroupsTogether together, int below) {
    SmallGroups groups = new SmallGroups(rows, together, below);
    boolean changed = below > 1;
    while (changed) {
      changed = false;
      for (int first = 0; first < rows.size(); first++) {
        for (int second = first + 1; second < rows.size(); second++) {
          while (groups.areTold(first, second) && groups.hideMore(first, second)) {
            changed = true;
          }
        }
      }
    }
    return groups.hidden;
  }

  private static Set<String> alone(Map<String, Long> rows, int below) {
    List<Map.Entry<String, Long>> bySize =
        rows.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    Set<String> hidden = new TreeSet<>();
    long together = 0;
    for (Map.Entry<String, Long> group : bySize) {
      boolean exposed = !hidden.isEmpty() && together < below;
      if (group.getValue() < below || exposed) {
        hidden.add(group.getKey());
        together += group.getValue();
      }
    }
    return hidden;
  }

  /// A group of one of two attributes, or all of one that are not told.
  ///
  /// @param value empty for those that are not told
  private record Vertex(int attribute, Optional<String> value) {}

  /// Two groups that are told, or one and those that are not.
  private record Pair(Vertex one, Vertex other) {}

  private boolean areTold(int first, int second) {
    return !rows.get(first).isEmpty() && !rows.get(second).isEmpty();
  }

  /// Leaves groups out that tell of few people.
  ///
  /// @return whether there were any
  private boolean hideMore(int first, int second) {
    List<Vertex> vertices = new ArrayList<>();
    Map<Vertex, Integer> places = new HashMap<>();
    for (int attribute : new int[] {first, second}) {
      for (String value : rows.get(attribute).keySet()) {
        Vertex vertex = vertex(attribute, value);
        if (places.putIfAbsent(vertex, vertices.size()) == null) {
          vertices.add(vertex);
        }
      }
    }
    long[][] weights = new long[vertices.size()][vertices.size()];
    for (Shared shared : together.of(first, second)) {
      int one = places.getOrDefault(vertex(first, shared.first()), 0);
      int other = places.getOrDefault(vertex(second, shared.second()), 0);
      weights[one][other] += shared.rows();
      weights[other][one] = weights[one][other];
    }
    for (SmallestCut cut : SmallestCut.of(weights)) {
      if (cut.weight() < below && hide(cut, vertices)) {
        return true;
      }
    }
    return false;
  }

  private Vertex vertex(int attribute, String value) {
    return new Vertex(
        attribute, hidden.get(attribute).contains(value) ? Optional.empty() : Optional.of(value));
  }

  /// Leaves out two groups of one attribute on either side of the cut, which becomes none: the two
  /// of fewest rows.
  private boolean hide(SmallestCut cut, List<Vertex> vertices) {
    List<Pair> pairs = new ArrayList<>();
    cut.side().stream()
        .forEach(one ->
            cut.vertices().stream()
                .filter(other -> !cut.side().get(other))
                .filter(other -> vertices.get(one).attribute() == vertices.get(other).attribute())
                .forEach(other -> pairs.add(new Pair(vertices.get(one), vertices.get(other)))));
    Optional<Pair> cheapest =
        pairs.stream()
            .min(
                Comparator.comparingLong((Pair pair) -> told(pair.one()) + told(pair.other()))
                    .thenComparing(Pair::toString));
    cheapest.ifPresent(pair -> {
      pair.one().value().ifPresent(hidden.get(pair.one().attribute())::add);
      pair.other().value().ifPresent(hidden.get(pair.other().attribute())::add);
    });
    return cheapest.isPresent();
  }

  /// How many rows would not be told of any more.
  private long told(Vertex vertex) {
    return vertex
        .value()
        .map(value -> rows.get(vertex.attribute()).getOrDefault(value, 0L))
        .orElse(0L);
  }
}
