package org.primum.cli;

import picocli.CommandLine.Option;

/// How many threads count rows.
final class ThreadOption {

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "N",
      order = 8,
      description =
          "How many threads count the rows; 0: one for each core. The result is the same, byte for"
              + " byte.")
  int threads;

  int orOneForEachCore() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
