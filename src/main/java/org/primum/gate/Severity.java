package org.primum.gate;

/// Whether a rule that is not met stops the release.
public enum Severity {
  BLOCK,
  WARN
}
