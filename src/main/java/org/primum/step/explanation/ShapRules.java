package org.primum.step.explanation;

import java.util.Optional;
import org.primum.step.OnViolation;
import org.primum.step.UsageException;
import org.primum.store.Location;

/// What explanations are held against.
///
/// @param policy an ExplanationPolicy; without one only additivity is judged
/// @param baseline the `summary.json` of an earlier run, that drift is measured from
/// @param expected a table of the predictions that have to be explained
/// @param driftTop how many leading features are compared with those of the baseline
public record ShapRules(
    Optional<Location> policy,
    Optional<Location> baseline,
    Optional<Location> expected,
    int driftTop,
    OnViolation onViolation) {

  public static final int USUAL_TOP = 10;

  public static final ShapRules NONE =
      new ShapRules(
          Optional.empty(), Optional.empty(), Optional.empty(), USUAL_TOP, OnViolation.FAIL);

  public ShapRules {
    if (driftTop < 1) {
      throw new UsageException("--drift-top must be at least 1, got " + driftTop);
    }
  }
}
