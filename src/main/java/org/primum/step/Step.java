package org.primum.step;

import java.io.IOException;

/// One step: reads its inputs, computes, and says how it ended.
///
/// @param <I> its inputs, a record validated where it is made
public interface Step<I> {

  /// The name of its command, e.g. `fairness-audit`.
  String name();

  /// Reads first, calls one pure function of the domain, writes artifacts into the context last. A
  /// result is how it ended in order; it throws only when it could not finish, and then nothing is
  /// left behind.
  StepResult run(I inputs, StepContext context) throws IOException;
}
