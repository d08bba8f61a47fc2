package org.primum.step.explanation;

import java.util.List;
import java.util.Optional;
import org.primum.data.Digest;
import org.primum.document.ShapleyBaseline;
import org.primum.explain.drift.ShapleyDrift;
import org.primum.explain.policy.Coverage;
import org.primum.explain.summary.ShapleySummary;
import org.primum.gate.Finding;
import org.primum.step.OnViolation;
import org.primum.step.StepResult;

/// What came of explaining a table.
///
/// @param baseline what `drift` compares with, where it does
/// @param drift of each output; none without a baseline
/// @param coverage of the predictions that were made, where somebody said which
/// @param findings what the rules of the policy say
/// @param policy digest of the policy, where there is one
record ShapOutcome(
    ShapleySummary summary,
    Optional<ShapleyBaseline> baseline,
    List<ShapleyDrift> drift,
    Optional<Coverage> coverage,
    List<Finding> findings,
    Optional<Digest> policy,
    OnViolation onViolation) {

  ShapOutcome {
    drift = List.copyOf(drift);
    findings = List.copyOf(findings);
  }

  /// How the step ends.
  StepResult end(StepResult result) {
    return onViolation.end(result);
  }
}
