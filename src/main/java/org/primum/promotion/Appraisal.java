package org.primum.promotion;

/// What became of one piece of evidence, or of one that is missing.
///
/// @param step the step it is of; `unknown` where it cannot be read
/// @param source where it was read from; empty where it is missing
/// @param reason in words a clinician can read
public record Appraisal(String step, String source, Standing standing, String reason) {

  static final String UNKNOWN_STEP = "unknown";

  public boolean counts() {
    return standing == Standing.FOUND;
  }
}
