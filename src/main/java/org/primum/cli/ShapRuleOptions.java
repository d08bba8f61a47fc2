package org.primum.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.primum.step.OnViolation;
import org.primum.step.UsageException;
import org.primum.step.explanation.ShapRules;
import org.primum.store.Location;
import picocli.CommandLine.Option;

/// What explanations are held against.
final class ShapRuleOptions {

  @StepInput(StepInput.Kind.POLICY)
  @Option(
      names = "--policy",
      paramLabel = "FILE",
      order = 40,
      description =
          "An ExplanationPolicy, YAML or JSON: rules on which features may matter, for whom, and on"
              + " drift. A shard is not judged; shap-merge judges all of them together.")
  @Nullable Location policy;

  @StepInput(StepInput.Kind.EARLIER)
  @Option(
      names = "--baseline",
      paramLabel = "FILE|DIR",
      order = 41,
      description =
          "The summary.json of an earlier run, or its output directory, of this or another version"
              + " of the model with the same features: what has changed since is measured.")
  @Nullable Location baseline;

  @StepInput(StepInput.Kind.TABLE)
  @Option(
      names = "--expected",
      paramLabel = "TABLE",
      order = 44,
      description =
          "The predictions that were made, Parquet or CSV, with the column of ids of the explained"
              + " rows: how many of them are explained is counted, for the metric coverage of the"
              + " policy.")
  @Nullable Location expected;

  @Option(
      names = "--drift-top",
      defaultValue = "10",
      paramLabel = "K",
      order = 42,
      description = "How many leading features are compared with those of the baseline.")
  int driftTop = ShapRules.USUAL_TOP;

  @Option(
      names = "--on-violation",
      defaultValue = "fail",
      paramLabel = "fail|report",
      order = 43,
      description =
          "fail: exit 20 or 21 where the policy is not met. report: exit 0, for a gate to decide.")
  OnViolation onViolation = OnViolation.FAIL;

  /// @throws UsageException where a file for CI servers would point to a policy that is not given
  ShapRules rules(CiOptions ci) {
    if (ci.sarif != null && policy == null) {
      throw new UsageException("--sarif points to the lines of a policy: give one with --policy");
    }
    return new ShapRules(
        Optional.ofNullable(policy),
        Optional.ofNullable(baseline),
        Optional.ofNullable(expected),
        driftTop,
        onViolation);
  }
}
