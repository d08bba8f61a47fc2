package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.primum.gate.Interval;

/// Ten scores, .05 to .95, each of ten rows: 3 of A, 3 of B, 4 of C; so a tenth of everyone is a
/// score. A needs as many as the number of the tenth, less one, that, and one more; B one more than
/// A, C always 5.
final class GroupNeedTest {

  private static final String POLICY =
      """
      apiVersion: primum.dev/v1alpha1
      kind: FairnessPolicy
      metadata: {name: needs, revision: 1}
      data:
        label: {column: label, positive: 1}
        score: {column: score}
        decision: {threshold: 0.5}
        %s
      attributes: [{name: g, column: g}]
      suppress: {below: %d}
      rules: [{id: r, metric: tpr, over: g, min: 0.1, decide: point}]
      """;

  /// @param ofB how many rows B has in the fourth tenth; C has the others
  private static Rows rows(int ofB) {
    List<String> rows = new ArrayList<>();
    for (int tenth = 1; tenth <= 10; tenth++) {
      int b = tenth == 4 ? ofB : 3;
      int label = tenth > 5 ? 1 : 0;
      for (int i = 0; i < 10; i++) {
        String group = i < 3 ? "A" : i < 3 + b ? "B" : "C";
        int need = group.equals("C") ? 5 : tenth - 1 + i % 3 + (group.equals("B") ? 1 : 0);
        rows.add(group + "," + label + "," + (tenth - 0.5) / 10 + "," + need);
      }
    }
    return Rows.of("g,label,score,need", rows.toArray(String[]::new));
  }

  private static AuditResult audit(int below, Rows rows) {
    return Audits.audit(Audits.whole(POLICY.formatted("need: {column: need}", below)), rows);
  }

  private static GroupNeed of(AuditResult result, String group) {
    return result.depth().needOf(group).orElseThrow();
  }

  private static List<Integer> tenths(AuditResult result, String group) {
    return of(result, group).tenths().stream().map(GroupNeed.Tenth::number).toList();
  }

  /// 3, 4 and 5 in the fourth tenth of A: mean 4, Student's interval 4 ± 4.302653 / sqrt(3).
  @Test
  void holdsTheNeedOfGroupsBesideEachOtherAtEqualScore() {
    AuditResult result = audit(0, rows(3));
    GroupNeed.Tenth fourth = of(result, "g=A").tenths().get(3);
    assertThat(fourth.mean()).isCloseTo(4, within(1e-12));
    assertThat(fourth.from()).isCloseTo(0.35, within(1e-12));
    assertThat(fourth.interval())
        .isInstanceOfSatisfying(
            Interval.Bounds.class,
            bounds -> {
              assertThat(bounds.low())
                  .isCloseTo(4 - 4.302652729911275 / Math.sqrt(3), within(1e-9));
              assertThat(bounds.high())
                  .isCloseTo(4 + 4.302652729911275 / Math.sqrt(3), within(1e-9));
            });
    assertThat(of(result, "g=B").tenths().get(3).mean()).isCloseTo(5, within(1e-12));
    assertThat(of(result, "overall").tenths()).hasSize(10);
  }

  /// One row of B in the fourth tenth. Whoever knows how many rows a tenth or a group has could
  /// find it out were it the only one left out, so another of B goes, and one of each of these
  /// tenths: of A, which has as few rows in them.
  @Test
  void leavesOutATenthOfTooFewRowsAndWhatWouldGiveItAway() {
    AuditResult result = audit(3, rows(1));
    assertThat(tenths(result, "g=B")).containsExactly(2, 3, 5, 6, 7, 8, 9, 10);
    assertThat(tenths(result, "g=A")).containsExactly(2, 3, 5, 6, 7, 8, 9, 10);
    assertThat(tenths(result, "g=C")).hasSize(10);
  }

  /// A tenth of everyone has ten rows, one of a group fewer.
  @Test
  void isOfNobodyWhereNoTenthHasEnoughRows() {
    assertThat(audit(11, rows(3)).depth().needs()).isEmpty();
    assertThat(audit(10, rows(3)).depth().needs())
        .extracting(GroupNeed::group)
        .containsExactly("overall");
  }

  @Test
  void saysNothingWhereTheDataDoNotSayWhatPatientsNeed() {
    AuditResult result = Audits.audit(Audits.whole(POLICY.formatted("", 0)), rows(3));
    assertThat(result.depth().needs()).isEmpty();
  }
}
