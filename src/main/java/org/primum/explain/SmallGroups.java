package org.primum.explain;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which groups of an attribute are not told, because their averages would speak of few people.
///
/// The averages of everyone less those of the groups that are told are the averages of all the
/// others together. So where those are fewer than `below` rows, the smallest group that is told is
/// left out too (complementary suppression), until they are not.
///
/// Each attribute is looked at alone: groups of one attribute that make up a group of another, less
/// a few people, tell of those few.
final class SmallGroups {

  private SmallGroups() {}

  /// @param rows of each group; the groups make up everyone
  /// @param below 0 tells all
  static Set<String> hidden(Map<String, Long> rows, int below) {
    List<Map.Entry<String, Long>> bySize =
        rows.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    Set<String> hidden = new TreeSet<>(Comparator.naturalOrder());
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
}
