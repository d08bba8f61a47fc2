package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers the combinations of group codes in the order they are met, for all threads that count.
final class GroupIndex {

  private final Map<List<Integer>, Integer> numbers = new HashMap<>();
  private final List<List<Integer>> paths = new ArrayList<>();

  /// The number of a combination, a new one where it was not met; [Tally#MAX_CELLS] where there are
  /// too many.
  ///
  /// @param path the code of each attribute
  synchronized int number(List<Integer> path) {
    Integer known = numbers.get(path);
    if (known != null) {
      return known;
    }
    if (paths.size() == Tally.MAX_CELLS) {
      return Tally.MAX_CELLS;
    }
    numbers.put(path, paths.size());
    paths.add(path);
    return paths.size() - 1;
  }

  /// How many combinations were met.
  synchronized long size() {
    return paths.size();
  }

  /// The codes of a combination that was met.
  synchronized List<Integer> path(int number) {
    return paths.get(number);
  }

  /// The codes of every combination, in the order of their numbers.
  synchronized List<List<Integer>> paths() {
    return List.copyOf(paths);
  }
}
