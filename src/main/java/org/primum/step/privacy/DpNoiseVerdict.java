package org.primum.step.privacy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Threshold;
import org.primum.gate.Verdict;
import org.primum.privacy.Ledger;
import org.primum.privacy.PrivacyBudget;
import org.primum.privacy.PrivacyLoss;
import org.primum.privacy.ReleaseResult;
import org.primum.step.StepResult;

/// What is decided about a private release: whether the budget holds, and whether it is private at
/// all. A gate recomputes both from the numbers.
record DpNoiseVerdict(String version, Instant now, Subject subject) {

  /// Published. A draw from a known seed is written like any other and refused, so that it can be
  /// looked at and never be taken for evidence.
  StepResult released(ReleaseResult result) {
    List<Finding> findings =
        List.of(budget(result.budget(), result.spent(), Status.PASS), isPrivate(result));
    String summary = result.isPrivate() ? spentSentence(result) : unprotectedSentence(result);
    Verdict verdict = verdict(findings, summary);
    return StepResult.of(
        verdict,
        metrics(result.budget(), result.spent(), result.isPrivate()),
        DpNoiseReport.of(result, verdict),
        parameters(result.budget(), result.spent(), result.ledgerSequence()),
        DpNoiseReport.table(result));
  }

  /// Nothing was published and nothing spent.
  StepResult exhausted(Ledger ledger, Ledger.Wish.Exhausted wish) {
    PrivacyBudget budget = ledger.budget();
    BigDecimal wanted = PrivacyLoss.plain(ledger.spent().add(wish.asked()));
    String unit = budget.total().definition().unit();
    String summary =
        "BUDGET_EXHAUSTED: nothing was released: the release asks for "
            + unit
            + " "
            + wish.asked().toPlainString()
            + ", and of the "
            + budget.total().amount().toPlainString()
            + " of dataset "
            + budget.dataset()
            + " only "
            + wish.left().toPlainString()
            + " is left.";
    Verdict verdict = verdict(List.of(budget(budget, wanted, Status.FAIL)), summary);
    StepResult.Evidence evidence =
        new StepResult.Evidence(
            verdict,
            metrics(budget, ledger.spent(), true),
            DpNoiseReport.exhausted(budget, ledger.spent(), wish, verdict),
            parameters(budget, ledger.spent(), OptionalLong.of(ledger.size() - 1L)),
            "");
    return new StepResult.BudgetExhausted(evidence);
  }

  private Verdict verdict(List<Finding> findings, String summary) {
    return new Verdict(
        DpNoiseStep.NAME, version, subject, findings, summary, now, new Verdict.Expiry.Never());
  }

  private static String spentSentence(ReleaseResult result) {
    return result.answers().size()
        + (result.answers().size() == 1 ? " query was" : " queries were")
        + " answered with noise; of the budget of dataset "
        + result.budget().dataset()
        + ", "
        + result.budget().total().definition().unit()
        + " "
        + result.spent().toPlainString()
        + " of "
        + result.budget().total().amount().toPlainString()
        + " is spent.";
  }

  private static String unprotectedSentence(ReleaseResult result) {
    return "INSECURE_SEED: "
        + result.answers().size()
        + " answers were drawn from a known seed, for a test. They are not private and must not"
        + " leave the building.";
  }

  private static Finding budget(PrivacyBudget budget, BigDecimal spent, Status status) {
    String unit = budget.total().definition().unit();
    BigDecimal total = budget.total().amount();
    String reason =
        status == Status.PASS
            ? unit + " " + spent.toPlainString() + " of " + total.toPlainString() + " is spent"
            : "it would take "
                + unit
                + " to "
                + spent.toPlainString()
                + ", beyond the budget of "
                + total.toPlainString();
    return new Finding(
        "budget",
        overall(unit + "_spent", spent.doubleValue()),
        new Threshold.AtMost(total.doubleValue()),
        "point",
        status,
        Severity.BLOCK,
        reason);
  }

  private static Finding isPrivate(ReleaseResult result) {
    return new Finding(
        "private",
        overall("private", result.isPrivate() ? 1 : 0),
        new Threshold.AtLeast(1),
        "point",
        result.isPrivate() ? Status.PASS : Status.FAIL,
        Severity.BLOCK,
        result.isPrivate()
            ? "the noise is fresh from the system's generator, and paid for in the ledger"
            : "private: false; the noise came from a seed that people know");
  }

  private static List<Measurement> metrics(
      PrivacyBudget budget, BigDecimal spent, boolean isPrivate) {
    BigDecimal total = budget.total().amount();
    List<Measurement> metrics = new ArrayList<>();
    numbers(budget, spent, total.subtract(spent))
        .forEach((name, value) -> metrics.add(overall(name, value)));
    metrics.add(overall("private", isPrivate ? 1 : 0));
    return metrics;
  }

  /// Epsilon always; for zCDP at the budget's delta, beside rho. What remains in epsilon is how far
  /// the reported epsilon can still rise.
  private static SortedMap<String, Double> numbers(
      PrivacyBudget budget, BigDecimal spent, BigDecimal remaining) {
    SortedMap<String, Double> numbers = new TreeMap<>();
    String unit = budget.total().definition().unit();
    double epsilon = ReleaseResult.epsilon(budget, spent);
    numbers.put("epsilon_spent", epsilon);
    numbers.put(
        "epsilon_remaining",
        Math.max(0, ReleaseResult.epsilon(budget, spent.add(remaining)) - epsilon));
    numbers.put(unit + "_spent", spent.doubleValue());
    numbers.put(unit + "_remaining", remaining.doubleValue());
    return numbers;
  }

  private static SortedMap<String, String> parameters(
      PrivacyBudget budget, BigDecimal spent, OptionalLong sequence) {
    SortedMap<String, String> parameters = new TreeMap<>();
    BigDecimal remaining = PrivacyLoss.plain(budget.total().amount().subtract(spent));
    numbers(budget, spent, remaining)
        .forEach((name, value) -> parameters.put(name, Double.toString(value)));
    String unit = budget.total().definition().unit();
    parameters.put(unit + "_spent", spent.toPlainString());
    parameters.put(unit + "_remaining", remaining.toPlainString());
    parameters.put(
        "ledger_sequence", sequence.isPresent() ? Long.toString(sequence.getAsLong()) : "");
    return parameters;
  }

  private static Measurement overall(String metric, double value) {
    return new Measurement(
        metric,
        Measurement.OVERALL,
        new Comparison.Alone(),
        new Measure.Known(value),
        new Interval.None(),
        OptionalLong.empty());
  }
}
