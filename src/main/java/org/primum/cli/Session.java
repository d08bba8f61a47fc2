package org.primum.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.primum.platform.Progress;
import org.primum.platform.ProgressReports;
import org.primum.step.CommandRun;
import org.primum.step.StepRun;

/// The world around one command: its streams, environment and clock.
///
/// @param terminal whether stderr is a person's terminal
public record Session(
    List<String> arguments,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Clock clock,
    boolean terminal) {

  /// A line to the person who waits; stdout carries only the result.
  void log(String line) {
    err.println(line.replaceAll("\\p{Cntrl}+", " "));
  }

  StepRun stepRun() {
    return new StepRun(Version.NUMBER, arguments, environment, clock, progress(), this::log);
  }

  CommandRun commandRun() {
    return new CommandRun(environment, clock, progress(), this::log);
  }

  private Progress progress() {
    return ProgressReports.of(environment, err, terminal);
  }
}
