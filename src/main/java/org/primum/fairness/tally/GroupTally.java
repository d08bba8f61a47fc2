package org.primum.fairness.tally;

import java.util.List;

/// Everything an audit needs to know of one group: sums that merge.
///
/// @param counts label by prediction, of two outcomes
/// @param scores how many rows have which score
/// @param classes true by predicted class, where there are several
/// @param quantity the sums of a predicted number
/// @param draws what the bootstrap drew, where rows come in clusters
/// @param need what the rows of which score need; empty where the data does not say
public record GroupTally(
    Counts counts,
    ScoreCounts scores,
    ClassCounts classes,
    QuantitySums quantity,
    ClusterDraws draws,
    NeedCounts need) {

  /// Of no rows.
  public static final GroupTally NONE = of(Counts.NONE);

  /// Nothing but a contingency table.
  public static GroupTally of(Counts counts) {
    return new GroupTally(
        counts,
        ScoreCounts.NONE,
        ClassCounts.NONE,
        QuantitySums.NONE,
        ClusterDraws.NONE,
        NeedCounts.NONE);
  }

  public GroupTally with(ScoreCounts known) {
    return new GroupTally(counts, known, classes, quantity, draws, need);
  }

  public GroupTally with(ClassCounts known) {
    return new GroupTally(counts, scores, known, quantity, draws, need);
  }

  public GroupTally with(QuantitySums known) {
    return new GroupTally(counts, scores, classes, known, draws, need);
  }

  public GroupTally with(NeedCounts known) {
    return new GroupTally(counts, scores, classes, quantity, draws, known);
  }

  public GroupTally with(ClusterDraws known) {
    return new GroupTally(counts, scores, classes, quantity, known, need);
  }

  /// Of the rows of both; both on the same [ScoreScale].
  public GroupTally plus(GroupTally other) {
    return new GroupTally(
        counts.plus(other.counts),
        scores.plus(other.scores),
        classes.plus(other.classes),
        quantity.plus(other.quantity),
        draws.plus(other.draws),
        need.plus(other.need));
  }

  /// Of the rows of all; all on the same [ScoreScale].
  static GroupTally sum(List<GroupTally> all) {
    ScoreCounts scores = ScoreCounts.sum(all.stream().map(GroupTally::scores).toList());
    return all.stream()
        .map(each -> each.with(ScoreCounts.NONE))
        .reduce(NONE, GroupTally::plus)
        .with(scores);
  }

  /// How many rows, whatever they lack.
  public long n() {
    return counts.n();
  }

  GroupTally on(ScoreGrid grid) {
    return with(scores.on(grid)).with(need.on(grid));
  }
}
