package org.primum.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.primum.data.Digest;
import org.primum.gate.Verdict;
import org.primum.promotion.Candidate;
import org.primum.report.JUnitXml;
import org.primum.report.Report;
import org.primum.store.Location;
import org.primum.store.ObjectStore;

/// Decides from evidence whether a model may be released. Reads, decides, writes; moves nothing.
public final class GateStep implements Step<GateStep.Inputs> {

  /// @param evidence output directories of steps
  public record Inputs(Location policy, List<Location> evidence, Gated gated, JUnit junit) {
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

  /// Where the verdict goes as JUnit XML.
  public sealed interface JUnit {
    record Nowhere() implements JUnit {}

    /// @param overwrite whether a file that is there may be replaced
    record At(Location file, boolean overwrite) implements JUnit {}
  }

  @Override
  public String name() {
    return "gate";
  }

  @Override
  public StepResult run(Inputs inputs, StepContext context) throws IOException {
    refuseEarlier(inputs.junit());
    Candidate candidate =
        switch (inputs.gated()) {
          case Gated.ModelAt(Location location) -> new Candidate.Given(model(location, context));
          case Gated.NamedByEvidence() -> new Candidate.AsInEvidence();
        };
    Gate gate = Gate.decide(inputs.policy(), inputs.evidence(), candidate, context);
    Verdict verdict =
        gate.verdict(name(), context, List.of(), ReleasePages.summary(gate.decision()));
    writeJUnit(inputs.junit(), verdict, context);
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

  private static void refuseEarlier(JUnit junit) {
    if (junit instanceof JUnit.At(Location file, boolean overwrite)
        && !overwrite
        && file.isLocal()
        && Files.exists(file.path())) {
      throw new UsageException(
          "--junit=" + file + ": is there already; name another file, or give --overwrite");
    }
  }

  private static void writeJUnit(JUnit junit, Verdict verdict, StepContext context)
      throws IOException {
    if (junit instanceof JUnit.At(Location file, _)) {
      byte[] xml = JUnitXml.write(verdict);
      if (file.isLocal()) {
        writeLocally(file.path().toAbsolutePath(), xml);
      } else {
        try (ObjectStore store = context.open(file.wholeBucket())) {
          store.put(file.key(), ObjectStore.Content.of(xml));
        }
      }
    }
  }

  private static void writeLocally(Path file, byte[] bytes) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new UsageException("--junit=" + file + ": name a file");
    }
    Files.createDirectories(parent);
    Path beside = parent.resolve(".primum-" + UUID.randomUUID() + ".tmp");
    try {
      Files.write(beside, bytes);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
