package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.fairness.statistics.score.AreaEstimate;
import org.primum.fairness.statistics.score.CrossFittedArea;
import org.primum.random.CounterRandom;
import org.primum.random.Draws;

/// How well a column tells a group from everyone else in rows that nobody learned from, from counts
/// alone: rows of the same value are dealt to five folds by chance, and the values of a fold are
/// ordered by the group's share of them in the others.
final class ColumnFolds {

  private static final int FOLDS = 5;
  private static final long SEED = 1;

  private ColumnFolds() {}

  /// @param values rows of each value: of the group, and of everyone else, whole numbers
  /// @param part of them that are dealt: copies of a row under one patient would stand in several
  ///   folds, and a row be judged by its own copy
  static Optional<AreaEstimate> area(List<double[]> values, double part) {
    CounterRandom random = new CounterRandom(SEED, "folds of a column");
    double[][][] dealt = new double[values.size()][2][];
    double[][] rows = new double[values.size()][2];
    double[][] sizes = new double[FOLDS][2];
    double[] all = new double[2];
    for (int value = 0; value < dealt.length; value++) {
      random.at(value);
      for (int side = 0; side < 2; side++) {
        rows[value][side] = Math.floor(values.get(value)[side] * part + random.next());
        dealt[value][side] = deal(random, rows[value][side]);
        all[side] += rows[value][side];
        for (int fold = 0; fold < FOLDS; fold++) {
          sizes[fold][side] += dealt[value][side][fold];
        }
      }
    }
    List<CrossFittedArea.Item> items = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      double share = (all[0] - sizes[fold][0]) / Math.max(1, sum(all) - sum(sizes[fold]));
      for (int value = 0; value < dealt.length; value++) {
        double group = rows[value][0] - dealt[value][0][fold];
        double others = rows[value][1] - dealt[value][1][fold];
        double score = (group + share) / (group + others + 1);
        items.add(
            new CrossFittedArea.Item(
                fold, value, score, dealt[value][0][fold], dealt[value][1][fold]));
      }
    }
    return CrossFittedArea.of(items.toArray(CrossFittedArea.Item[]::new), false);
  }

  private static double sum(double[] two) {
    return two[0] + two[1];
  }

  private static double[] deal(CounterRandom random, double rows) {
    double[] dealt = new double[FOLDS];
    double left = rows;
    for (int fold = 0; fold < FOLDS - 1; fold++) {
      dealt[fold] = Draws.binomial(random, left, 1.0 / (FOLDS - fold));
      left -= dealt[fold];
    }
    dealt[FOLDS - 1] = left;
    return dealt;
  }
}
