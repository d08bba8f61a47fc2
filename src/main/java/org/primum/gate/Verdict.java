package org.primum.gate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The outcome of a step: what each rule says, of which bytes, and since when.
///
/// @param step the step's name
/// @param stepVersion the version of primum that decided
/// @param summary one sentence a clinician can read
/// @param expiry when it stops counting as evidence, if ever
public record Verdict(
    String step,
    String stepVersion,
    Subject subject,
    List<Finding> findings,
    String summary,
    Instant createdAt,
    Expiry expiry) {

  /// Until when a verdict counts.
  public sealed interface Expiry {
    record Never() implements Expiry {}

    record At(Instant time) implements Expiry {}
  }

  public Verdict {
    findings = List.copyOf(findings);
  }

  /// The worst of all findings; a step without rules passes. Rules that only warn never block,
  /// which is already in their status.
  public Status status() {
    return findings.stream().map(Finding::status).reduce(Status.PASS, Status::worse);
  }

  /// Whether the workflow may go on.
  public boolean passes() {
    return status().compareTo(Status.INCONCLUSIVE) < 0;
  }

  /// The first of the worst findings, for the one line an engine shows.
  public Optional<Finding> worst() {
    Status status = status();
    return findings.stream().filter(f -> f.status() == status).findFirst();
  }
}
