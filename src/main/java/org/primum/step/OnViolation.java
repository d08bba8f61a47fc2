package org.primum.step;

/// What a refusal by a policy is to the caller.
public enum OnViolation {
  /// The step fails: exit 20 or 21.
  FAIL,
  /// The step is done, exit 0; a gate reads the verdict.
  REPORT;

  /// How a step ends that found this.
  public StepResult end(StepResult result) {
    return switch (this) {
      case FAIL -> result;
      case REPORT ->
          result instanceof StepResult.Passed ? result : new StepResult.Reported(result.evidence());
    };
  }
}
