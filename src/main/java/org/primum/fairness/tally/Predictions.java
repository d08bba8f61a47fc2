package org.primum.fairness.tally;

import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.NumberColumn;
import org.primum.data.Selection;
import org.primum.fairness.policy.AuditData;

/// Reads the predictions of a batch, and the scores where there are any.
sealed interface Predictions {

  /// What stands where a row has no score.
  double NO_SCORE = -1;

  /// The score of each row in [0, 1], or [#NO_SCORE]; empty where there is no column of scores.
  double[] scores(Batch batch, BadRow bad);

  /// The code of each row's [Outcome].
  ///
  /// @param scores what [#scores] said of the batch
  byte[] read(Batch batch, double[] scores, BadRow bad);

  static Predictions of(AuditData.Decision decision, ToIntFunction<Selection> select) {
    return switch (decision) {
      case AuditData.Decision.ByThreshold(String column, double threshold) ->
          new Scored(column, select.applyAsInt(Selection.number(column)), threshold);
      case AuditData.Decision.ByColumn(AuditData.YesNo values) ->
          new Given(new OutcomeColumn(values, select.applyAsInt(Selection.text(values.column()))));
      case AuditData.Decision.ByColumnWithScore(AuditData.YesNo values, String column) ->
          new GivenWithScore(
              new OutcomeColumn(values, select.applyAsInt(Selection.text(values.column()))),
              new Scored(column, select.applyAsInt(Selection.number(column)), 0));
    };
  }

  /// Positive where the score reaches the threshold.
  record Scored(String name, int column, double threshold) implements Predictions {

    @Override
    public double[] scores(Batch batch, BadRow bad) {
      NumberColumn numbers = batch.number(column);
      double[] scores = new double[batch.rows()];
      for (int row = 0; row < scores.length; row++) {
        double score = numbers.isMissing(row) ? NO_SCORE : numbers.value(row);
        if (!(score >= 0 && score <= 1) && !numbers.isMissing(row)) {
          throw bad.at(
              name,
              row,
              "is not a number from 0 to 1; scores are probabilities, so divide percentages by 100");
        }
        scores[row] = score;
      }
      return scores;
    }

    @Override
    public byte[] read(Batch batch, double[] scores, BadRow bad) {
      byte[] outcomes = new byte[scores.length];
      for (int row = 0; row < outcomes.length; row++) {
        outcomes[row] = outcome(scores[row]).code();
      }
      return outcomes;
    }

    private Outcome outcome(double score) {
      if (score < 0) {
        return Outcome.MISSING;
      }
      return score >= threshold ? Outcome.POSITIVE : Outcome.NEGATIVE;
    }
  }

  /// As a column says.
  record Given(OutcomeColumn prediction) implements Predictions {

    @Override
    public double[] scores(Batch batch, BadRow bad) {
      return new double[0];
    }

    @Override
    public byte[] read(Batch batch, double[] scores, BadRow bad) {
      return prediction.read(batch, bad);
    }
  }

  /// As a column says, with the scores beside it.
  record GivenWithScore(OutcomeColumn prediction, Scored scored) implements Predictions {

    @Override
    public double[] scores(Batch batch, BadRow bad) {
      return scored.scores(batch, bad);
    }

    @Override
    public byte[] read(Batch batch, double[] scores, BadRow bad) {
      return prediction.read(batch, bad);
    }
  }
}
