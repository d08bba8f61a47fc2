package org.primum.platform;

/// What a process tells the engine that started it. Part of the public contract: templates branch
/// on these numbers, so none is ever given another meaning. 64, 65, 125 to 128, 134, 137 and 139
/// belong to others.
public enum ExitStatus {
  PASSED(0, "done; the gate is open, or the outcome is only reported"),
  INTERNAL(1, "a bug in primum"),
  USAGE(2, "bad command line"),
  OUT_OF_MEMORY(3, "the Java virtual machine was given too little memory"),
  CONFIG_INVALID(10, "a policy, schema or version is wrong"),
  DATA_INVALID(11, "columns, types or values are wrong"),
  MODEL_INVALID(12, "the model cannot be loaded or scored"),
  PROVENANCE_INVALID(13, "a digest, signature or lineage does not match"),
  GATE_FAILED(20, "a threshold is violated"),
  GATE_INCONCLUSIVE(21, "too few patients, an undefined metric, missing or expired evidence"),
  PRIVACY_BUDGET(22, "the privacy budget would be exceeded"),
  APPROVAL_MISSING(23, "nobody approved"),
  CONFLICT(24, "the pointer moved meanwhile"),
  TRANSIENT(75, "the store is unreachable for now; the only one worth a retry"),
  CANCELLED(143, "stopped cleanly on SIGTERM");

  private final int code;
  private final String meaning;

  ExitStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }
}
