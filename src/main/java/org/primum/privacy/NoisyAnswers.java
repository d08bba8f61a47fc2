package org.primum.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.primum.privacy.ReleaseResult.Answer;
import org.primum.privacy.ReleaseResult.Category;
import org.primum.privacy.ReleaseResult.Cell;
import org.primum.privacy.noise.IntegerNoise;
import org.primum.privacy.noise.RandomBits;

/// Adds noise to exact answers and says how far it may have moved them. Whatever comes after the
/// draw is computed from noisy numbers and declared ones alone.
public final class NoisyAnswers {

  private static final int DIGITS = 12;

  private NoisyAnswers() {}

  /// Draws once for each entry of each answer.
  public static List<Answer> draw(ExactAnswers exact, RandomBits bits) {
    List<Answer> answers = new ArrayList<>();
    List<List<BigInteger[]>> vectors = exact.vectors();
    for (int i = 0; i < vectors.size(); i++) {
      QueryPlan plan = exact.plans().get(i);
      List<BigInteger[]> noisy = new ArrayList<>();
      for (int part = 0; part < plan.parts().size(); part++) {
        noisy.add(noisy(vectors.get(i).get(part), plan.parts().get(part).mechanism(), bits));
      }
      answers.add(answer(plan, noisy));
    }
    return answers;
  }

  private static BigInteger[] noisy(BigInteger[] exact, Mechanism mechanism, RandomBits bits) {
    BigInteger[] noisy = new BigInteger[exact.length];
    for (int i = 0; i < exact.length; i++) {
      noisy[i] = exact[i].add(mechanism.noise().draw(bits));
    }
    return noisy;
  }

  private static Answer answer(QueryPlan plan, List<BigInteger[]> noisy) {
    Query query = plan.query();
    return switch (query) {
      case Query.RowCount _, Query.PatientCount _ ->
          answer(plan, "count", counts(plan, noisy, List.of(List.of())));
      case Query.Table table -> {
        String kind = table.dimensions().size() == 1 ? "histogram" : "table";
        yield answer(plan, kind, counts(plan, noisy, groups(table)));
      }
      case Query.Sum(_, _, _, Bounds bounds) ->
          answer(plan, "sum", List.of(sum(plan, noisy, bounds)));
      case Query.Mean(_, _, _, Bounds bounds) ->
          answer(plan, "mean", List.of(mean(plan, noisy, bounds)));
    };
  }

  private static Answer answer(QueryPlan plan, String kind, List<Cell> cells) {
    List<ReleaseResult.Part> parts = new ArrayList<>();
    for (QueryPlan.Part part : plan.parts()) {
      Mechanism mechanism = part.mechanism();
      double scale = Math.scalb(mechanism.scale(), part.gridExponent());
      parts.add(new ReleaseResult.Part(part.name(), mechanism.name(), mechanism.loss(), scale));
    }
    return new Answer(plan.query().id(), kind, plan.query().loss(), parts, cells);
  }

  /// The declared combinations, the last column fastest, and the cell for the rest.
  private static List<List<Category>> groups(Query.Table table) {
    List<List<Category>> groups = new ArrayList<>(List.of(List.of()));
    for (Dimension dimension : table.dimensions()) {
      List<List<Category>> longer = new ArrayList<>();
      for (List<Category> group : groups) {
        for (String category : dimension.categories()) {
          longer.add(with(group, new Category(dimension.column(), category)));
        }
      }
      groups = longer;
    }
    groups.add(
        table.dimensions().stream().map(d -> new Category(d.column(), Dimension.OTHER)).toList());
    return groups;
  }

  private static List<Category> with(List<Category> group, Category category) {
    List<Category> longer = new ArrayList<>(group);
    longer.add(category);
    return longer;
  }

  private static List<Cell> counts(
      QueryPlan plan, List<BigInteger[]> noisy, List<List<Category>> groups) {
    BigInteger half = halfWidth(plan.parts().getFirst(), ReleaseResult.CONFIDENCE);
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      BigInteger value = noisy.getFirst()[i];
      cells.add(
          new Cell(
              groups.get(i),
              new BigDecimal(value),
              new BigDecimal(value.subtract(half)),
              new BigDecimal(value.add(half)),
              new BigDecimal(value.max(BigInteger.ZERO))));
    }
    return cells;
  }

  private static BigInteger halfWidth(QueryPlan.Part part, double confidence) {
    IntegerNoise noise = part.mechanism().noise();
    return Accuracy.halfWidth(noise, confidence);
  }

  private static Cell sum(QueryPlan plan, List<BigInteger[]> noisy, Bounds bounds) {
    QueryPlan.Part part = plan.parts().getFirst();
    BigInteger half = halfWidth(part, ReleaseResult.CONFIDENCE);
    BigInteger steps = noisy.getFirst()[0];
    BigDecimal value =
        Bounds.worth(steps, part.gridExponent()).round(digits(RoundingMode.HALF_EVEN));
    BigDecimal consistent = value;
    if (bounds.lower().signum() >= 0) {
      consistent = value.max(BigDecimal.ZERO);
    } else if (bounds.upper().signum() <= 0) {
      consistent = value.min(BigDecimal.ZERO);
    }
    return new Cell(
        List.of(),
        value,
        Bounds.worth(steps.subtract(half), part.gridExponent()).round(digits(RoundingMode.FLOOR)),
        Bounds.worth(steps.add(half), part.gridExponent()).round(digits(RoundingMode.CEILING)),
        consistent);
  }

  /// `middle + sum / max(1, count)`. Sum and count each lie in their interval with probability 1 -
  /// 2.5 %, so both do with 95 %, and then the mean lies between the corners, inside the bounds.
  private static Cell mean(QueryPlan plan, List<BigInteger[]> noisy, Bounds bounds) {
    double each = 1 - (1 - ReleaseResult.CONFIDENCE) / 2;
    int exponent = plan.parts().getFirst().gridExponent();
    BigDecimal middle = Bounds.worth(bounds.lowerStep().add(bounds.upperStep()), exponent);
    BigInteger sumHalf = halfWidth(plan.parts().getFirst(), each);
    BigInteger countHalf = halfWidth(plan.parts().getLast(), each);
    BigDecimal sum = Bounds.worth(noisy.getFirst()[0], exponent);
    BigDecimal sumSlack = Bounds.worth(sumHalf, exponent);
    BigDecimal fewest = atLeastOne(noisy.getLast()[0].subtract(countHalf));
    BigDecimal most = atLeastOne(noisy.getLast()[0].add(countHalf));
    BigDecimal lowSum = sum.subtract(sumSlack);
    BigDecimal highSum = sum.add(sumSlack);
    BigDecimal value =
        middle.add(quotient(sum, atLeastOne(noisy.getLast()[0]), RoundingMode.HALF_EVEN));
    BigDecimal low =
        middle.add(quotient(lowSum, lowSum.signum() < 0 ? fewest : most, RoundingMode.FLOOR));
    BigDecimal high =
        middle.add(quotient(highSum, highSum.signum() < 0 ? most : fewest, RoundingMode.CEILING));
    BigDecimal rounded = value.round(digits(RoundingMode.HALF_EVEN));
    return new Cell(
        List.of(),
        rounded,
        inside(low, bounds).round(digits(RoundingMode.FLOOR)),
        inside(high, bounds).round(digits(RoundingMode.CEILING)),
        inside(rounded, bounds));
  }

  private static BigDecimal atLeastOne(BigInteger count) {
    return new BigDecimal(count.max(BigInteger.ONE));
  }

  private static BigDecimal quotient(BigDecimal sum, BigDecimal count, RoundingMode rounding) {
    return sum.divide(count, new MathContext(2 * DIGITS, rounding));
  }

  private static BigDecimal inside(BigDecimal value, Bounds bounds) {
    return value.max(bounds.lower()).min(bounds.upper());
  }

  private static MathContext digits(RoundingMode rounding) {
    return new MathContext(DIGITS, rounding);
  }
}
