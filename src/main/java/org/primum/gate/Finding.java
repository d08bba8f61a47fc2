package org.primum.gate;

/// What one rule says of one group.
///
/// @param rule the rule's id in its policy
/// @param decide how the value was held against the limit (`point`, `exclude-harm`, `show-safe`,
///   `both`), or `presence`
/// @param status the outcome after severity and waivers
/// @param reason why, in words a clinician can read
public record Finding(
    String rule,
    Measurement measurement,
    Threshold threshold,
    String decide,
    Status status,
    Severity severity,
    String reason) {}
