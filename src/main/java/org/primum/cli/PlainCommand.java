package org.primum.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.primum.platform.ExitStatus;

/// Marks a command that is no step but stands beside the steps in pipelines: it decides nothing,
/// and leaves no verdict.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface PlainCommand {

  /// How it can end.
  ExitStatus[] value();
}
