package org.primum.step.privacy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.primum.gate.Verdict;
import org.primum.privacy.Ledger;
import org.primum.privacy.PrivacyBudget;
import org.primum.privacy.PrivacyLoss;
import org.primum.privacy.Relation;
import org.primum.privacy.ReleaseResult;
import org.primum.privacy.ReleaseResult.Answer;
import org.primum.privacy.ReleaseResult.Cell;
import org.primum.report.BudgetBar;
import org.primum.report.Report;
import org.primum.report.Report.Block;
import org.primum.report.Report.Fact;
import org.primum.report.Report.Section;
import org.primum.report.TextTable;

/// A private release as people read it.
final class DpNoiseReport {

  private static final String TITLE = "Private release";

  /// A terminal shows so many cells of an answer; release.json has them all.
  private static final int SHOWN = 60;

  private DpNoiseReport() {}

  static Report of(ReleaseResult result, Verdict verdict) {
    List<Section> sections = new ArrayList<>();
    if (!result.isPrivate()) {
      sections.add(
          Section.of(
              "Not private",
              new Block.Note(
                  "private: false. The noise came from a seed that people know and can be taken"
                      + " off again. Nothing was written to the ledger.")));
    }
    sections.add(new Section("What was released", answers(result)));
    sections.add(spent(result));
    sections.add(meaning(result.budget()));
    sections.add(limits(result.budget()));
    Report report = new Report(TITLE, verdict, lead(result), sections).checking(checks(verdict));
    return result.isPrivate() ? report.headed("Released") : report;
  }

  private static List<Report.Check> checks(Verdict verdict) {
    return verdict.findings().stream()
        .map(Report.Check::of)
        .map(check ->
            new Report.Check(
                check.status(), check.rule(), meaning(check.rule()), "", check.outcome(), ""))
        .toList();
  }

  private static String meaning(String rule) {
    return switch (rule) {
      case "budget" -> "all releases of these patients together stay within what was agreed";
      case "private" -> "nobody can take the noise off again";
      default -> "";
    };
  }

  private static String lead(ReleaseResult result) {
    return "Every number below was moved at random, so that nobody can tell from them whether any"
        + " one patient of "
        + result.budget().dataset()
        + " is in the data. Read each with its interval.";
  }

  private static List<Block> answers(ReleaseResult result) {
    List<Block> blocks = new ArrayList<>();
    for (Answer answer : result.answers()) {
      List<List<String>> rows = new ArrayList<>();
      for (Cell cell : answer.cells()) {
        rows.add(
            List.of(
                DpNoiseWords.group(cell.group()),
                DpNoiseWords.grouped(cell.value()),
                DpNoiseWords.grouped(cell.low()) + " to " + DpNoiseWords.grouped(cell.high()),
                DpNoiseWords.grouped(cell.consistent())));
      }
      blocks.add(new Block.Paragraph(DpNoiseWords.answer(answer)));
      blocks.add(
          new Block.Grid(
              caption(answer),
              List.of("group", "released", "95 % interval", "nearest possible"),
              rows));
    }
    return blocks;
  }

  private static String caption(Answer answer) {
    ReleaseResult.Part first = answer.parts().getFirst();
    return answer.id()
        + " ("
        + answer.kind()
        + "), "
        + DpNoiseWords.loss(answer.loss())
        + ", "
        + first.mechanism()
        + " noise of scale "
        + DpNoiseWords.number(first.scale())
        + (answer.parts().size() > 1
            ? " on the sum and "
                + DpNoiseWords.number(answer.parts().getLast().scale())
                + " on the count"
            : "");
  }

  private static Section spent(ReleaseResult result) {
    PrivacyBudget budget = result.budget();
    BigDecimal cost =
        result.answers().stream()
            .map(a -> a.loss().amount())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    String unit = budget.total().definition().unit();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact(cost.toPlainString(), unit + " of this release"));
    facts.add(new Fact(result.spent().toPlainString(), unit + " spent in all"));
    facts.add(new Fact(result.remaining().toPlainString(), unit + " left"));
    budget
        .delta()
        .ifPresent(delta ->
            facts.add(
                new Fact(
                    String.format(Locale.ROOT, "%.4f", result.epsilonSpent()),
                    "epsilon spent in all, at delta " + delta)));
    List<Block> blocks = new ArrayList<>(List.of(new Block.Figures(facts)));
    if (result.isPrivate()) {
      double total = budget.total().amount().doubleValue();
      double now = cost.doubleValue() / total;
      double before = Math.max(0, result.spent().doubleValue() / total - now);
      blocks.add(
          new Block.Picture(
              BudgetBar.svg(before, now),
              "The budget of "
                  + budget.dataset()
                  + ": "
                  + unit
                  + " "
                  + budget.total().amount().toPlainString()
                  + " for all releases together. When it is used up, no more can be released."));
    }
    return new Section("What was spent, and what is left", blocks);
  }

  private static Section meaning(PrivacyBudget budget) {
    String neighbor =
        budget.relation() == Relation.ADD_REMOVE
            ? "whether a patient is in the data or not"
            : "whether a patient's rows are his own or somebody else's";
    return Section.of(
        "What this means",
        new Block.Paragraph(promise(budget, neighbor)),
        new Block.Paragraph(
            "The interval is about the noise alone: it holds the number without noise in at least"
                + " 95 of 100 releases. It says nothing of how well these patients stand for"
                + " others. A count can come out below zero; the last column shows the nearest"
                + " value that is possible. That column is computed from the released number, so it"
                + " tells nothing more about anyone."),
        new Block.Paragraph(
            "Of each patient ("
                + budget.unitColumn()
                + ") at most "
                + budget.maxRows()
                + " rows count, the first in the file. Values outside the declared bounds are moved"
                + " to the bounds; values outside the declared categories, and missing ones, are"
                + " counted as other; in sums and means, what is missing or not a number adds"
                + " nothing. How often each happened is not said: it would be a fact about"
                + " patients."));
  }

  private static String promise(PrivacyBudget budget, String neighbor) {
    return switch (budget.total()) {
      case PrivacyLoss.Pure(BigDecimal epsilon) ->
          "Differential privacy with epsilon "
              + epsilon.toPlainString()
              + ": "
              + neighbor
              + " changes the probability of anything that is ever released from this budget by a"
              + " factor of at most "
              + factor(epsilon.doubleValue())
              + ".";
      case PrivacyLoss.ZeroConcentrated(BigDecimal rho) ->
          "Zero-concentrated differential privacy with rho "
              + rho.toPlainString()
              + ": "
              + neighbor
              + " changes the probability of anything that is ever released from this budget by a"
              + " factor of at most "
              + factor(ReleaseResult.epsilon(budget, rho))
              + ", but for a chance of delta "
              + budget.delta().map(BigDecimal::toString).orElse("–")
              + ". Delta has to lie far below one over the number of patients.";
    };
  }

  private static String factor(double epsilon) {
    return epsilon > 20
        ? "e^" + DpNoiseWords.number(epsilon)
        : DpNoiseWords.number(Math.ceil(Math.exp(epsilon) * 10) / 10);
  }

  private static Section limits(PrivacyBudget budget) {
    return Section.of(
        "What is not protected",
        new Block.Bullets(
            List.of(
                "What is true of patients in general: if the numbers show that a drug harms, they"
                    + " show it for those who were not asked, too.",
                "Who knows the data already: the digest of the data file stands in the verdict, and"
                    + " somebody who holds a copy can recognize it.",
                "A patient with rows under two values of " + budget.unitColumn() + ".",
                "How long the run took, and that it took place.",
                "Other releases of the same patients that are not paid from this ledger.")));
  }

  static Report exhausted(
      PrivacyBudget budget, BigDecimal spent, Ledger.Wish.Exhausted wish, Verdict verdict) {
    String unit = budget.total().definition().unit();
    return new Report(
            TITLE,
            verdict,
            "No answer was computed, nothing was published, and nothing was spent. Each further release"
                + " would let somebody learn more of single patients than was agreed.",
            List.of(
                Section.of(
                    "What was asked, and what is left",
                    new Block.Figures(
                        List.of(
                            new Fact(wish.asked().toPlainString(), unit + " asked"),
                            new Fact(wish.left().toPlainString(), unit + " left"),
                            new Fact(spent.toPlainString(), unit + " spent"))),
                    new Block.Picture(
                        BudgetBar.svg(
                            spent.doubleValue() / budget.total().amount().doubleValue(), 0),
                        "The budget of "
                            + budget.dataset()
                            + ": "
                            + unit
                            + " "
                            + budget.total().amount().toPlainString()
                            + " for all releases together."),
                    new Block.Paragraph(
                        "Ask for less, or publish what was released before again. A budget is not"
                            + " refilled: what was released stays known."))))
        .checking(checks(verdict));
  }

  /// For a terminal.
  static String table(ReleaseResult result) {
    TextTable table = new TextTable(List.of("query", "group", "released", "95 % interval"));
    for (Answer answer : result.answers()) {
      answer.cells().stream()
          .limit(SHOWN)
          .forEach(cell ->
              table.row(
                  answer.id(),
                  DpNoiseWords.group(cell.group()),
                  DpNoiseWords.number(cell.value()),
                  DpNoiseWords.interval(cell)));
      if (answer.cells().size() > SHOWN) {
        table.row(answer.id(), (answer.cells().size() - SHOWN) + " more in release.json", "", "");
      }
    }
    String unit = result.budget().total().definition().unit();
    table.row("spent", unit, result.spent().toPlainString(), "");
    table.row("left", unit, result.remaining().toPlainString(), "");
    return table.write();
  }
}
