package org.primum.fairness.tally;

import java.util.List;
import java.util.function.ToIntFunction;
import org.primum.data.Selection;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;

/// Draws clusters, where a policy names a column of them.
@FunctionalInterface
interface ClusterReader {

  /// What is counted for it, new for each thread.
  List<MoreSums> more();

  /// @param select gives the place of a column in the batches
  /// @param table how messages call the data
  static ClusterReader of(FairnessPolicy policy, ToIntFunction<Selection> select, String table) {
    return switch (policy.data().cluster()) {
      case AuditData.Cluster.None() -> List::of;
      case AuditData.Cluster.By by -> {
        int column = select.applyAsInt(Selection.text(by.column()));
        boolean weighted = policy.data().weight() instanceof AuditData.Weight.Column;
        DrawBins bins = DrawBins.of(policy.thresholds());
        yield () -> List.of(new ClusterSums(by, column, bins, weighted, table));
      }
    };
  }
}
