package org.primum.promotion;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.primum.data.Digest;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;

/// Tells which evidence counts for a model at a time.
///
/// @param model the model it has to speak of; empty where the evidence agrees on none
/// @param datasets those that accepted audits of the model name, scored tables and what they were
///   scored from; a release of noisy statistics has to be of one of them
record Appraiser(ReleasePolicy policy, Slot model, Set<Digest> datasets, Instant now) {

  static final String AUDIT = "fairness-audit";
  static final String NOISE = "dp-noise";

  /// Clocks of two machines may differ by this much.
  static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  static Appraiser of(ReleasePolicy policy, Slot model, List<Evidence> evidence, Instant now) {
    Appraiser withoutDatasets = new Appraiser(policy, model, Set.of(), now);
    Set<Digest> datasets = new TreeSet<>();
    for (Evidence one : evidence) {
      if (one instanceof Evidence.Presented p
          && p.verdict().step().equals(AUDIT)
          && withoutDatasets.appraise(p).counts()) {
        p.verdict().subject().find(Subject.DATASET).ifPresent(datasets::add);
        p.verdict().subject().find(Subject.SOURCE).ifPresent(datasets::add);
      }
    }
    return new Appraiser(policy, model, datasets, now);
  }

  Appraisal missing(String step) {
    return new Appraisal(
        step, "", Standing.MISSING, "no evidence of step '%s' was given".formatted(step));
  }

  Appraisal appraise(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Unusable(String source, String reason) ->
          new Appraisal(Appraisal.UNKNOWN_STEP, source, Standing.UNUSABLE, reason);
      case Evidence.Presented presented -> appraise(presented);
    };
  }

  private Appraisal appraise(Evidence.Presented evidence) {
    Verdict verdict = evidence.verdict();
    Optional<String> objection = objection(evidence);
    if (objection.isPresent()) {
      return standing(evidence, Standing.UNUSABLE, objection.get());
    }
    Optional<String> foreign = foreign(verdict).or(() -> unpinned(verdict));
    if (foreign.isPresent()) {
      return standing(evidence, Standing.FOREIGN, foreign.get());
    }
    return standing(
        evidence,
        outOfForce(verdict).isPresent() ? Standing.EXPIRED : Standing.FOUND,
        outOfForce(verdict)
            .orElse("in force, of " + verdict.createdAt().truncatedTo(ChronoUnit.SECONDS)));
  }

  private static Appraisal standing(Evidence.Presented evidence, Standing standing, String reason) {
    return new Appraisal(evidence.verdict().step(), evidence.source(), standing, reason);
  }

  private static Optional<String> objection(Evidence.Presented evidence) {
    if (!evidence.objections().isEmpty()) {
      return Optional.of(String.join("; ", evidence.objections()));
    }
    Verdict verdict = evidence.verdict();
    return verdict.step().equals(AUDIT) && verdict.findings().isEmpty()
        ? Optional.of("an audit without a single rule shows nothing")
        : Optional.empty();
  }

  private Optional<String> foreign(Verdict verdict) {
    Optional<Digest> named = verdict.subject().find(Subject.MODEL);
    if (named.isEmpty() && verdict.step().equals(NOISE)) {
      return foreignDataset(verdict);
    }
    if (named.isEmpty()) {
      return Optional.of("it names no model");
    }
    if (model.find().isEmpty()) {
      return Optional.of("it speaks of model " + named.get() + ", but which one is gated is open");
    }
    if (!model.holds(named.get())) {
      return Optional.of(
          "it speaks of model %s, not of %s".formatted(named.get(), model.find().get()));
    }
    return verdict.step().equals(NOISE) ? foreignDataset(verdict) : Optional.empty();
  }

  private Optional<String> foreignDataset(Verdict verdict) {
    Optional<Digest> dataset = verdict.subject().find(Subject.DATASET);
    if (dataset.isEmpty()) {
      return Optional.of("it names no dataset");
    }
    return datasets.contains(dataset.get())
        ? Optional.empty()
        : Optional.of(
            "it speaks of dataset %s, which no accepted audit of this model names"
                .formatted(dataset.get()));
  }

  private Optional<String> unpinned(Verdict verdict) {
    return switch (requirement(verdict.step()).pin()) {
      case Requirement.Pin.Any() -> Optional.empty();
      case Requirement.Pin.Exactly(Digest pinned) -> {
        Optional<Digest> followed = verdict.subject().find(Subject.POLICY);
        yield followed.filter(pinned::equals).isPresent()
            ? Optional.empty()
            : Optional.of(
                "it followed policy %s, not the pinned %s"
                    .formatted(followed.map(Digest::value).orElse("none"), pinned));
      }
    };
  }

  private Optional<String> outOfForce(Verdict verdict) {
    Instant created = verdict.createdAt();
    if (created.isAfter(now.plus(CLOCK_SKEW))) {
      return Optional.of("it is dated in the future: " + created);
    }
    if (verdict.expiry() instanceof Verdict.Expiry.At(Instant end) && !now.isBefore(end)) {
      return Optional.of("it expired at " + end);
    }
    return requirement(verdict.step()).freshness().covers(created, now)
        ? Optional.empty()
        : Optional.of("it is of %s, older than the policy allows".formatted(created));
  }

  private Requirement requirement(String step) {
    return policy.require().stream()
        .filter(r -> r.step().equals(step))
        .findFirst()
        .orElseGet(() -> Requirement.of(step));
  }
}
