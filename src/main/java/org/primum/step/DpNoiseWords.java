package org.primum.step;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
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
}
