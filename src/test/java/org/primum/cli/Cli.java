package org.primum.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs a command as a user would, and keeps what came of it.
///
/// @param code the exit code
public record Cli(int code, String out, String err) {

  public static Cli run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /// @param environment the only variables the command sees, beside a termination log that goes
  ///   nowhere
  public static Cli run(Map<String, String> environment, String... arguments) {
    Map<String, String> all = new TreeMap<>(environment);
    all.putIfAbsent("PRIMUM_TERMINATION_LOG", "/dev/null");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Primum.run(
            List.of(arguments),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            all);
    return new Cli(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
