package org.primum.fairness.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.primum.fairness.Audits;
import org.primum.fairness.FairnessAudit;
import org.primum.fairness.Rows;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.gate.ConfigInvalidException;

/// Scores are counted by what is audited together, and nothing else.
final class ScoreTablesTest {

  private static final List<String> COLUMNS = List.of("a", "b", "c", "z", "label", "score");
  private static final String PAIR = "intersections: [{of: [b, a]}]";

  private static FairnessPolicy policy(String more) {
    return Audits.whole(
        """
        apiVersion: primum.dev/v1alpha1
        kind: FairnessPolicy
        metadata: {name: test, revision: 1}
        data:
          label: {column: label, positive: 1}
          score: {column: score}
          decision: {threshold: 0.5}
        attributes: [{name: a, column: a}, {name: b, column: b}, {name: c, column: c}]
        suppress: {below: 0}
        %s
        rules: [{id: r, metric: auc, over: a, min: 0.01, decide: point}]
        """
            .formatted(more));
  }

  private static List<List<String>> rows(int count, int distinct, long seed) {
    Random random = new Random(seed);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          List.of(
              "a" + random.nextInt(3),
              "b" + random.nextInt(2),
              "c" + random.nextInt(4),
              "z" + random.nextInt(2),
              Integer.toString(random.nextInt(2)),
              (double) random.nextInt(distinct) / distinct + ""));
    }
    return rows;
  }

  private static Tally tally(FairnessPolicy policy, List<List<String>> rows) throws IOException {
    return TallyCount.of(new Rows(COLUMNS, rows, 100), policy, 1, _ -> {});
  }

  /// Rows by their values of some columns, then by score, as a reader would count them.
  private static Map<List<String>, SortedMap<Double, Long>> counted(
      List<List<String>> rows, int... columns) {
    Map<List<String>, SortedMap<Double, Long>> counts = new TreeMap<>(Tally.ORDER);
    for (List<String> row : rows) {
      List<String> key = new ArrayList<>();
      for (int column : columns) {
        key.add(row.get(column));
      }
      counts
          .computeIfAbsent(key, _ -> new TreeMap<>())
          .merge(Double.valueOf(row.getLast()), 1L, Long::sum);
    }
    return counts;
  }

  private static SortedMap<Double, Long> found(GroupTally group) {
    SortedMap<Double, Long> found = new TreeMap<>();
    ScoreCounts scores = group.scores();
    for (int i = 0; i < scores.size(); i++) {
      long rows = 0;
      for (Outcome label : Outcome.values()) {
        rows += scores.rows(i, label);
      }
      found.put(scores.at(i), rows);
    }
    return found;
  }

  private static Map<List<String>, SortedMap<Double, Long>> found(
      Map<List<String>, GroupTally> of) {
    Map<List<String>, SortedMap<Double, Long>> found = new TreeMap<>(Tally.ORDER);
    of.forEach((key, group) -> found.put(key, found(group)));
    return found;
  }

  @Property(tries = 60)
  void eachGroupHasTheScoresOfItsRows(
      @ForAll @IntRange(min = 1, max = 400) int count,
      @ForAll @IntRange(min = 1, max = 300) int distinct,
      @ForAll long seed)
      throws IOException {
    List<List<String>> rows = rows(count, distinct, seed);
    Tally tally = tally(policy(PAIR), rows);
    assertThat(found(tally.groups(List.of(0)))).isEqualTo(counted(rows, 0));
    assertThat(found(tally.groups(List.of(2)))).isEqualTo(counted(rows, 2));
    assertThat(found(tally.groups(List.of(0, 1)))).isEqualTo(counted(rows, 0, 1));
    assertThat(found(tally.groups(List.of(1, 0)))).isEqualTo(counted(rows, 1, 0));
    assertThat(Map.of(List.of(), found(tally.overall()))).isEqualTo(counted(rows));
  }

  @Property(tries = 40)
  void eachStratumHasTheScoresOfItsRows(
      @ForAll @IntRange(min = 1, max = 300) int count, @ForAll long seed) throws IOException {
    List<List<String>> rows = rows(count, 50, seed);
    Tally tally = tally(policy(PAIR + "\ncondition: [z]"), rows);
    tally
        .split(List.of(3))
        .forEach((stratum, part) -> {
          List<List<String>> its =
              rows.stream().filter(row -> row.get(3).equals(stratum.getFirst())).toList();
          assertThat(found(part.groups(List.of(0, 1)))).isEqualTo(counted(its, 0, 1));
          assertThat(found(part.groups(List.of(2)))).isEqualTo(counted(its, 2));
          assertThat(Map.of(List.of(), found(part.overall()))).isEqualTo(counted(its));
        });
  }

  @Test
  void attributesThatAreAuditedTogetherAreCountedOnce() {
    assertThat(Tally.Layout.of(policy(PAIR)).scored()).containsExactly(List.of(2), List.of(0, 1));
    assertThat(Tally.Layout.of(policy("condition: [z]")).scored())
        .containsExactly(List.of(0, 3), List.of(1, 3), List.of(2, 3));
  }

  @Test
  void aTallyAnswersAPolicyWithFewerIntersections() throws IOException {
    Tally tally = tally(policy(PAIR), rows(200, 50, 1));
    FairnessPolicy fewer = policy("");
    assertThat(FairnessAudit.audit(tally, fewer, LocalDate.of(2026, 11, 1)).metrics())
        .isEqualTo(
            FairnessAudit.audit(tally(fewer, rows(200, 50, 1)), fewer, LocalDate.of(2026, 11, 1))
                .metrics());
  }

  @Test
  void scoresThatWereNotCountedTogetherAreNotInvented() throws IOException {
    Tally tally = tally(policy(""), rows(200, 50, 1));
    assertThat(tally.layout().lacking(Tally.Layout.of(policy(PAIR))))
        .contains("other intersections: no scores by a, b together");
    assertThatThrownBy(() -> FairnessAudit.audit(tally, policy(PAIR), LocalDate.of(2026, 11, 1)))
        .isInstanceOf(ConfigInvalidException.class);
    assertThatThrownBy(() -> tally.groups(List.of(0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void talliesOfOtherIntersectionsDoNotMerge() throws IOException {
    Tally one = tally(policy(""), rows(20, 5, 1));
    Tally two = tally(policy(PAIR), rows(20, 5, 2));
    assertThatThrownBy(() -> one.plus(two)).hasMessageContaining("other intersections");
  }
}
