package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.Selection;
import org.primum.fairness.policy.AuditData;

/// Counts an event that happens or not, and the scores it was predicted with.
final class EventCount implements TargetCount {

  private static final int SUMS = 3;

  /// Chances are kept this far away from 0 and 1, as scikit-learn does, so that their logarithm is
  /// finite.
  private static final double CHANCE = Math.ulp(1.0);

  private final OutcomeColumn label;
  private final Predictions predictions;
  private final ScoreSlots slots;
  private final List<ExactSum.Running> sums = new ArrayList<>();
  private byte[] labels = new byte[0];
  private byte[] decisions = new byte[0];
  private double[] scores = new double[0];
  private List<ScoreCounts> counts = List.of();

  EventCount(AuditData.Target.Event event, ScoreSlots slots, ToIntFunction<Selection> select) {
    String column = event.label().column();
    this.label = new OutcomeColumn(event.label(), select.applyAsInt(Selection.text(column)));
    this.predictions = Predictions.of(event.decision(), select);
    this.slots = slots;
  }

  @Override
  public void read(Batch next, BadRow bad) {
    labels = label.read(next, bad);
    decisions = predictions.read(next, bad);
    scores = predictions.scores(next);
  }

  @Override
  public byte label(int row) {
    return labels[row];
  }

  @Override
  public byte prediction(int row) {
    return decisions[row];
  }

  @Override
  public void add(int group, int row, double weight) {
    double score = scores[row];
    if (score >= 0) {
      int cell = group * Counts.CELLS + labels[row] * 3 + decisions[row];
      reserve(cell);
      sums.get(cell * SUMS).add(weight * score);
      sums.get(cell * SUMS + 1).add(weight * (score * score));
      if (labels[row] != Outcome.MISSING.code()) {
        double chance = labels[row] == Outcome.POSITIVE.code() ? score : 1 - score;
        sums.get(cell * SUMS + 2).add(weight * surprise(chance));
      }
      slots.add(group * ScoreCounts.LABELS + labels[row], score, weight);
    }
  }

  private void reserve(int cell) {
    while (sums.size() < (cell + 1) * SUMS) {
      sums.add(new ExactSum.Running());
    }
  }

  /// The logarithmic loss of what came with that chance, in nats.
  private static double surprise(double chance) {
    return -StrictMath.log(Math.clamp(chance, CHANCE, 1 - CHANCE));
  }

  @Override
  public ScoreScale scale() {
    return slots.scale();
  }

  @Override
  public void end(int groups) {
    counts = slots.counts(groups);
    reserve(groups * Counts.CELLS);
  }

  @Override
  public GroupTally tally(int group, Counts table) {
    List<Sums> nine = new ArrayList<>();
    for (int i = 0; i < Counts.CELLS; i++) {
      int cell = (group * Counts.CELLS + i) * SUMS;
      nine.add(
          table
              .cells()
              .get(i)
              .withScores(
                  sums.get(cell).total(), sums.get(cell + 1).total(), sums.get(cell + 2).total()));
    }
    return GroupTally.of(new Counts(nine)).with(counts.get(group));
  }
}
