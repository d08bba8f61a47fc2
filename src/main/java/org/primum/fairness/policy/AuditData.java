package org.primum.fairness.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.primum.gate.ConfigInvalidException;

/// The columns of the scored data an audit reads.
///
/// @param target what is predicted, and how
/// @param weight how much a row counts
/// @param cluster which rows belong together
/// @param need what a patient needs, whatever the model predicts
public record AuditData(Target target, Weight weight, Cluster cluster, Need need) {

  public AuditData {
    if (need instanceof Need.Column && !hasScores(target)) {
      throw new ConfigInvalidException(
          "data.need: needs are compared at equal score; name the scores with data.score.column");
    }
  }

  /// Data that says nothing of need.
  public AuditData(Target target, Weight weight, Cluster cluster) {
    this(target, weight, cluster, new Need.None());
  }

  /// An event that happens or not, of independent rows.
  public AuditData(YesNo label, Decision decision, Weight weight) {
    this(new Target.Event(label, decision), weight, new Cluster.None());
  }

  /// Whether there are scores, beside or below the decisions.
  public boolean hasScores() {
    return hasScores(target);
  }

  /// The column of the scores, where there is one.
  public Optional<String> scoreColumn() {
    return switch (target) {
      case Target.Event(YesNo _, Decision.ByThreshold(String column, double _)) ->
          Optional.of(column);
      case Target.Event(YesNo _, Decision.ByColumnWithScore(YesNo _, String column)) ->
          Optional.of(column);
      case Target.Event(YesNo _, Decision.ByColumn _) -> Optional.empty();
      case Target.Classes _, Target.Quantity _ -> Optional.empty();
    };
  }

  /// The columns that say what happened, what was predicted, or whose row it is and how much it
  /// counts: no inputs of a model.
  public List<String> ownColumns() {
    List<String> own = new ArrayList<>(List.of(target.labelColumn()));
    switch (target) {
      case Target.Event(YesNo _, Decision.ByColumn(YesNo prediction)) ->
          own.add(prediction.column());
      case Target.Event(YesNo _, Decision.ByColumnWithScore(YesNo prediction, String score)) ->
          own.addAll(List.of(prediction.column(), score));
      case Target.Event(YesNo _, Decision.ByThreshold(String score, double _)) -> own.add(score);
      case Target.Classes classes -> own.add(classes.prediction());
      case Target.Quantity quantity -> own.add(quantity.prediction());
    }
    switch (weight) {
      case Weight.Equal() -> {}
      case Weight.Column(String column) -> own.add(column);
      case Weight.Frequency(String column) -> own.add(column);
    }
    if (cluster instanceof Cluster.By by) {
      own.add(by.column());
    }
    if (need instanceof Need.Column(String column)) {
      own.add(column);
    }
    return List.copyOf(own);
  }

  private static boolean hasScores(Target target) {
    return target instanceof Target.Event(YesNo _, Decision decision)
        && !(decision instanceof Decision.ByColumn);
  }

  /// What is read and how, in words; the need only where there is one.
  public String definition() {
    String rest = "AuditData[target=%s, weight=%s, cluster=%s".formatted(target, weight, cluster);
    return switch (need) {
      case Need.None() -> rest + "]";
      case Need.Column column -> rest + ", need=" + column + "]";
    };
  }

  /// What is predicted, and how.
  public sealed interface Target {

    /// An event that happens or not.
    ///
    /// @param label whether it happened
    /// @param decision how a row becomes predicted positive or negative
    record Event(YesNo label, Decision decision) implements Target {}

    /// One of several classes.
    ///
    /// @param label the column of the true class
    /// @param prediction the column of the predicted class
    /// @param names three classes or more, each once; two are an event
    record Classes(String label, String prediction, List<String> names) implements Target {

      /// What the mean over all classes is called in place of a class.
      public static final String MACRO = "macro";

      public static final int MAX_CLASSES = 64;

      public Classes {
        names = List.copyOf(names);
        boolean distinct = new HashSet<>(names).size() == names.size();
        if (names.size() < 3 || names.size() > MAX_CLASSES || !distinct) {
          throw new ConfigInvalidException(
              "data.label.classes: name from 3 to "
                  + MAX_CLASSES
                  + " classes, each once; for two give positive");
        }
        if (names.contains(MACRO)) {
          throw new ConfigInvalidException("data.label.classes: 'macro' means all of them");
        }
      }
    }

    /// A number: costs, days, a laboratory value.
    ///
    /// @param label the column of the true numbers
    /// @param prediction the column of the predicted numbers
    record Quantity(String label, String prediction) implements Target {}

    /// The column that is taken as the truth.
    default String labelColumn() {
      return switch (this) {
        case Event(YesNo label, Decision _) -> label.column();
        case Classes(String label, String _, List<String> _) -> label;
        case Quantity(String label, String _) -> label;
      };
    }
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

  /// What a patient needs: a second outcome that the score did not learn from, to be compared
  /// between groups at equal score. Obermeyer, Powers, Vogeli, Mullainathan 2019, *Dissecting
  /// racial bias in an algorithm used to manage the health of populations*, Science 366:447-453,
  /// [doi:10.1126/science.aax2342](https://doi.org/10.1126/science.aax2342).
  public sealed interface Need {

    /// The data does not say.
    record None() implements Need {}

    /// As a column of finite numbers says; rows may lack it.
    record Column(String column) implements Need {}
  }
}
