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

  /// What kind of thing it is, so that templates can declare it.
  Kind kind();

  /// Whether an option has to ask for it. An engine that fails where a declared output is missing
  /// is not told of it; it is among the files of the output directory.
  boolean onRequest() default false;

  /// What it is, in a few words.
  String description();

  /// The kinds of things a step leaves: first the parameters, one value in one file, then files and
  /// directories.
  enum Kind {
    /// A parameter: words.
    TEXT,
    /// A parameter: a whole number, or empty where there is none.
    INTEGER,
    /// A parameter: a number, or empty where it is undefined.
    NUMBER,
    /// A parameter: a JSON list, over which an engine fans out.
    LIST,
    /// Rows, Parquet or CSV.
    TABLE,
    /// A model directory.
    MODEL,
    /// A JSON document, or a directory of documents.
    DOCUMENT,
    /// A page for people.
    REPORT,
    /// Numbers for a metrics system.
    METRICS,
    /// Bytes only primum reads.
    BINARY
  }

  /// Several outputs of one step.
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    StepOutput[] value();
  }
}
