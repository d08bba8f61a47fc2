package org.primum.fairness.tally;

/// Everything an audit needs to know of one group: sums that merge.
///
/// @param counts label by prediction
/// @param scores how many rows have which score
/// @param draws what bootstrap replicates by cluster drew, where rows come in clusters
public record GroupTally(Counts counts, ScoreCounts scores, ClusterDraws draws) {

  /// Of no rows.
  public static final GroupTally NONE = new GroupTally(Counts.NONE, ScoreCounts.NONE);

  /// Of independent rows.
  public GroupTally(Counts counts, ScoreCounts scores) {
    this(counts, scores, ClusterDraws.NONE);
  }

  /// Of the rows of both; both on the same [ScoreScale].
  public GroupTally plus(GroupTally other) {
    return new GroupTally(
        counts.plus(other.counts), scores.plus(other.scores), draws.plus(other.draws));
  }

  /// How many rows, whatever they lack.
  public long n() {
    return counts.n();
  }

  GroupTally on(ScoreGrid grid) {
    return new GroupTally(counts, scores.on(grid), draws);
  }

  GroupTally with(ClusterDraws drawn) {
    return new GroupTally(counts, scores, drawn);
  }
}
