package org.primum.step.release;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.primum.data.Digest;
import org.primum.gate.Verdict;
import org.primum.promotion.Candidate;
import org.primum.report.Report;
import org.primum.step.ModelInput;
import org.primum.step.Step;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.step.UsageException;
import org.primum.store.Location;

/// Decides from evidence whether a model may be released. Reads, decides, writes; moves nothing.
public final class GateStep implements Step<GateStep.Inputs> {

  /// @param evidence output directories of steps
  public record Inputs(Location policy, List<Location> evidence, Gated gated) {
    public Inputs {
      evidence = List.copyOf(evidence);
      if (evidence.isEmpty()) {
        throw new UsageException("--evidence: name at least one output directory of a step");
      }
    }
  }

  /// Which model is gated.
  public sealed interface Gated {
    /// The model directory there.
    record ModelAt(Location location) implements Gated {}

    /// Whichever all evidence speaks of.
    record NamedByEvidence() implements Gated {}
  }

  @Override
  public String name() {
    return "gate";
  }

  @Override
  public StepResult run(Inputs inputs, StepContext context) throws IOException {
    Candidate candidate =
        switch (inputs.gated()) {
          case Gated.ModelAt(Location location) -> new Candidate.Given(model(location, context));
          case Gated.NamedByEvidence() -> new Candidate.AsInEvidence();
        };
    Gate gate = Gate.decide(inputs.policy(), inputs.evidence(), candidate, context);
    Verdict verdict =
        gate.verdict(name(), context, List.of(), ReleasePages.summary(gate.decision()));
    return StepResult.of(
        verdict,
        List.of(),
        report(gate, verdict),
        gate.decision().model().find().map(m -> Map.of("model", m.value())).orElse(Map.of()),
        ReleasePages.table(verdict.findings()));
  }

  private static Digest model(Location location, StepContext context) throws IOException {
    return ModelInput.files(context.fetchDirectory("model", location), location, context).digest();
  }

  private static Report report(Gate gate, Verdict verdict) {
    return new Report(
            "Release gate: " + gate.policy().name(),
            verdict,
            "Decided by revision %d of the release policy.".formatted(gate.policy().revision()),
            List.of(ReleasePages.evidence(gate.decision()), ReleasePages.limits()))
        .checking(ReleasePages.checks(gate.decision()));
  }
}
