package org.primum.step;

import org.primum.store.Location;

/// One file for a CI server: the verdict once more, in a format it reads. It is written whenever
/// there is a verdict, a refusal included.
public record CiFile(Format format, Location at) {

  /// What CI servers read.
  public enum Format {
    JUNIT("--junit"),
    SARIF("--sarif"),
    SUMMARY("--summary");

    private final String option;

    Format(String option) {
      this.option = option;
    }
  }

  /// The option as it was given, for messages.
  String given() {
    return format.option + "=" + at;
  }
}
