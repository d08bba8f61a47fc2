package org.primum.fairness.tally;

import org.primum.data.Batch;
import org.primum.data.TextColumn;
import org.primum.fairness.policy.AuditData;

/// Reads a column of two values.
///
/// @param column position in the batch, selected as text
record OutcomeColumn(AuditData.YesNo values, int column) {

  private static final byte UNKNOWN = -1;

  /// The code of each row's [Outcome].
  byte[] read(Batch batch, BadRow bad) {
    TextColumn texts = batch.text(column);
    byte[] meaning = new byte[texts.dictionarySize()];
    for (int code = 0; code < meaning.length; code++) {
      meaning[code] = meaning(texts.entry(code));
    }
    byte[] outcomes = new byte[batch.rows()];
    for (int row = 0; row < outcomes.length; row++) {
      outcomes[row] = texts.isMissing(row) ? MISSING : meaning[texts.code(row)];
      if (outcomes[row] == UNKNOWN) {
        throw bad.at(
            values.column(),
            row,
            "is neither '"
                + values.positive()
                + "' nor '"
                + values.negative()
                + "', the two values the policy names");
      }
    }
    return outcomes;
  }

  private static final byte MISSING = Outcome.MISSING.code();

  private byte meaning(String text) {
    if (text.equals(values.positive())) {
      return Outcome.POSITIVE.code();
    }
    if (text.equals(values.negative())) {
      return Outcome.NEGATIVE.code();
    }
    return text.isBlank() ? MISSING : UNKNOWN;
  }
}
