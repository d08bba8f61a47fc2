package org.primum.privacy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a release published. Everything in it is noisy, declared, or about the budget.
///
/// @param spent of the budget, this release included
/// @param ledgerSequence of the reservation; empty for a release without protection
/// @param isPrivate false where the noise came from a known seed
public record ReleaseResult(
    PrivacyBudget budget,
    List<Answer> answers,
    BigDecimal spent,
    BigDecimal remaining,
    OptionalLong ledgerSequence,
    boolean isPrivate) {

  /// How sure the intervals are.
  public static final double CONFIDENCE = 0.95;

  /// @param kind as in the release file: `count`, `histogram`, `table`, `sum`, `mean`
  public record Answer(
      String id, String kind, PrivacyLoss loss, List<Part> parts, List<Cell> cells) {
    public Answer {
      parts = List.copyOf(parts);
      cells = List.copyOf(cells);
    }
  }

  /// The noise of one part of an answer, in the answer's own units.
  public record Part(String name, String mechanism, PrivacyLoss loss, double scale) {}

  /// One number.
  ///
  /// @param group the categories it counts; empty for everyone
  /// @param value as the noise left it: a count may be below zero
  /// @param low the end of the interval that holds the answer without noise with probability at
  ///   least [#CONFIDENCE], whatever the data
  /// @param consistent the value moved into the range that is possible; computed from the value
  ///   alone, so it costs nothing
  public record Cell(
      List<Category> group,
      BigDecimal value,
      BigDecimal low,
      BigDecimal high,
      BigDecimal consistent) {
    public Cell {
      group = List.copyOf(group);
    }
  }

  /// A column and what it says.
  public record Category(String column, String value) {}

  public ReleaseResult {
    answers = List.copyOf(answers);
    spent = PrivacyLoss.plain(spent);
    remaining = PrivacyLoss.plain(remaining);
  }

  /// What was spent as epsilon: itself for a pure budget, at the budget's delta for zCDP.
  public double epsilonSpent() {
    return epsilon(budget, spent);
  }

  /// An amount of a budget's loss as epsilon, for reports. Zero costs zero.
  public static double epsilon(PrivacyBudget budget, BigDecimal amount) {
    Optional<BigDecimal> delta = budget.delta();
    return delta.isEmpty() || amount.signum() == 0
        ? amount.doubleValue()
        : ZcdpConversion.epsilon(amount.doubleValue(), delta.get().doubleValue());
  }
}
