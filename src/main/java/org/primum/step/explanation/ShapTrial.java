package org.primum.step.explanation;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.primum.data.Digest;
import org.primum.document.ExplanationPolicyDocument;
import org.primum.document.ShapleyBaseline;
import org.primum.document.ShapleyShard;
import org.primum.document.ShapleyShardDocument;
import org.primum.document.ShapleySummaryDocument;
import org.primum.document.Source;
import org.primum.explain.drift.ShapleyDrift;
import org.primum.explain.policy.Coverage;
import org.primum.explain.policy.Explained;
import org.primum.explain.policy.ExplanationPolicy;
import org.primum.explain.policy.Judgement;
import org.primum.explain.summary.ShapleySummary;
import org.primum.gate.Finding;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.step.OutputDirectories;
import org.primum.step.StepContext;
import org.primum.store.Location;

/// Sums explanations up and holds them against a policy and a baseline. A shard is summed up and
/// not judged: its rows are chosen by their place in the table.
final class ShapTrial {

  private record Policy(ExplanationPolicy policy, Digest digest) {}

  private record Baseline(ShapleyBaseline summary, String name) {}

  private final ShapRules rules;
  private final Optional<Policy> policy;
  private final Optional<Baseline> baseline;
  private final Optional<StepContext.Input> expected;

  private ShapTrial(
      ShapRules rules,
      Optional<Policy> policy,
      Optional<Baseline> baseline,
      Optional<StepContext.Input> expected) {
    this.rules = rules;
    this.policy = policy;
    this.baseline = baseline;
    this.expected = expected;
  }

  /// Reads what the rules name, before any work is done.
  static ShapTrial of(ShapRules rules, StepContext context) throws IOException {
    Optional<Policy> policy = Optional.empty();
    Optional<Baseline> baseline = Optional.empty();
    if (rules.policy().isPresent()) {
      StepContext.Input file = context.fetchDocument("policy", rules.policy().get());
      Source source = Source.of(file.path(), file.name());
      policy = Optional.of(new Policy(ExplanationPolicyDocument.read(source), file.digest()));
    }
    if (rules.baseline().isPresent()) {
      Location given = rules.baseline().get();
      Location left =
          OutputDirectories.isFile(given, context) ? given : given.resolve(ShapReport.SUMMARY_FILE);
      StepContext.Input file = context.fetchDocument("baseline", left);
      ShapleyBaseline summary = ShapleySummaryDocument.read(file.path(), file.name());
      baseline = Optional.of(new Baseline(summary, file.name()));
    }
    Optional<StepContext.Input> expected = Optional.empty();
    if (rules.expected().isPresent()) {
      expected = Optional.of(context.fetch("expected", rules.expected().get()));
    }
    return new ShapTrial(rules, policy, baseline, expected);
  }

  /// @throws ProvenanceInvalidException where the baseline explains something else
  void requireFit(String mode, int outputs, List<String> features) {
    if (baseline.isEmpty()) {
      return;
    }
    ShapleyBaseline earlier = baseline.get().summary();
    if (!earlier.mode().equals(mode)) {
      throw unfit("is " + earlier.mode() + " and this run " + mode);
    }
    if (earlier.outputs().size() != outputs) {
      throw unfit("has " + earlier.outputs().size() + " classes and this run " + outputs);
    }
    if (!earlier.features().equals(features)) {
      throw unfit("tells of other features, or of the same in another order");
    }
  }

  private ProvenanceInvalidException unfit(String what) {
    return new ProvenanceInvalidException(
        baseline.map(Baseline::name).orElse("--baseline")
            + ": "
            + what
            + "; name the summary.json of a run that can be compared with this one");
  }

  /// Writes `summary.json` and `shard.json`, and says what came of it.
  ShapOutcome judge(ShapleyShard shard, StepContext context) throws IOException {
    boolean whole = shard.count() == 1;
    if (!whole && (policy.isPresent() || baseline.isPresent() || expected.isPresent())) {
      context.log("a shard is not judged; give --policy, --baseline and --expected to shap-merge");
    }
    ShapleySummary all = summary(shard, Integer.MAX_VALUE);
    List<ShapleyDrift> drift = whole ? drift(shard) : List.of();
    Optional<Coverage> coverage = whole ? coverage(shard, context) : Optional.empty();
    List<Finding> findings =
        whole
            ? policy
                .map(p ->
                    Judgement.of(
                        p.policy(),
                        new Explained(all, shard.tally().attributes(), drift, coverage)))
                .orElse(List.of())
            : List.of();
    ShapleySummary summary = summary(shard, shard.topK());
    Optional<ShapleyBaseline> earlier =
        drift.isEmpty() ? Optional.empty() : baseline.map(Baseline::summary);
    Files.write(
        context.artifact(ShapReport.SUMMARY_FILE),
        ShapleySummaryDocument.write(shard, summary, earlier, drift, coverage));
    Files.write(
        context.artifact(ShapleyShardDocument.FILE_NAME), ShapleyShardDocument.write(shard));
    return new ShapOutcome(
        summary,
        earlier,
        drift,
        coverage,
        findings,
        whole ? policy.map(Policy::digest) : Optional.empty(),
        rules.onViolation());
  }

  private Optional<Coverage> coverage(ShapleyShard shard, StepContext context) throws IOException {
    if (expected.isEmpty()) {
      return Optional.empty();
    }
    int lines = shard.baseValues().size();
    return Optional.of(ShapCoverage.of(expected.get(), shard.id(), lines, context));
  }

  private List<ShapleyDrift> drift(ShapleyShard shard) {
    List<ShapleyDrift> drift = new ArrayList<>();
    if (baseline.isPresent()) {
      ShapleyBaseline earlier = baseline.get().summary();
      for (int i = 0; i < earlier.outputs().size(); i++) {
        drift.add(
            ShapleyDrift.of(
                earlier.outputs().get(i),
                shard.tally().profiles(i, shard.features()),
                rules.driftTop(),
                seed(earlier, shard) + " " + i));
      }
    }
    return drift;
  }

  /// Of what chance draws: the same two runs give the same bytes.
  private static String seed(ShapleyBaseline earlier, ShapleyShard shard) {
    return Stream.of(earlier.model(), earlier.dataset(), shard.model(), shard.dataset())
        .map(Digest::value)
        .collect(Collectors.joining(" "));
  }

  private static ShapleySummary summary(ShapleyShard shard, int topK) {
    return ShapleySummary.of(
        shard.tally(),
        shard.baseValues().stream().mapToDouble(Double::doubleValue).toArray(),
        shard.features(),
        new ShapleySummary.Extent(topK, shard.minCohort(), shard.count() == 1));
  }
}
