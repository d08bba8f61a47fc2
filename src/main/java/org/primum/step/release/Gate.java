package org.primum.step.release;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.data.Digest;
import org.primum.document.EvidenceDocument;
import org.primum.document.ReleasePolicyDocument;
import org.primum.document.Source;
import org.primum.gate.Finding;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;
import org.primum.promotion.Candidate;
import org.primum.promotion.Evidence;
import org.primum.promotion.ReleaseDecision;
import org.primum.promotion.ReleasePolicy;
import org.primum.step.OutputDirectories;
import org.primum.step.StepContext;
import org.primum.store.Location;
import org.primum.store.ObjectStore;

/// A release policy and evidence as they were read, and what they decide. `gate` and `promote` go
/// through this one door.
///
/// @param policySource the bytes of the policy
/// @param exhibits what was read as evidence
record Gate(
    ReleasePolicy policy, Source policySource, List<Exhibit> exhibits, ReleaseDecision decision) {

  /// One evidence directory.
  ///
  /// @param files the bytes that were read, by name
  record Exhibit(Evidence evidence, SortedMap<String, byte[]> files) {}

  /// Reads policy and evidence, and decides.
  ///
  /// @param evidenceAt output directories of steps, or directories that hold such
  /// @throws org.primum.gate.ConfigInvalidException for a policy that is wrong
  /// @throws org.primum.gate.ProvenanceInvalidException for evidence that somebody changed
  static Gate decide(
      Location policyAt, List<Location> evidenceAt, Candidate candidate, StepContext context)
      throws IOException {
    StepContext.Input input = context.fetchDocument("policy", policyAt);
    Source source = Source.of(input.path(), input.name());
    ReleasePolicy policy = ReleasePolicyDocument.read(source);
    List<Location> directories = new ArrayList<>();
    for (Location location : evidenceAt) {
      directories.addAll(OutputDirectories.at(location, context));
    }
    List<Exhibit> exhibits = new ArrayList<>();
    context.progress().start("evidence", directories.size());
    for (Location location : directories) {
      exhibits.add(read(location, context));
      context.progress().advance(1);
    }
    List<Evidence> evidence = exhibits.stream().map(Exhibit::evidence).toList();
    return new Gate(
        policy,
        source,
        exhibits,
        ReleaseDecision.decide(policy, candidate, evidence, context.now()));
  }

  /// The verdict of a step that decided by this gate.
  Verdict verdict(String step, StepContext context, List<Finding> more, String summary) {
    List<Finding> findings = new ArrayList<>(decision.findings());
    findings.addAll(more);
    Subject subject = Subject.none().with(Subject.POLICY, policySource.digest());
    return new Verdict(
        step,
        context.version(),
        decision.model().find().map(m -> subject.with(Subject.MODEL, m)).orElse(subject),
        findings,
        summary,
        context.now(),
        new Verdict.Expiry.Never());
  }

  private static Exhibit read(Location location, StepContext context) throws IOException {
    String name = location.toString();
    if (location.isLocal() && !Files.isDirectory(location.path())) {
      String reason = "no such directory; is the path right, and did the step finish?";
      return new Exhibit(new Evidence.Unusable(name, reason), new TreeMap<>());
    }
    try (ObjectStore store = context.open(location)) {
      EvidenceFiles files = new EvidenceFiles(store);
      Evidence evidence = EvidenceDocument.read(name, files);
      if (evidence instanceof Evidence.Presented presented) {
        record(location, presented.digest(), files, context);
      }
      return new Exhibit(evidence, files.read());
    }
  }

  private static void record(
      Location location, Digest verdict, EvidenceFiles files, StepContext context) {
    long bytes = files.read().values().stream().mapToLong(b -> b.length).sum();
    context.recordInput("evidence", location, verdict, bytes);
  }
}
