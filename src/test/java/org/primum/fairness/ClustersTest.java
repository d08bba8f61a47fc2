package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.primum.fairness.metric.GroupRate;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.gate.Comparison;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;

/// Encounters of patients at two sites: site, label, prediction, score, weight and patient.
final class ClustersTest {

  private static final String COLUMNS = "site,label,prediction,score,w,patient";

  private static FairnessPolicy policy(String data) {
    return Audits.whole(
        """
        apiVersion: primum.dev/v1alpha1
        kind: FairnessPolicy
        metadata: {name: test, revision: 1}
        data:
          label: {column: label, positive: 1}
          prediction: {column: prediction, positive: 1}
          score: {column: score}
          %s
        attributes: [{name: site, column: site, reference: A}]
        minimum: {n: 0, positives: 0, negatives: 0}
        suppress: {below: 0}
        defaults: {onUndefined: warn}
        rules:
          - {id: gap, metric: tpr, compare: difference, over: site, min: -0.05}
          - {id: times, metric: selection_rate, compare: ratio, over: site, min: 0.8}
          - {id: range, metric: fpr, compare: max_min, over: site, max: 0.1}
        """
            .formatted(data));
  }

  private static final String CLUSTER = "cluster: {column: patient}";

  @Provide
  Arbitrary<List<String>> someRows() {
    Arbitrary<String> row =
        Combinators.combine(
                Arbitraries.of("A", "B", ""),
                Arbitraries.of("0", "1", ""),
                Arbitraries.of("0", "1", ""),
                Arbitraries.doubles().between(0, 1).map(String::valueOf),
                Arbitraries.doubles().between(0.1, 9).map(String::valueOf),
                Arbitraries.integers().between(1, 12).map(i -> "p" + i))
            .as((site, label, prediction, score, w, patient) ->
                String.join(",", site, label, prediction, score, w, patient));
    return row.list().ofMinSize(1).ofMaxSize(40);
  }

  private static AuditResult audit(FairnessPolicy policy, List<String> rows) {
    return Audits.audit(policy, Rows.of(COLUMNS, rows.toArray(String[]::new)));
  }

  /// Ten copies of each row under the same patient tell nothing new of any rate.
  @Property(tries = 60)
  void copiesOfEveryRowChangeNoInterval(@ForAll("someRows") List<String> rows) {
    List<String> copied = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      copied.addAll(rows);
    }
    for (String data : List.of(CLUSTER, CLUSTER + "\n  weight: {column: w}")) {
      AuditResult once = audit(policy(data), rows);
      AuditResult often = audit(policy(data), copied);
      assertThat(often.metrics()).hasSameSizeAs(once.metrics());
      for (int i = 0; i < once.metrics().size(); i++) {
        if (RATES.contains(once.metrics().get(i).metric())) {
          Measurement one = once.metrics().get(i);
          assertSame(one, often.metrics().get(i), error(one));
        }
      }
      for (int i = 0; i < once.findings().size(); i++) {
        assertSame(
            once.findings().get(i).measurement(),
            often.findings().get(i).measurement(),
            error(once.findings().get(i).measurement()));
        assertThat(often.findings().get(i).status()).isEqualTo(once.findings().get(i).status());
      }
    }
  }

  /// Where two groups vary exactly together, a ratio is left with the square root of what rounding
  /// leaves.
  private static double error(Measurement of) {
    return of.comparison() instanceof Comparison.With(String kind, String _)
            && kind.contains("ratio")
        ? 1e-7
        : 1e-11;
  }

  private static void assertSame(Measurement one, Measurement other, double error) {
    assertThat(other.metric()).isEqualTo(one.metric());
    if (one.value() instanceof Measure.Known(double value)) {
      assertThat(other.value())
          .as(one.toString())
          .isInstanceOfSatisfying(
              Measure.Known.class, known -> assertClose(known.value(), value, one, error));
    } else {
      assertThat(other.value()).isEqualTo(one.value());
    }
    if (one.interval() instanceof Interval.Bounds(double low, double high)) {
      assertThat(other.interval())
          .isInstanceOfSatisfying(
              Interval.Bounds.class,
              bounds -> {
                assertClose(bounds.low(), low, one, error);
                assertClose(bounds.high(), high, one, error);
              });
    } else {
      assertThat(other.interval()).isEqualTo(one.interval());
    }
  }

  private static void assertClose(double value, double expected, Measurement of, double error) {
    if (Double.isInfinite(expected)) {
      assertThat(value).as(of.toString()).isEqualTo(expected);
    } else {
      assertThat(value)
          .as(of.toString())
          .isCloseTo(expected, within(error * Math.max(1, Math.abs(expected))));
    }
  }

  private static final Set<String> RATES =
      Arrays.stream(GroupRate.values()).map(GroupRate::id).collect(Collectors.toSet());

  /// The same of numbers made of scores, on data that is not degenerate: 300 patients.
  @Test
  void copiesOfEveryRowChangeNoIntervalOfScores() {
    Random random = new Random(5);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      double score = 1 / (1 + Math.exp(-random.nextGaussian()));
      int label = random.nextDouble() < score ? 1 : 0;
      String site = i % 2 == 0 ? "A" : "B";
      int flagged = score > 0.5 ? 1 : 0;
      rows.add(site + "," + label + "," + flagged + "," + score + ",1,p" + i / 2);
    }
    List<String> copied = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      copied.addAll(rows);
    }
    AuditResult once = audit(policy(CLUSTER), rows);
    AuditResult often = audit(policy(CLUSTER), copied);
    int compared = 0;
    for (int i = 0; i < once.metrics().size(); i++) {
      if (SCORES.contains(once.metrics().get(i).metric())) {
        assertSame(once.metrics().get(i), often.metrics().get(i), 1e-9);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(30);
  }

  private static final Set<String> SCORES =
      Set.of("auroc", "gini", "auprc", "brier", "log_loss", "mean_score", "o_e", "f1", "mcc");

  /// Without clusters the copies would count as new patients: the intervals shrink.
  @Test
  void withoutClustersCopiesLookLikeNewPatients() {
    List<String> rows = List.of("A,1,1,.9,1,p1", "A,1,0,.2,1,p2", "A,0,0,.1,1,p3", "B,1,1,.8,1,p4");
    List<String> copied = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      copied.addAll(rows);
    }
    assertThat(length(audit(policy(""), copied), "tpr"))
        .isLessThan(0.5 * length(audit(policy(""), rows), "tpr"));
  }

  private static double length(AuditResult result, String metric) {
    return result.metrics().stream()
        .filter(m -> m.metric().equals(metric) && m.group().equals(Measurement.OVERALL))
        .map(m -> (Interval.Bounds) m.interval())
        .mapToDouble(b -> b.high() - b.low())
        .findFirst()
        .orElseThrow();
  }

  /// The minimum is held against independent patients: 40 rows of 4 patients are not 30.
  @Test
  void manyRowsOfFewPatientsAreTooFew() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String patient = "p" + i % 4;
      rows.add("A,1," + (i % 4 == 0 ? 1 : 0) + ",.5,1," + patient);
      rows.add("B,1,1,.5,1,q" + i);
    }
    FairnessPolicy policy =
        Audits.whole(
            """
            apiVersion: primum.dev/v1alpha1
            kind: FairnessPolicy
            metadata: {name: test, revision: 1}
            data:
              label: {column: label, positive: 1}
              prediction: {column: prediction, positive: 1}
              cluster: {column: patient}
            attributes: [{name: site, column: site, reference: B}]
            rules: [{id: gap, metric: tpr, compare: difference, over: site, min: -0.05}]
            """);
    assertThat(Audits.finding(audit(policy, rows), "gap", "site=A").reason())
        .contains("insufficient")
        .contains("positives (effective, after weighting and repeated rows)");
  }

  /// The same patients at both sites with the same results: the difference is known to be about
  /// none, however few they are (what is left is that Wilson's interval is not symmetric); with
  /// patients of their own it is not.
  @Test
  void groupsThatShareTheirPatientsVaryTogether() {
    List<String> shared = new ArrayList<>();
    List<String> apart = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String row = ",1," + (i % 3 == 0 ? 0 : 1) + ",.5,1,p" + i;
      shared.add("A" + row);
      shared.add("B" + row);
      apart.add("A" + row);
      apart.add("B" + row + "b");
    }
    double together = gap(shared);
    assertThat(together).isLessThan(0.08);
    assertThat(gap(apart)).isGreaterThan(0.25);
  }

  private static double gap(List<String> rows) {
    Measurement gap = Audits.finding(audit(policy(CLUSTER), rows), "gap", "site=B").measurement();
    Interval.Bounds bounds = (Interval.Bounds) gap.interval();
    return bounds.high() - bounds.low();
  }

  /// A weight of kind frequency is so many rows: the tally is that of the rows written out.
  @Property(tries = 60)
  void frequenciesAreRowsWrittenOut(@ForAll("someRows") List<String> rows, @ForAll long seed) {
    java.util.Random random = new java.util.Random(seed);
    List<String> counted = new ArrayList<>();
    List<String> written = new ArrayList<>();
    for (String row : rows) {
      int times = random.nextInt(5) + (random.nextInt(9) == 0 ? 1000 : 0);
      String[] cells = row.split(",", -1);
      cells[4] = "" + times;
      counted.add(String.join(",", cells));
      for (int i = 0; i < times; i++) {
        written.add(row);
      }
    }
    if (!written.isEmpty()) {
      FairnessPolicy frequency = policy(CLUSTER + "\n  weight: {column: w, kind: frequency}");
      assertThat(tally(frequency, counted).cells())
          .isEqualTo(tally(policy(CLUSTER), written).cells());
    }
  }

  private static org.primum.fairness.tally.Tally tally(FairnessPolicy policy, List<String> rows) {
    return Fixtures.tally(Rows.of(COLUMNS, rows.toArray(String[]::new)), policy);
  }
}
