package org.primum.fairness;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.primum.fairness.AuditResult.Judgement;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// Keeps suppression from hiding harm. Numbers made of small counts are told as ranges, and decided
/// on as they are told, so that whoever reads the verdict can decide again. Where the exact numbers
/// prove what the ranges leave open, there is no pass: nothing is known that may be told.
final class UntoldHarm {

  private static final String REASON =
      "what may be told of small numbers does not exclude harm; audit with suppress.below: 0 where"
          + " small numbers may be read";

  /// What a finding is about.
  private record Subject(
      String rule, String metric, String group, Comparison comparison, Threshold threshold) {
    static Subject of(Finding finding) {
      return new Subject(
          finding.rule(),
          finding.measurement().metric(),
          finding.measurement().group(),
          finding.measurement().comparison(),
          finding.threshold());
    }
  }

  private final Map<Subject, Status> exact = new HashMap<>();

  /// @param judgements on the exact numbers
  UntoldHarm(List<Judgement> judgements) {
    for (Judgement judgement : judgements) {
      Finding finding = judgement.finding();
      exact.merge(Subject.of(finding), finding.status(), Status::worse);
    }
  }

  /// The judgement as told; not a pass where the exact numbers fail.
  Judgement of(Judgement told) {
    Finding finding = told.finding();
    if (finding.status() != Status.PASS) {
      return told;
    }
    Status status =
        switch (exact.getOrDefault(Subject.of(finding), Status.PASS)) {
          case FAIL -> Status.INCONCLUSIVE;
          case WARN -> Status.WARN;
          case PASS, WAIVED, INCONCLUSIVE -> Status.PASS;
        };
    return status == Status.PASS
        ? told
        : new Judgement(finding.with(status, REASON), told.sentence());
  }
}
