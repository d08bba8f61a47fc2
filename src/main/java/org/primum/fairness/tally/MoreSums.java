package org.primum.fairness.tally;

import org.primum.data.Batch;

/// What is counted of the rows besides the contingency table and the scores: one a thread, added up
/// in the end. A component of [GroupTally] that only some policies ask for is filled by one of
/// these.
interface MoreSums {

  /// Counts the rows of a batch.
  ///
  /// @param rows the same rows, as far as every policy reads them
  void add(Batch batch, RowBatch rows, BadRow bad);

  /// Adds the sums of another of the same kind, which is not used any more.
  void absorb(MoreSums other);

  /// The tally of a group with these sums in it.
  ///
  /// @param scale of the scores of all rows
  GroupTally complete(int group, GroupTally tally, ScoreScale scale);

  /// About how many bytes the sums of one group take, here and in its tally.
  long groupBytes();

  /// Bytes of what grows with the rows, and not with the groups alone.
  default long rowBytes() {
    return 0;
  }
}
