package org.primum.fairness.metric;

import java.util.Arrays;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;
import org.primum.fairness.tally.Outcome;
import org.primum.fairness.tally.ScoreCounts;
import org.primum.fairness.tally.ScoreScale;
import org.primum.fairness.tally.Sums;

/// The rows of a group that have a score, by score and label.
///
/// Where scores are counted between the edges of a grid, the middle of a bin stands for its scores:
/// in spreads, curves and fits, never in a mean, which comes from exact sums. Weighted rows count
/// in variances by Kish's effective number; it is known for all rows of a label, and those with a
/// score are taken to vary in weight as all of them do.
final class ScoredRows {

  /// A number this near to a whole one is that: one row is one row whatever it weighs.
  private static final double ROUNDING = 1e-12;

  private final GroupTally group;
  private final double[] positives;
  private final double[] negatives;
  private final double[] values;
  private final double positiveWeight;
  private final double negativeWeight;
  private final long positiveRows;
  private final long negativeRows;

  private ScoredRows(GroupTally group, ScoreScale scale) {
    this.group = group;
    ScoreCounts scores = group.scores();
    positives = scores.weights(Outcome.POSITIVE);
    negatives = scores.weights(Outcome.NEGATIVE);
    values = new double[scores.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = scale.value(scores.at(i));
    }
    positiveWeight = Arrays.stream(positives).sum();
    negativeWeight = Arrays.stream(negatives).sum();
    positiveRows = scores.rows(Outcome.POSITIVE);
    negativeRows = scores.rows(Outcome.NEGATIVE);
  }

  static ScoredRows of(GroupTally group, ScoreScale scale) {
    return new ScoredRows(group, scale);
  }

  GroupTally group() {
    return group;
  }

  /// How many distinct scores.
  int size() {
    return values.length;
  }

  /// A score, ascending with the index.
  double value(int index) {
    return values[index];
  }

  /// The weights of the positives by score; not to be changed.
  double[] positives() {
    return positives;
  }

  double[] negatives() {
    return negatives;
  }

  long rows(Outcome label) {
    return switch (label) {
      case POSITIVE -> positiveRows;
      case NEGATIVE -> negativeRows;
      case MISSING -> group.scores().rows(label);
    };
  }

  /// How many have a label.
  long labeled() {
    return rows(Outcome.POSITIVE) + rows(Outcome.NEGATIVE);
  }

  double positiveWeight() {
    return positiveWeight;
  }

  double negativeWeight() {
    return negativeWeight;
  }

  double labeledWeight() {
    return positiveWeight() + negativeWeight();
  }

  double effectivePositives() {
    return effective(Counts.POSITIVES, rows(Outcome.POSITIVE));
  }

  double effectiveNegatives() {
    return effective(Counts.NEGATIVES, rows(Outcome.NEGATIVE));
  }

  double effectiveLabeled() {
    return effective(Counts.POSITIVES | Counts.NEGATIVES, labeled());
  }

  /// The effective number of some rows among the rows of cells.
  double effective(int cells, long rows) {
    Sums all = group.counts().over(cells);
    if (all.n() == 0) {
      return 0;
    }
    double known = Counts.effective(all);
    if (!group.draws().isNone()) {
      double apart = known / (double) group.draws().together(cells);
      known = Math.min(apart, DrawnShare.clusters(group.draws(), cells));
    }
    double effective = (double) rows * (known / (double) all.n());
    double whole = Math.rint(effective);
    return Math.abs(effective - whole) < ROUNDING * whole ? whole : effective;
  }

  /// The sums over the rows with a label.
  Sums labeledSums() {
    return group.counts().over(Counts.POSITIVES | Counts.NEGATIVES);
  }

  Support.Part positivePart() {
    return new Support.Part(Support.Kind.POSITIVES, rows(Outcome.POSITIVE), effectivePositives());
  }

  Support.Part negativePart() {
    return new Support.Part(Support.Kind.NEGATIVES, rows(Outcome.NEGATIVE), effectiveNegatives());
  }

  Support labeledSupport() {
    return Support.of(new Support.Part(Support.Kind.PATIENTS, labeled(), effectiveLabeled()));
  }

  /// The share of the labels whose score reaches a position.
  ///
  /// @param from a position of the scale
  /// @param label whose rows are counted
  /// @param of the rows it is a share of, in weight, in number, and in effective number
  Proportion reaching(double from, Outcome label, Amount of) {
    ScoreCounts scores = group.scores();
    double above = 0;
    long rows = 0;
    for (int i = scores.size() - 1; i >= 0 && scores.at(i) >= from; i--) {
      above += scores.weight(i, label);
      rows += scores.rows(i, label);
    }
    return new Proportion(
        Math.min(above, of.weight()), of.weight(), rows, of.rows(), of.effective());
  }

  /// The positives among the rows with a label; only where these weigh anything.
  Proportion observed() {
    return new Proportion(
        positiveWeight(), labeledWeight(), rows(Outcome.POSITIVE), labeled(), effectiveLabeled());
  }

  /// All rows whose score reaches a position, whatever their label.
  Amount reaching(double from) {
    ScoreCounts scores = group.scores();
    double weight = 0;
    long rows = 0;
    for (int i = scores.size() - 1; i >= 0 && scores.at(i) >= from; i--) {
      for (Outcome label : Outcome.values()) {
        weight += scores.weight(i, label);
        rows += scores.rows(i, label);
      }
    }
    return new Amount(weight, rows, effective(Counts.ALL, rows));
  }

  /// How many rows, by weight, number and effective number.
  record Amount(double weight, long rows, double effective) {}

  Amount allPositives() {
    return new Amount(positiveWeight(), rows(Outcome.POSITIVE), effectivePositives());
  }

  Amount allNegatives() {
    return new Amount(negativeWeight(), rows(Outcome.NEGATIVE), effectiveNegatives());
  }

  Amount allLabeled() {
    return new Amount(labeledWeight(), labeled(), effectiveLabeled());
  }
}
