package org.primum.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.primum.data.Batch;
import org.primum.data.Column;
import org.primum.data.Selection;
import org.primum.data.TextColumn;

/// Rows are patient, race, value. Patients are named by letters; `?` stands for a missing cell.
final class ExactAnswersTest {

  private static final PrivacyLoss ONE = new PrivacyLoss.Pure(BigDecimal.ONE);
  private static final Bounds BOUNDS = new Bounds(BigDecimal.valueOf(2), BigDecimal.valueOf(4));
  private static final List<Query> QUERIES =
      List.of(
          new Query.RowCount("rows", ONE),
          new Query.PatientCount("patients", ONE),
          new Query.Table("races", ONE, List.of(new Dimension("race", List.of("W", "B")))),
          new Query.Sum("sum", ONE, "value", BOUNDS),
          new Query.Mean("mean", ONE, "value", BOUNDS));

  record Row(String patient, String race, String value) {}

  private static List<List<BigInteger[]>> answers(List<Row> rows, Relation relation, int maxRows) {
    List<QueryPlan> plans = new ArrayList<>();
    for (Query query : QUERIES) {
      if (relation == Relation.ADD_REMOVE || !(query instanceof Query.PatientCount)) {
        plans.add(QueryPlan.of(query, relation, maxRows));
      }
    }
    var answers = new ExactAnswers(plans, "patient", maxRows);
    for (int from = 0; from < rows.size(); from += 3) {
      List<Row> part = rows.subList(from, Math.min(rows.size(), from + 3));
      List<Column> columns = new ArrayList<>();
      for (Selection selection : answers.selections()) {
        columns.add(column(part, selection.column()));
      }
      answers.add(new Batch(from, part.size(), columns));
    }
    return answers.vectors();
  }

  private static TextColumn column(List<Row> rows, String name) {
    String[] dictionary = new String[rows.size()];
    int[] codes = new int[rows.size()];
    for (int i = 0; i < codes.length; i++) {
      dictionary[i] =
          switch (name) {
            case "patient" -> rows.get(i).patient();
            case "race" -> rows.get(i).race();
            default -> rows.get(i).value();
          };
      codes[i] = dictionary[i].equals("?") ? TextColumn.MISSING : i;
    }
    return new TextColumn(dictionary, codes, codes.length);
  }

  /// k = 2: of a the first two rows count. W: a, b; B: a; other: d (missing race); the row without
  /// a patient does not count. Values clamped to [2, 4]: a 2 and 4, b 3, d not a number: sum 9 of
  /// 3, around the middle 3: -1 + 1 + 0 = 0. A step is 2^(2 - 30), half of that for the mean.
  @Test
  void countsTheFirstRowsOfEachPatientClampedToDeclaredRanges() {
    List<Row> rows =
        List.of(
            new Row("a", "W", "1"),
            new Row("a", "B", "Infinity"),
            new Row("?", "W", "3"),
            new Row("a", "W", "3"),
            new Row("b", "W", "3.0"),
            new Row("d", "?", "NaN"));
    List<List<BigInteger[]>> vectors = answers(rows, Relation.ADD_REMOVE, 2);
    assertThat(vectors.get(0).getFirst()[0]).isEqualTo(4);
    assertThat(vectors.get(1).getFirst()[0]).isEqualTo(3);
    assertThat(vectors.get(2).getFirst()).containsExactly(big(2), big(1), big(1));
    assertThat(vectors.get(3).getFirst()[0]).isEqualTo(BigInteger.valueOf(9).shiftLeft(28));
    assertThat(vectors.get(4).getFirst()[0]).isZero();
    assertThat(vectors.get(4).getLast()[0]).isEqualTo(3);
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  /// The same cell means the same whether or not the column's other cells are numbers.
  @Test
  void aCellMeansTheSameInEveryColumn() {
    assertThat(CellText.canonical("1.0")).isEqualTo("1");
    assertThat(CellText.canonical(" 1 ")).isEqualTo("1");
    assertThat(CellText.canonical("007")).isEqualTo("007");
    assertThat(CellText.canonical("1e2")).isEqualTo("100");
    assertThat(CellText.canonical("12345678901234567890")).isEqualTo("12345678901234567890");
    assertThat(CellText.number("0x10")).isEmpty();
    assertThat(CellText.number("nan")).isEmpty();
    assertThat(CellText.number("-INF")).hasValue(Double.NEGATIVE_INFINITY);
  }

  /// The sensitivity is what one patient can really do: all his rows anywhere in the file are taken
  /// out, or replaced by others, and the answers move by no more than it.
  @Property(tries = 2000)
  void noPatientMovesAnAnswerFurtherThanItsSensitivity(
      @ForAll("tables") List<Row> rows,
      @ForAll("tables") List<Row> others,
      @ForAll Relation relation,
      @ForAll("bounds") int maxRows) {
    List<Row> neighbor =
        new ArrayList<>(rows.stream().filter(r -> !r.patient().equals("a")).toList());
    if (relation == Relation.REPLACE_ONE) {
      others.forEach(r -> neighbor.add(neighbor.size() / 2, new Row("a", r.race(), r.value())));
    }
    List<List<BigInteger[]>> one = answers(rows, relation, maxRows);
    List<List<BigInteger[]>> two = answers(neighbor, relation, maxRows);
    int query = 0;
    for (Query asked : QUERIES) {
      if (relation == Relation.ADD_REMOVE || !(asked instanceof Query.PatientCount)) {
        QueryPlan plan = QueryPlan.of(asked, relation, maxRows);
        holds(plan, one.get(query), two.get(query));
        query++;
      }
    }
  }

  private static void holds(QueryPlan plan, List<BigInteger[]> one, List<BigInteger[]> two) {
    for (int part = 0; part < plan.parts().size(); part++) {
      BigInteger l1 = BigInteger.ZERO;
      BigInteger l2 = BigInteger.ZERO;
      for (int i = 0; i < one.get(part).length; i++) {
        BigInteger change = one.get(part)[i].subtract(two.get(part)[i]);
        l1 = l1.add(change.abs());
        l2 = l2.add(change.multiply(change));
      }
      Sensitivity sensitivity = plan.parts().get(part).mechanism().sensitivity();
      assertThat(l1).isLessThanOrEqualTo(sensitivity.l1());
      assertThat(l2).isLessThanOrEqualTo(sensitivity.l2Squared());
    }
  }

  @Provide
  Arbitrary<List<Row>> tables() {
    Arbitrary<String> patients = Arbitraries.of("a", "a", "b", "c", "?");
    Arbitrary<String> races = Arbitraries.of("W", "B", "X", "?");
    Arbitrary<String> values = Arbitraries.of("1", "2", "3.5", "4", "1e308", "-Infinity", "?", "x");
    return Combinators.combine(patients, races, values).as(Row::new).list().ofMaxSize(9);
  }

  @Provide
  Arbitrary<Integer> bounds() {
    return Arbitraries.integers().between(1, 3);
  }

  /// The grid depends on the bounds alone and is far finer than the noise at the largest epsilon.
  @Property
  void theGridIsAPowerOfTwoFarBelowTheNoise(
      @ForAll @IntRange(min = 1, max = 1_000_000_000) int digits,
      @ForAll @IntRange(max = 12) int scale) {
    BigDecimal largest = BigDecimal.valueOf(digits, scale);
    double upper = largest.doubleValue();
    Bounds bounds = new Bounds(BigDecimal.ZERO, largest);
    double step = Math.scalb(1.0, bounds.gridExponent());
    assertThat(upper / step).isBetween(Math.scalb(1.0, 30) * 0.999, Math.scalb(1.0, 31) * 1.001);
    var loss = new PrivacyLoss.Pure(PrivacyLoss.LARGEST);
    QueryPlan plan = QueryPlan.of(new Query.Sum("s", loss, "v", bounds), Relation.ADD_REMOVE, 1);
    assertThat(plan.parts().getFirst().mechanism().scale()).isGreaterThan(1024);
    assertThat(bounds.step(1e308)).isEqualTo(bounds.upperStep().longValueExact());
    assertThat(bounds.step(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Optional.of(Bounds.worth(bounds.upperStep(), bounds.gridExponent())))
        .get()
        .satisfies(worth -> assertThat(worth).isLessThanOrEqualTo(bounds.upper()));
  }
}
