package org.primum.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names an artifact or parameter that a step leaves in its output directory, beside those that
/// every step leaves.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(StepOutput.All.class)
public @interface StepOutput {

  /// Relative path, e.g. `scored.parquet`, `model/`, `params/epsilon_spent`; of a command without
  /// an output directory, the option or stream it goes to.
  String name();

  /// What it is, in a few words.
  String description();

  /// Several outputs of one step.
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    StepOutput[] value();
  }
}
