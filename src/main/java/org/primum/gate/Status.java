package org.primum.gate;

/// How a rule, or a whole verdict, came out. The order is that of severity.
public enum Status {
  PASS,
  /// Outside the limit, but a waiver in force names it.
  WAIVED,
  /// Outside the limit, but the rule only warns.
  WARN,
  /// It cannot be known: too few patients, an undefined metric, missing evidence.
  INCONCLUSIVE,
  FAIL;

  public Status worse(Status other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
