package org.primum.step.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.primum.privacy.Accuracy;
import org.primum.privacy.Bounds;
import org.primum.privacy.Dimension;
import org.primum.privacy.PrivacyLoss;
import org.primum.privacy.QueryPlan;
import org.primum.privacy.ReleaseResult;

/// How numbers of a private release are put into words.
final class DpNoiseWords {

  private DpNoiseWords() {}

  /// What the noise will be, said before anything is spent: it depends on declared values only.
  static List<String> forecast(List<QueryPlan> plans) {
    return plans.stream().map(DpNoiseWords::forecast).toList();
  }

  private static String forecast(QueryPlan plan) {
    String parts =
        plan.parts().stream().map(DpNoiseWords::forecast).collect(Collectors.joining(", "));
    return plan.query().id() + ": costs " + loss(plan.query().loss()) + "; " + parts;
  }

  private static String forecast(QueryPlan.Part part) {
    BigInteger half = Accuracy.halfWidth(part.mechanism().noise(), ReleaseResult.CONFIDENCE);
    return "noise moves the "
        + part.name()
        + " by at most "
        + number(Bounds.worth(half, part.gridExponent()))
        + " in 95 of 100 draws";
  }

  /// `epsilon 0.5`.
  static String loss(PrivacyLoss loss) {
    return loss.definition().unit() + " " + number(loss.amount());
  }

  /// At most six digits, plainly written.
  static String number(BigDecimal value) {
    BigDecimal rounded =
        value.precision() - value.scale() > 6
            ? value.setScale(0, RoundingMode.HALF_EVEN)
            : value.round(new MathContext(6));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /// The same with the thousands set apart, for pages.
  static String grouped(BigDecimal value) {
    BigDecimal rounded = new BigDecimal(number(value));
    return String.format(Locale.ROOT, "%,." + rounded.scale() + "f", rounded);
  }

  static String number(double value) {
    return number(new BigDecimal(value));
  }

  /// `race=Black, sex=F`, or `everyone`.
  static String group(List<ReleaseResult.Category> group) {
    if (group.isEmpty()) {
      return "everyone";
    }
    if (group.stream().allMatch(category -> category.value().equals(Dimension.OTHER))) {
      return "anything else, or missing";
    }
    return group.stream()
        .map(category -> category.column() + "=" + category.value())
        .collect(Collectors.joining(", "));
  }

  static String interval(ReleaseResult.Cell cell) {
    return number(cell.low()) + " to " + number(cell.high());
  }

  /// What an answer is, how far the noise moved it, and what it cost, for people who did not ask
  /// for it.
  static String answer(ReleaseResult.Answer answer) {
    String columns =
        answer.cells().stream()
            .flatMap(cell -> cell.group().stream())
            .map(ReleaseResult.Category::column)
            .distinct()
            .collect(Collectors.joining(", "));
    String what =
        switch (answer.kind()) {
          case "count" -> "a count";
          case "histogram", "table" -> "counts";
          case "sum" -> "a sum";
          case "mean" -> "a mean";
          default -> answer.kind();
        };
    return answer.id()
        + ": "
        + what
        + (columns.isEmpty() ? " over everyone" : " for each " + columns)
        + ". In 95 of 100 releases noise moves a number by at most "
        + grouped(reach(answer))
        + " up or down. It cost "
        + loss(answer.loss())
        + ".";
  }

  /// The longest arm of an answer's intervals.
  private static BigDecimal reach(ReleaseResult.Answer answer) {
    return answer.cells().stream()
        .map(cell -> cell.high().subtract(cell.value()).max(cell.value().subtract(cell.low())))
        .reduce(BigDecimal.ZERO, BigDecimal::max);
  }
}
