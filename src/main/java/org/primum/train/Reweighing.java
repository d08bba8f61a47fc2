package org.primum.train;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Row weights that make the label independent of the group in the training data: each row of group
/// a with label y is weighted by `W(a) W(y) / (W W(a, y))`, where W sums the given row weights (1
/// where there are none). Groups are joint: of several attributes, each combination is one group,
/// and a missing value is a value.
///
/// The weights sum to what they summed to before; a group and label that does not occur has no
/// factor.
///
/// Source: Kamiran and Calders 2012, "Data preprocessing techniques for classification without
/// discrimination", section 4.3,
/// [doi:10.1007/s10115-011-0463-8](https://doi.org/10.1007/s10115-011-0463-8).
public final class Reweighing {

  private final Map<Cell, Double> cells = new HashMap<>();

  private record Cell(String group, boolean positive) {}

  /// Counts one training row.
  ///
  /// @param weight the row's own weight, positive and finite
  public void add(String group, boolean positive, double weight) {
    cells.merge(new Cell(group, positive), weight, Double::sum);
  }

  /// What to multiply the weights of the group's rows with that label by.
  ///
  /// @throws IllegalArgumentException where no such row was added
  public double factor(String group, boolean positive) {
    Double joint = cells.get(new Cell(group, positive));
    if (joint == null) {
      throw new IllegalArgumentException("no row of this group has this label");
    }
    double ofGroup = weight(group, false) + weight(group, true);
    double ofLabel = 0;
    double all = 0;
    for (String each : groups()) {
      ofLabel += weight(each, positive);
      all += weight(each, false) + weight(each, true);
    }
    return ofGroup * ofLabel / (all * joint);
  }

  /// All factors, by group; the same order on each run.
  public Map<String, Factors> factors() {
    return groups().stream()
        .collect(
            Collectors.toMap(
                g -> g,
                g -> new Factors(factorOr(g, false), factorOr(g, true)),
                (a, b) -> a,
                java.util.LinkedHashMap::new));
  }

  /// @param negative factor of the group's negative rows; 0 where there are none
  /// @param positive factor of the group's positive rows; 0 where there are none
  public record Factors(double negative, double positive) {}

  private double factorOr(String group, boolean positive) {
    return weight(group, positive) == 0 ? 0 : factor(group, positive);
  }

  private double weight(String group, boolean positive) {
    return cells.getOrDefault(new Cell(group, positive), 0.0);
  }

  /// Sorted, so that sums come out the same in every run.
  private Set<String> groups() {
    return cells.keySet().stream().map(Cell::group).collect(Collectors.toCollection(TreeSet::new));
  }
}
