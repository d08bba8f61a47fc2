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

  /// A noisy number and the interval of the noise around it, in the answer's own units.
  private record Noisy(BigDecimal value, BigDecimal low, BigDecimal high) {

    static Noisy of(QueryPlan.Part part, BigInteger steps, double confidence) {
      BigInteger half = Accuracy.halfWidth(part.mechanism().noise(), confidence);
      int exponent = part.gridExponent();
      return new Noisy(
          Bounds.worth(steps, exponent),
          Bounds.worth(steps.subtract(half), exponent),
          Bounds.worth(steps.add(half), exponent));
    }

    /// Rounded for display, the interval outward.
    Cell cell(List<Category> group, BigDecimal lowest, BigDecimal highest) {
      BigDecimal rounded = value.round(digits(RoundingMode.HALF_EVEN));
      return new Cell(
          group,
          rounded,
          low.round(digits(RoundingMode.FLOOR)),
          high.round(digits(RoundingMode.CEILING)),
          rounded.max(lowest).min(highest));
    }
  }

  private static List<Cell> counts(
      QueryPlan plan, List<BigInteger[]> noisy, List<List<Category>> groups) {
    QueryPlan.Part part = plan.parts().getFirst();
    BigInteger half = Accuracy.halfWidth(part.mechanism().noise(), ReleaseResult.CONFIDENCE);
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

  /// A sum of values of one sign has that sign.
  private static Cell sum(QueryPlan plan, List<BigInteger[]> noisy, Bounds bounds) {
    Noisy sum = Noisy.of(plan.parts().getFirst(), noisy.getFirst()[0], ReleaseResult.CONFIDENCE);
    BigDecimal lowest =
        bounds.lower().signum() >= 0 ? BigDecimal.ZERO : sum.low().min(BigDecimal.ZERO);
    BigDecimal highest =
        bounds.upper().signum() <= 0 ? BigDecimal.ZERO : sum.high().max(BigDecimal.ZERO);
    return sum.cell(List.of(), lowest, highest);
  }

  /// `middle + sum / max(1, count)`. Sum and count each lie in their interval with probability 1 -
  /// 2.5 %, so both do with 95 %, and then the mean lies between the corners, inside the bounds.
  private static Cell mean(QueryPlan plan, List<BigInteger[]> noisy, Bounds bounds) {
    double each = 1 - (1 - ReleaseResult.CONFIDENCE) / 2;
    QueryPlan.Part sumPart = plan.parts().getFirst();
    Noisy sum = Noisy.of(sumPart, noisy.getFirst()[0], each);
    Noisy count = Noisy.of(plan.parts().getLast(), noisy.getLast()[0], each);
    BigDecimal fewest = atLeastOne(count.low());
    BigDecimal most = atLeastOne(count.high());
    BigDecimal middle =
        Bounds.worth(bounds.lowerStep().add(bounds.upperStep()), sumPart.gridExponent());
    BigDecimal value = quotient(sum.value(), atLeastOne(count.value()), RoundingMode.HALF_EVEN);
    BigDecimal low =
        quotient(sum.low(), sum.low().signum() < 0 ? fewest : most, RoundingMode.FLOOR);
    BigDecimal high =
        quotient(sum.high(), sum.high().signum() < 0 ? most : fewest, RoundingMode.CEILING);
    return new Noisy(
            middle.add(value), inside(middle.add(low), bounds), inside(middle.add(high), bounds))
        .cell(List.of(), bounds.lower(), bounds.upper());
  }

  private static BigDecimal atLeastOne(BigDecimal count) {
    return count.max(BigDecimal.ONE);
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
