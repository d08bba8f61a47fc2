package org.primum.fairness.policy;

import java.util.List;
import org.primum.gate.ConfigInvalidException;

/// The columns of the scored data an audit reads.
///
/// @param label the true outcome
/// @param decision how a row becomes predicted positive or negative
/// @param weight how much a row counts
/// @param cluster which rows belong together
public record AuditData(YesNo label, Decision decision, Weight weight, Cluster cluster) {

  /// Of independent rows.
  public AuditData(YesNo label, Decision decision, Weight weight) {
    this(label, decision, weight, new Cluster.None());
  }

  /// A column of two values.
  ///
  /// @param positive its positive value as text, `1` for the number 1
  /// @param negative its other value; anything else in the column is bad data
  public record YesNo(String column, String positive, String negative) {
    public YesNo {
      if (positive.equals(negative)) {
        throw new ConfigInvalidException(
            "data: the positive and the negative value of '" + column + "' are the same");
      }
    }

    /// With the usual opposite: 0 of 1, false of true, no of yes, n of y.
    ///
    /// @throws ConfigInvalidException where the positive value has no usual opposite
    public static YesNo withUsualNegative(String column, String positive) {
      for (List<String> pair : USUAL) {
        int at = pair.indexOf(positive);
        if (at >= 0) {
          return new YesNo(column, positive, pair.get(1 - at));
        }
      }
      throw new ConfigInvalidException(
          "data: say what the other value of '" + column + "' is, with the key 'negative'");
    }

    private static final List<List<String>> USUAL =
        List.of(
            List.of("0", "1"),
            List.of("false", "true"),
            List.of("False", "True"),
            List.of("FALSE", "TRUE"),
            List.of("no", "yes"),
            List.of("No", "Yes"),
            List.of("NO", "YES"),
            List.of("n", "y"),
            List.of("N", "Y"));
  }

  /// How a row becomes predicted positive or negative.
  public sealed interface Decision {

    /// Positive where the score reaches the threshold.
    ///
    /// @param scoreColumn probabilities in [0, 1]
    /// @param threshold in [0, 1]
    record ByThreshold(String scoreColumn, double threshold) implements Decision {
      public ByThreshold {
        if (!(threshold >= 0 && threshold <= 1)) {
          throw new ConfigInvalidException(
              "data.decision.threshold: a number from 0 to 1, got " + threshold);
        }
      }
    }

    /// As a column says.
    record ByColumn(YesNo prediction) implements Decision {}

    /// As a column says, with the scores beside it.
    record ByColumnWithScore(YesNo prediction, String scoreColumn) implements Decision {}
  }

  /// How much a row counts.
  public sealed interface Weight {

    /// Every row counts as one.
    record Equal() implements Weight {}

    /// As a column of finite numbers, not negative, says: inverse sampling probabilities.
    record Column(String column) implements Weight {}

    /// As a column of whole numbers says: how many rows it stands for.
    record Frequency(String column) implements Weight {}
  }

  /// Which rows belong together: the encounters of one patient tell less than as many patients do.
  public sealed interface Cluster {

    /// Every row is a patient of its own.
    record None() implements Cluster {}

    /// Rows of the same text in a column.
    ///
    /// @param replicates how many bootstrap replicates are drawn while the rows are counted, in
    ///   [50, 1000]
    /// @param seed of the draws; the same for tallies that are merged or compared
    record By(String column, int replicates, long seed) implements Cluster {

      public static final int USUAL_REPLICATES = 200;
      public static final long USUAL_SEED = 1;
      private static final int MIN_REPLICATES = 50;
      private static final int MAX_REPLICATES = 1000;

      public By {
        if (replicates < MIN_REPLICATES || replicates > MAX_REPLICATES) {
          throw new ConfigInvalidException(
              "statistics.bootstrap.clusterReplicates: from "
                  + MIN_REPLICATES
                  + " to "
                  + MAX_REPLICATES
                  + ", got "
                  + replicates);
        }
      }
    }
  }
}
