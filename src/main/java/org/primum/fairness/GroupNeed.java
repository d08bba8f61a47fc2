package org.primum.fairness;

import java.util.List;
import org.primum.gate.Interval;

/// What the patients of one group need at which score: their mean need in each tenth of everyone's
/// scores, as in figure 1 of Obermeyer, Powers, Vogeli, Mullainathan 2019, Science 366:447-453,
/// [doi:10.1126/science.aax2342](https://doi.org/10.1126/science.aax2342).
///
/// @param group as printed
/// @param tenths those of which it may be told, ascending; a tenth with nobody in it is not there
public record GroupNeed(String group, List<Tenth> tenths) {

  public GroupNeed {
    tenths = List.copyOf(tenths);
  }

  /// A tenth of everyone's scores.
  ///
  /// @param number 1 has the lowest scores, 10 the highest
  /// @param from the score it begins with; it ends where the next begins
  /// @param mean need of those of the group in it, in the unit of the column
  /// @param interval Student's, pointwise; none where one row tells nothing of the spread
  public record Tenth(int number, double from, double mean, Interval interval) {}
}
