package org.primum.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks an option whose value is the location of an input artifact, so that templates can wire it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface StepInput {

  /// What is expected there.
  Kind value();

  /// The kinds of artifacts a step reads.
  enum Kind {
    /// Rows, Parquet or CSV.
    TABLE,
    /// A model directory, or a model file of a library.
    MODEL,
    /// A YAML or JSON document people write.
    POLICY,
    /// An output directory of a step.
    EVIDENCE,
    /// Counts instead of a table: the file, or the output directory of the step that counted.
    TALLY,
    /// What an earlier run of a step left, to compare with: the file, or its output directory.
    EARLIER,
    /// A prefix in a store that the step reads and writes.
    STORE
  }
}
