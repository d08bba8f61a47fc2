package org.primum.fairness.metric;

import java.util.List;
import org.primum.fairness.statistics.Deviations;
import org.primum.fairness.statistics.EffectiveRows;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.tally.ClusterDraws;
import org.primum.fairness.tally.Counts;
import org.primum.fairness.tally.GroupTally;

/// The share of some cells in others, which the bootstrap may have drawn by cluster.
///
/// @param events the rows that hold those where it happened
/// @param eventCells which cells of them
/// @param total the rows that hold the denominator; `events` are a part of them
/// @param totalCells which cells of them
public record DrawnShare(GroupTally events, int eventCells, GroupTally total, int totalCells) {

  /// The share with its uncertainty, or undefined where the denominator is zero.
  public Estimate estimate(Support.Kind kind, String undefined) {
    Proportion p =
        Counts.proportion(events.counts().over(eventCells), total.counts().over(totalCells));
    if (total.draws().isNone() || !p.defined()) {
      return Estimate.of(p, kind, undefined);
    }
    Deviations deviations = deviations();
    double rows = (double) p.rows() / (double) total.draws().together(totalCells);
    double clusters = clusters(total.draws(), totalCells);
    Proportion known =
        p.knownAs(EffectiveRows.clustered(p.value(), deviations.variance(), clusters, rows));
    Support.Part part = new Support.Part(kind, p.rows(), known.effectiveRows());
    return new Estimate.Rate(known, new Support(p.rows(), List.of(part), deviations));
  }

  /// Linearized: by how much the events of a replicate are more than the share of its rows.
  private Deviations deviations() {
    double[] deviations = new double[total.draws().replicates()];
    double weight = total.draws().weight(totalCells);
    if (!events.draws().isNone() && weight > 0) {
      double p = events.draws().weight(eventCells) / weight;
      double[] drawnEvents = events.draws().cells(eventCells);
      double[] drawnTotal = total.draws().cells(totalCells);
      for (int b = 0; b < deviations.length; b++) {
        double others = drawnTotal[b] - drawnEvents[b];
        deviations[b] = ((1 - p) * drawnEvents[b] - p * others) / weight;
      }
    }
    return Deviations.of(deviations);
  }

  /// Kish's effective number of clusters: from how much the drawn weight of some cells varies.
  static double clusters(ClusterDraws draws, int cells) {
    double[] drawn = draws.cells(cells);
    double weight = draws.weight(cells);
    for (int b = 0; b < drawn.length && weight > 0; b++) {
      drawn[b] = drawn[b] / weight - 1;
    }
    double variance = Deviations.of(drawn).variance();
    return variance > 0 ? 1 / variance : 1;
  }
}
