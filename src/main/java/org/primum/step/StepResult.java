package org.primum.step;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.gate.Confusion;
import org.primum.gate.Measurement;
import org.primum.gate.Omissions;
import org.primum.gate.Resampling;
import org.primum.gate.Status;
import org.primum.gate.Verdict;
import org.primum.report.Report;

/// How a step ended, when it ended in order. Every case carries the same evidence: a refusal is
/// written with the care of a pass.
public sealed interface StepResult {

  Evidence evidence();

  /// What is written beside the step's own artifacts.
  ///
  /// @param metrics every number measured, for metrics.json and metrics.prom
  /// @param report for report.html
  /// @param parameters one value a file in `params/`; `status` and `exit_code` are added
  /// @param table the result as a person reads it on stdout
  /// @param confusion for engines that draw it
  /// @param omissions what the metrics do not hold
  /// @param resampling how the metrics were drawn anew
  record Evidence(
      Verdict verdict,
      List<Measurement> metrics,
      Report report,
      SortedMap<String, String> parameters,
      String table,
      Confusion confusion,
      Omissions omissions,
      Resampling resampling) {
    public Evidence {
      metrics = List.copyOf(metrics);
      parameters = new TreeMap<>(parameters);
    }

    /// Of a step that speaks of no predictions.
    public Evidence(
        Verdict verdict,
        List<Measurement> metrics,
        Report report,
        SortedMap<String, String> parameters,
        String table) {
      this(verdict, metrics, report, parameters, table, new Confusion.Unknown());
    }

    /// Of a step that leaves nothing out.
    public Evidence(
        Verdict verdict,
        List<Measurement> metrics,
        Report report,
        SortedMap<String, String> parameters,
        String table,
        Confusion confusion) {
      this(verdict, metrics, report, parameters, table, confusion, Omissions.NONE, Resampling.NONE);
    }
  }

  /// Done, and the gate is open. Exit 0.
  record Passed(Evidence evidence) implements StepResult {}

  /// Done and refused, but only reported, because the caller asked for that. Exit 0.
  record Reported(Evidence evidence) implements StepResult {}

  /// A threshold is violated. Exit 20.
  record Refused(Evidence evidence) implements StepResult {}

  /// It cannot be known. Exit 21.
  record Inconclusive(Evidence evidence) implements StepResult {}

  /// The privacy budget would be exceeded. Exit 22.
  record BudgetExhausted(Evidence evidence) implements StepResult {}

  /// The evidence holds, but a person did not approve. Exit 23.
  record Unapproved(Evidence evidence) implements StepResult {}

  /// The pointer moved meanwhile. Exit 24.
  record Conflict(Evidence evidence) implements StepResult {}

  /// Passed, refused or inconclusive, as the verdict says.
  static StepResult of(
      Verdict verdict,
      List<Measurement> metrics,
      Report report,
      Map<String, String> parameters,
      String table) {
    return of(new Evidence(verdict, metrics, report, new TreeMap<>(parameters), table));
  }

  /// Passed, refused or inconclusive, as the verdict in the evidence says.
  static StepResult of(Evidence evidence) {
    Verdict verdict = evidence.verdict();
    if (verdict.passes()) {
      return new Passed(evidence);
    }
    return verdict.status() == Status.FAIL ? new Refused(evidence) : new Inconclusive(evidence);
  }
}
