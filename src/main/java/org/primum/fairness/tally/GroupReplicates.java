package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.List;

/// The tallies of a group that the bootstrap by clusters drew, one for each replicate. Scores are
/// kept by bin: each bin stands at the mean of its scores, so a number made of these tallies varies
/// as that of the rows does, and need not be quite the same.
public final class GroupReplicates {

  private final GroupTally group;
  private final ScoreScale scale;
  private final DrawBins bins;

  /// By bin, then label: weight, then sums of the score, its square and the logarithmic loss.
  private final double[][][] sums;

  private GroupReplicates(GroupTally group, ScoreScale scale) {
    this.group = group;
    this.scale = scale;
    this.bins = group.draws().bins();
    this.sums = new double[bins.size()][ScoreCounts.LABELS][4];
    for (int i = 0; i < group.scores().size(); i++) {
      for (Outcome label : Outcome.values()) {
        add(i, label);
      }
    }
  }

  /// @param group with draws
  /// @param scale where its scores are counted
  public static List<GroupTally> of(GroupTally group, ScoreScale scale) {
    GroupReplicates all = new GroupReplicates(group, scale);
    List<GroupTally> replicates = new ArrayList<>();
    double[][] cells = new double[Counts.CELLS][];
    for (int cell = 0; cell < Counts.CELLS; cell++) {
      cells[cell] = group.draws().cells(1 << cell);
    }
    double[][][] scores = all.scores();
    for (int b = 0; b < group.draws().replicates(); b++) {
      replicates.add(all.replicate(b, cells, scores));
    }
    return replicates;
  }

  private void add(int index, Outcome label) {
    double weight = group.scores().weight(index, label);
    double at = group.scores().at(index);
    double score = scale.value(at);
    double[] sum = sums[bins.index(at)][label.code()];
    sum[0] += weight;
    sum[1] += weight * score;
    sum[2] += weight * score * score;
    sum[3] += label == Outcome.MISSING ? 0 : weight * surprise(label, score);
  }

  private static double surprise(Outcome label, double score) {
    double chance = label == Outcome.POSITIVE ? score : 1 - score;
    return -StrictMath.log(Math.clamp(chance, Math.ulp(1.0), 1 - Math.ulp(1.0)));
  }

  /// By bin, label and replicate, what was drawn.
  private double[][][] scores() {
    double[][][] drawn = new double[bins.size()][ScoreCounts.LABELS][];
    for (int bin = 0; bin < drawn.length; bin++) {
      for (Outcome label : Outcome.values()) {
        drawn[bin][label.code()] = group.draws().scores(label, bin);
      }
    }
    return drawn;
  }

  private GroupTally replicate(int b, double[][] cells, double[][][] drawn) {
    ScoreCounts.Builder scores = new ScoreCounts.Builder();
    double[][] labels = new double[ScoreCounts.LABELS][4];
    for (int bin = 0; bin < drawn.length; bin++) {
      for (int label = 0; label < ScoreCounts.LABELS; label++) {
        double weight = drawn[bin][label][b];
        double[] sum = sums[bin][label];
        if (weight > 0 && sum[0] > 0) {
          scores.add(position(bin), label, rows(weight), (long) weight, fraction(weight));
          for (int i = 1; i < sum.length; i++) {
            labels[label][i] += weight * sum[i] / sum[0];
          }
        }
      }
    }
    return GroupTally.of(counts(b, cells, labels)).with(scores.build());
  }

  private static long fraction(double weight) {
    return ScoreCounts.fraction(weight);
  }

  private static long rows(double weight) {
    return Math.max(1, Math.round(weight));
  }

  private double position(int bin) {
    double weight = 0;
    double score = 0;
    for (double[] label : sums[bin]) {
      weight += label[0];
      score += label[1];
    }
    return Math.clamp(score / weight, 0, 1);
  }

  /// The sums of scores stand in one cell of each label.
  private static Counts counts(int b, double[][] cells, double[][] labels) {
    List<Sums> nine = new ArrayList<>();
    for (int cell = 0; cell < Counts.CELLS; cell++) {
      ExactSum weight = ExactSum.of(cells[cell][b]);
      boolean holds = cell % 3 == Outcome.NEGATIVE.code();
      double[] sums = holds ? labels[cell / 3] : new double[4];
      nine.add(
          new Sums(
              cells[cell][b] > 0 ? rows(cells[cell][b]) : 0,
              weight,
              weight,
              ExactSum.of(sums[1]),
              ExactSum.of(sums[2]),
              ExactSum.of(sums[3])));
    }
    return new Counts(nine);
  }
}
