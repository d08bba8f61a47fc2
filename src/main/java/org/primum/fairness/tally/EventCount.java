package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.Selection;
import org.primum.fairness.policy.AuditData;

/// Counts an event that happens or not, and the scores it was predicted with.
final class EventCount implements TargetCount {

  /// Score, squared score, logarithmic loss.
  private static final int SUMS = 3;

  /// Nine cells of six numbers, of which four are wide.
  private static final long GROUP_BYTES = 6 << 10;

  /// Chances are kept this far away from 0 and 1, as scikit-learn does, so that their logarithm is
  /// finite.
  private static final double CHANCE = Math.ulp(1.0);

  private static final byte MISSING = Outcome.MISSING.code();
  private static final byte POSITIVE = Outcome.POSITIVE.code();

  private final OutcomeColumn label;
  private final Predictions predictions;
  private final ScoreSlots slots;
  private final ExactSums sums = new ExactSums();
  private byte[] labels = new byte[0];
  private byte[] decisions = new byte[0];
  private double[] scores = new double[0];

  EventCount(AuditData.Target.Event event, ScoreSlots slots, ToIntFunction<Selection> select) {
    String column = event.label().column();
    this.label = new OutcomeColumn(event.label(), select.applyAsInt(Selection.text(column)));
    this.predictions = Predictions.of(event.decision(), select);
    this.slots = slots;
  }

  @Override
  public void read(Batch next, BadRow bad) {
    labels = label.read(next, bad);
    scores = predictions.scores(next, bad);
    decisions = predictions.read(next, scores, bad);
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
  public void add(int[] groups, double[] weights) {
    if (scores.length == 0) {
      return;
    }
    int[] cells = new int[groups.length];
    for (int row = 0; row < groups.length; row++) {
      addScore(groups[row], row, weights[row]);
      cells[row] = groups[row] * ScoreCounts.LABELS + labels[row];
    }
    slots.add(cells, scores, weights);
  }

  private void addScore(int group, int row, double weight) {
    double score = scores[row];
    if (score >= 0) {
      int cell = group * Counts.CELLS + labels[row] * 3 + decisions[row];
      int at = cell * SUMS;
      sums.reserve(at + SUMS);
      sums.add(at, weight * score);
      sums.add(at + 1, weight * (score * score));
      if (labels[row] != MISSING) {
        double chance = labels[row] == POSITIVE ? score : 1 - score;
        sums.add(at + 2, weight * surprise(chance));
      }
    }
  }

  /// The logarithmic loss of what came with that chance, in nats.
  private static double surprise(double chance) {
    return -StrictMath.log(Math.clamp(chance, CHANCE, 1 - CHANCE));
  }

  @Override
  public long bytes() {
    return slots.bytes();
  }

  @Override
  public long groupBytes() {
    return GROUP_BYTES;
  }

  @Override
  public void absorb(TargetCount other) {
    EventCount event = (EventCount) other;
    sums.absorb(event.sums);
    slots.absorb(event.slots);
  }

  @Override
  public ScoreScale scale() {
    return slots.scale();
  }

  @Override
  public GroupTally take(int group, Counts table) {
    List<Sums> nine = new ArrayList<>();
    for (int i = 0; i < Counts.CELLS; i++) {
      int at = (group * Counts.CELLS + i) * SUMS;
      Sums cell = table.cells().get(i);
      nine.add(cell.withScores(sums.total(at), sums.total(at + 1), sums.total(at + 2)));
    }
    return GroupTally.of(new Counts(nine)).with(slots.take(group));
  }
}
