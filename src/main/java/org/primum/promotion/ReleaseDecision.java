package org.primum.promotion;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.primum.data.Digest;
import org.primum.gate.Finding;
import org.primum.gate.Status;
import org.primum.gate.Subject;

/// Whether a model may be released: a pure function of policy, model, evidence and the time. It
/// reads no clock, file or store, so that an auditor can run it again years later and get the same
/// answer.
///
/// It fails closed. What is absent, expired, foreign or unreadable is inconclusive, never a pass;
/// all evidence brought forward counts, so of two audits of one model both have to pass; and each
/// rule is decided again from its numbers.
///
/// What it cannot see is evidence that was withheld: whoever brings the good audit and hides the
/// bad one is believed.
///
/// @param model the model decided about; empty where the evidence does not agree on one
/// @param appraisals one entry for each piece of evidence, and for each missing one, required steps
///   first
/// @param findings what each rule says, in the same order
public record ReleaseDecision(Slot model, List<Appraisal> appraisals, List<Finding> findings) {

  /// What is asked of evidence that no policy requires: only that it holds by itself.
  private static final Requirement NOTHING_MORE = Requirement.of("any");

  public ReleaseDecision {
    appraisals = List.copyOf(appraisals);
    findings = List.copyOf(findings);
  }

  /// Decides.
  ///
  /// @param candidate the model at hand, or whichever the evidence speaks of
  /// @param evidence in any order; it is appraised in the order of the policy, then by source
  /// @param now the time evidence has to be in force
  public static ReleaseDecision decide(
      ReleasePolicy policy, Candidate candidate, List<Evidence> evidence, Instant now) {
    List<Digest> named =
        switch (candidate) {
          case Candidate.Given(Digest model) -> List.of(model);
          case Candidate.AsInEvidence() -> modelsOf(evidence);
        };
    Slot model = named.size() == 1 ? Slot.of(named.getFirst()) : new Slot.Empty();
    List<Finding> findings = new ArrayList<>();
    if (model.find().isEmpty()) {
      findings.add(EvidenceFinding.noSingleModel(named));
    }
    List<Appraisal> appraisals = new ArrayList<>();
    Appraiser appraiser = Appraiser.of(policy, model, evidence, now);
    for (Requirement requirement : policy.require()) {
      judge(requirement, appraiser, evidence, appraisals, findings);
    }
    for (Evidence other : notRequired(policy, evidence)) {
      judgeOne(NOTHING_MORE, appraiser, other, appraisals, findings);
    }
    return new ReleaseDecision(model, appraisals, findings);
  }

  /// The worst of all findings.
  public Status status() {
    return findings.stream().map(Finding::status).reduce(Status.PASS, Status::worse);
  }

  public boolean passes() {
    return status().compareTo(Status.INCONCLUSIVE) < 0;
  }

  private static void judge(
      Requirement requirement,
      Appraiser appraiser,
      List<Evidence> evidence,
      List<Appraisal> appraisals,
      List<Finding> findings) {
    List<Evidence> ofStep = sorted(evidence.stream().filter(e -> isOf(e, requirement.step())));
    if (ofStep.isEmpty()) {
      appraisals.add(appraiser.missing(requirement.step()));
      findings.add(EvidenceFinding.of(appraisals.getLast()));
    }
    for (Evidence one : ofStep) {
      judgeOne(requirement, appraiser, one, appraisals, findings);
    }
  }

  private static void judgeOne(
      Requirement requirement,
      Appraiser appraiser,
      Evidence evidence,
      List<Appraisal> appraisals,
      List<Finding> findings) {
    Appraisal appraisal = appraiser.appraise(evidence);
    appraisals.add(appraisal);
    findings.add(EvidenceFinding.of(appraisal));
    if (appraisal.counts() && evidence instanceof Evidence.Presented presented) {
      findings.addAll(RuleFindings.ofItsOwn(presented, appraiser.now()));
      findings.addAll(RuleFindings.ofPolicy(requirement, presented));
    }
  }

  private static List<Digest> modelsOf(List<Evidence> evidence) {
    Set<Digest> models = new TreeSet<>();
    for (Evidence one : evidence) {
      if (one instanceof Evidence.Presented presented) {
        presented.verdict().subject().find(Subject.MODEL).ifPresent(models::add);
      }
    }
    return List.copyOf(models);
  }

  private static List<Evidence> notRequired(ReleasePolicy policy, List<Evidence> evidence) {
    return sorted(
        evidence.stream().filter(e -> policy.require().stream().noneMatch(r -> isOf(e, r.step()))));
  }

  private static boolean isOf(Evidence evidence, String step) {
    return evidence instanceof Evidence.Presented p && p.verdict().step().equals(step);
  }

  private static List<Evidence> sorted(Stream<Evidence> evidence) {
    return evidence.sorted(java.util.Comparator.comparing(Evidence::source)).toList();
  }
}
