package org.primum.privacy;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/// What all releases of a dataset together may reveal about one patient.
///
/// @param dataset whose patients: the key of the ledger
/// @param unitColumn the column that says whose a row is
/// @param maxRows how many rows of each patient count, from 1 to [#MOST_ROWS]
/// @param total for all releases together
/// @param delta at which a zCDP budget is also reported as epsilon; none for a pure budget
public record PrivacyBudget(
    String dataset,
    String unitColumn,
    int maxRows,
    Relation relation,
    PrivacyLoss total,
    Optional<BigDecimal> delta) {

  /// A patient with more rows than this is one whose rows are not events of care; noise in
  /// proportion would drown every answer.
  public static final int MOST_ROWS = 1000;

  private static final BigDecimal SMALLEST_DELTA = new BigDecimal("1e-30");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  public PrivacyBudget {
    if (!NAME.matcher(dataset).matches()) {
      throw new IllegalArgumentException(
          "dataset is a name of letters, digits, '.', '_' and '-', at most 100 of them");
    }
    if (unitColumn.isEmpty()) {
      throw new IllegalArgumentException(
          "UNIT_UNKNOWN: unit.column must name the column that says whose a row is");
    }
    if (maxRows < 1 || maxRows > MOST_ROWS) {
      throw new IllegalArgumentException(
          "unit.maxRows must lie between 1 and " + MOST_ROWS + ", got " + maxRows);
    }
    switch (total) {
      case PrivacyLoss.Pure _ -> requireNone(delta);
      case PrivacyLoss.ZeroConcentrated _ -> requireProbability(delta);
    }
  }

  private static void requireNone(Optional<BigDecimal> delta) {
    if (delta.isPresent()) {
      throw new IllegalArgumentException(
          "a pure budget has no delta; remove it, or choose definition: zcdp");
    }
  }

  private static void requireProbability(Optional<BigDecimal> delta) {
    BigDecimal probability =
        delta.orElseThrow(() ->
            new IllegalArgumentException(
                "a zcdp budget needs delta, for the epsilon that is reported"));
    if (probability.compareTo(SMALLEST_DELTA) < 0 || probability.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException(
          "delta must lie between 1e-30 and 0.001, got " + probability);
    }
    if (probability.compareTo(new BigDecimal("0.001")) > 0) {
      throw new IllegalArgumentException(
          "DELTA_TOO_LARGE: delta is the chance that the guarantee fails for a patient and must lie"
              + " far below one over their number; at most 0.001, got "
              + probability);
    }
  }

  /// The text that the ledger is opened with: two budgets are the same exactly if it is.
  public String canonical() {
    return String.join(
        "\n",
        dataset,
        unitColumn,
        Integer.toString(maxRows),
        relation.id(),
        total.definition().id(),
        total.amount().toPlainString(),
        delta.map(d -> d.stripTrailingZeros().toPlainString()).orElse("none"));
  }
}
