package org.primum.fairness.tally;

import java.util.Arrays;
import java.util.function.ToIntFunction;
import org.primum.data.Batch;
import org.primum.data.NumberColumn;
import org.primum.data.Selection;
import org.primum.fairness.policy.AuditData;

/// Reads the predictions of a batch, and the scores where there are any.
sealed interface Predictions {

  /// What [#scores] says where a row has none.
  double NO_SCORE = -1;

  /// The code of each row's [Outcome].
  byte[] read(Batch batch, BadRow bad);

  /// The score of each row in [0, 1], or [#NO_SCORE]; after [#read].
  double[] scores(Batch batch);

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
    public byte[] read(Batch batch, BadRow bad) {
      NumberColumn scores = batch.number(column);
      byte[] outcomes = new byte[batch.rows()];
      for (int row = 0; row < outcomes.length; row++) {
        outcomes[row] = outcome(scores, row, bad).code();
      }
      return outcomes;
    }

    private Outcome outcome(NumberColumn scores, int row, BadRow bad) {
      if (scores.isMissing(row)) {
        return Outcome.MISSING;
      }
      double score = scores.value(row);
      if (!(score >= 0 && score <= 1)) {
        throw bad.at(name, row, "is not a number from 0 to 1; scores are probabilities");
      }
      return score >= threshold ? Outcome.POSITIVE : Outcome.NEGATIVE;
    }

    @Override
    public double[] scores(Batch batch) {
      NumberColumn numbers = batch.number(column);
      double[] scores = new double[batch.rows()];
      for (int row = 0; row < scores.length; row++) {
        scores[row] = numbers.isMissing(row) ? NO_SCORE : numbers.value(row);
      }
      return scores;
    }
  }

  /// As a column says.
  record Given(OutcomeColumn prediction) implements Predictions {

    @Override
    public byte[] read(Batch batch, BadRow bad) {
      return prediction.read(batch, bad);
    }

    @Override
    public double[] scores(Batch batch) {
      double[] none = new double[batch.rows()];
      Arrays.fill(none, NO_SCORE);
      return none;
    }
  }

  /// As a column says, with the scores beside it.
  record GivenWithScore(OutcomeColumn prediction, Scored scores) implements Predictions {

    @Override
    public byte[] read(Batch batch, BadRow bad) {
      byte[] _ = scores.read(batch, bad); // for its checks
      return prediction.read(batch, bad);
    }

    @Override
    public double[] scores(Batch batch) {
      return scores.scores(batch);
    }
  }
}
