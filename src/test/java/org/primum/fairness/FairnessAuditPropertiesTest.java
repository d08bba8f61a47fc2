package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.primum.gate.Comparison;
import org.primum.gate.Measure;
import org.primum.gate.Status;

/// Groups B, C, D beside the reference A, each with random tp, fn, fp, tn.
final class FairnessAuditPropertiesTest {

  private static final List<String> NAMES = List.of("A", "B", "C", "D");

  @Provide
  Arbitrary<List<Integer>> counts() {
    return Arbitraries.integers().between(0, 60).list().ofSize(4);
  }

  @Provide
  Arbitrary<String> rule() {
    return Combinators.combine(
            Arbitraries.of("tpr", "fpr", "selection_rate", "ppv", "accuracy"),
            Arbitraries.of("difference", "ratio", "max_min", "min_max_ratio", "none"),
            Arbitraries.of("point", "exclude-harm", "show-safe", "both"),
            Arbitraries.of("min", "max"),
            Arbitraries.doubles().between(-0.4, 1.4))
        .as((metric, compare, decide, side, limit) ->
            "{id: r, metric: %s, compare: %s, over: g, decide: %s, %s: %.3f}"
                .formatted(metric, compare, decide, side(compare, side), limit));
  }

  /// A range has one side that makes sense, and the policy refuses the other.
  private static String side(String compare, String otherwise) {
    return switch (compare) {
      case "max_min" -> "max";
      case "min_max_ratio" -> "min";
      default -> otherwise;
    };
  }

  private static AuditResult audit(String rule, List<List<Integer>> groups) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      List<Integer> group = groups.get(i);
      rows.add(NAMES.get(i) + ",1,1," + group.get(0));
      rows.add(NAMES.get(i) + ",1,0," + group.get(1));
      rows.add(NAMES.get(i) + ",0,1," + group.get(2));
      rows.add(NAMES.get(i) + ",0,0," + group.get(3));
    }
    rows.add("A,0,0,1"); // the reference is there, whatever the draw
    // The family is what the policy declares, so a group that joins makes no limit wider.
    return Audits.audit(
        """
        attributes: [{name: g, column: g, reference: A, categories: [A, B, C, D]}]
        minimum: {n: 5, positives: 5, negatives: 5}
        suppress: {below: 0}
        defaults: {onMissingGroup: warn}
        rules: [%s]
        """
            .formatted(rule),
        Rows.repeated("g,label,prediction", rows.toArray(String[]::new)));
  }

  @Property(tries = 400)
  void addingAGroupNeverTurnsARefusalIntoAPass(
      @ForAll("rule") String rule,
      @ForAll("counts") List<Integer> a,
      @ForAll("counts") List<Integer> b,
      @ForAll("counts") List<Integer> c,
      @ForAll("counts") List<Integer> d) {
    for (List<List<Integer>> before : List.of(List.of(a, b), List.of(a, b, c))) {
      AuditResult result = audit(rule, before);
      if (blocked(result) && !saidNothingYet(result)) {
        List<List<Integer>> after = new ArrayList<>(before);
        after.add(d);
        assertThat(blocked(audit(rule, after))).as(rule).isTrue();
      }
    }
  }

  /// Blocked only because there was nothing to compare: one group, or a ratio of rates that are all
  /// zero. There a group that joins makes the first number there is, and it may be a good one.
  private static boolean saidNothingYet(AuditResult result) {
    return result.findings().stream()
        .anyMatch(f ->
            f.reason().startsWith("rule not evaluated")
                || (f.measurement().comparison() instanceof Comparison.With(String kind, String _)
                    && kind.equals("min_max_ratio")
                    && f.measurement().value() instanceof Measure.Unknown));
  }

  private static boolean blocked(AuditResult result) {
    return result.status().compareTo(Status.INCONCLUSIVE) >= 0;
  }

  @Property(tries = 200)
  void aPassMeansThatEveryNumberIsKnown(
      @ForAll("rule") String rule,
      @ForAll("counts") List<Integer> a,
      @ForAll("counts") List<Integer> b,
      @ForAll("counts") List<Integer> c) {
    AuditResult result = audit(rule, List.of(a, b, c));
    if (result.status() == Status.PASS) {
      assertThat(result.exclusions().tooSmall())
          .isEqualTo(org.primum.fairness.suppression.Range.NONE);
    }
  }
}
