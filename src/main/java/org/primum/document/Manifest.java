package org.primum.document;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.primum.data.Digest;

/// What ran, on what, where, and what it left: enough to run it again.
///
/// @param arguments the command line, secrets masked
/// @param outputs every file of the output directory but `manifest.json` and `verdict.json`, which
///   bind it in turn
/// @param engine what the engine said of the run, by name of the variable
public record Manifest(
    String step,
    String version,
    List<String> arguments,
    List<Artifact> inputs,
    List<Artifact> outputs,
    OptionalLong seed,
    Map<String, String> runtime,
    Map<String, String> engine,
    Instant start,
    Instant end,
    int exitCode) {

  /// @param name the role of an input, the relative path of an output
  /// @param location where an input came from; of an output, its path again
  public record Artifact(String name, String location, Digest digest, long bytes) {}

  public Manifest {
    arguments = List.copyOf(arguments);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
