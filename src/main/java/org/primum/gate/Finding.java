package org.primum.gate;

/// What one rule says of one group.
///
/// @param rule the rule's id in its policy
/// @param decide how the value was held against the limit (`point`, `exclude-harm`, `show-safe`,
///   `both`), or `presence`
/// @param status the outcome after severity and waivers
/// @param reason why, in words a clinician can read
/// @param significance how strongly the data speaks for what the rule wants proven
public record Finding(
    String rule,
    Measurement measurement,
    Threshold threshold,
    String decide,
    Status status,
    Severity severity,
    String reason,
    Significance significance) {

  /// A finding that chance has no part in.
  public Finding(
      String rule,
      Measurement measurement,
      Threshold threshold,
      String decide,
      Status status,
      Severity severity,
      String reason) {
    this(rule, measurement, threshold, decide, status, severity, reason, new Significance.None());
  }

  /// The same numbers with another outcome.
  public Finding with(Status other, String why) {
    return new Finding(rule, measurement, threshold, decide, other, severity, why, significance);
  }
}
