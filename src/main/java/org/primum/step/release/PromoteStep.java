package org.primum.step.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.primum.data.Digest;
import org.primum.document.DecisionDocument;
import org.primum.gate.Finding;
import org.primum.gate.Status;
import org.primum.gate.Verdict;
import org.primum.model.ModelDirectory;
import org.primum.promotion.Approval;
import org.primum.promotion.Candidate;
import org.primum.promotion.Evidence;
import org.primum.promotion.Move;
import org.primum.promotion.Pointer;
import org.primum.report.Report;
import org.primum.step.ModelInput;
import org.primum.step.Step;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.step.UsageException;
import org.primum.store.Location;
import org.primum.store.ObjectStore;

/// Makes a model current in a registry, if its evidence passes the gate and, where one is asked, a
/// person approves.
///
/// The order is what makes it safe to be killed anywhere: the pointer is read, the gate decides,
/// the bytes and the decision are created, and only then the pointer moves, from what was read to
/// what was decided.
public final class PromoteStep implements Step<PromoteStep.Inputs> {

  /// @param name under which the model serves
  /// @param registry prefix of the registry
  /// @param approval what a person said, where one was asked
  public record Inputs(
      Location model,
      String name,
      Location registry,
      Location policy,
      List<Location> evidence,
      Approval approval) {
    public Inputs {
      evidence = List.copyOf(evidence);
      if (evidence.isEmpty()) {
        throw new UsageException("--evidence: name at least one output directory of a step");
      }
    }
  }

  /// What the gate decided, and what a person said to it.
  ///
  /// @param approved the finding on the approval, where there is one
  private record Release(Gate gate, Approval approval, List<Finding> approved) {
    boolean isApproved() {
      return approved.stream().noneMatch(finding -> finding.status() == Status.FAIL);
    }
  }

  private final Supplier<String> nonces;

  public PromoteStep() {
    this(new Nonces());
  }

  /// @param nonces draws one for each move, 32 hexadecimal digits
  PromoteStep(Supplier<String> nonces) {
    this.nonces = nonces;
  }

  @Override
  public String name() {
    return "promote";
  }

  @Override
  public StepResult run(Inputs inputs, StepContext context) throws IOException {
    try (ObjectStore store = context.open(inputs.registry())) {
      return run(inputs, store, context);
    }
  }

  StepResult run(Inputs inputs, ObjectStore store, StepContext context) throws IOException {
    Registry registry = new Registry(store, inputs.name());
    Optional<Registry.Current> before = registry.current();
    Path directory = context.fetchDirectory("model", inputs.model());
    ModelDirectory model = ModelInput.files(directory, inputs.model(), context);
    Gate gate =
        Gate.decide(
            inputs.policy(), inputs.evidence(), new Candidate.Given(model.digest()), context);
    if (!gate.decision().passes()) {
      return refused(gate, before, context);
    }
    Release release =
        new Release(gate, inputs.approval(), inputs.approval().findings(gate.policy()));
    if (!release.isApproved()) {
      return unapproved(release, inputs, before, context);
    }
    store.probeConditionalWrites();
    if (before.isPresent()) {
      registry.settle(before.get());
    }
    registry.blobs().publish(model, directory, context.progress());
    if (before.isPresent() && before.get().pointer().model().equals(model.digest())) {
      return passed(
          release, before.get().pointer(), "It was current already; nothing moved.", context);
    }
    return move(release, model, registry, before, context);
  }

  /// Only one of several who read the same pointer moves it.
  private StepResult move(
      Release release,
      ModelDirectory model,
      Registry registry,
      Optional<Registry.Current> before,
      StepContext context)
      throws IOException {
    Move move = new Move(keepDecision(release, registry, context), nonces.get(), context.now());
    Pointer next =
        before
            .map(current -> current.pointer().promote(model.digest(), move))
            .orElseGet(() -> Pointer.first(registry.name(), model.digest(), move));
    return switch (registry.move(before, next)) {
      case Registry.Moved.Here(Pointer pointer) ->
          passed(release, pointer, moved(pointer), context);
      case Registry.Moved.Superseded(Pointer pointer, Pointer current) ->
          passed(
              release,
              pointer,
              moved(pointer) + " Move %d has followed since.".formatted(current.sequence()),
              context);
      case Registry.Moved.Lost(Pointer current) -> lost(release, current, context);
    };
  }

  private static String moved(Pointer pointer) {
    return pointer
        .previous()
        .find()
        .map(p -> "It replaces %s.".formatted(ReleasePages.brief(p)))
        .orElse("It is the first under this name.");
  }

  /// The decision with the bytes it was made of, so that it can be made again from the registry
  /// alone.
  private Digest keepDecision(Release release, Registry registry, StepContext context)
      throws IOException {
    ModelBlobs blobs = registry.blobs();
    Gate gate = release.gate();
    blobs.keep(gate.policySource().bytes());
    List<DecisionDocument.Exhibit> exhibits = new ArrayList<>();
    for (Gate.Exhibit exhibit : gate.exhibits()) {
      if (exhibit.evidence() instanceof Evidence.Presented presented) {
        exhibits.add(
            new DecisionDocument.Exhibit(presented.verdict().step(), keep(exhibit.files(), blobs)));
      }
    }
    Verdict verdict =
        gate.verdict(name(), context, release.approved(), ReleasePages.summary(gate.decision()));
    String reason = release.approval().words();
    return blobs.keep(
        DecisionDocument.write(verdict, registry.name(), reason, exhibits, context.now()));
  }

  private static SortedMap<String, Digest> keep(SortedMap<String, byte[]> files, ModelBlobs blobs)
      throws IOException {
    SortedMap<String, Digest> kept = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      kept.put(file.getKey(), blobs.keep(file.getValue()));
    }
    return kept;
  }

  private StepResult passed(Release release, Pointer pointer, String how, StepContext context)
      throws IOException {
    String summary =
        "Promoted: %s is current under '%s'. %s"
            .formatted(ReleasePages.brief(pointer.model()), pointer.name(), how);
    Gate gate = release.gate();
    Verdict verdict = gate.verdict(name(), context, release.approved(), summary);
    return StepResult.of(
        verdict,
        List.of(),
        report(gate, verdict, MoveResult.section(pointer)).headed("Promoted"),
        MoveResult.leave(pointer, context),
        ReleasePages.table(verdict.findings())
            + "\n"
            + String.join("\n", MoveResult.lines(pointer))
            + "\n");
  }

  private StepResult refused(Gate gate, Optional<Registry.Current> before, StepContext context) {
    Verdict verdict =
        gate.verdict(
            name(),
            context,
            List.of(),
            ReleasePages.summary(gate.decision()) + " The registry was not touched.");
    return StepResult.of(
        verdict,
        List.of(),
        report(gate, verdict, standing(before)).headed("Not promoted"),
        Map.of(),
        ReleasePages.table(verdict.findings()));
  }

  private static Report.Section standing(Optional<Registry.Current> before) {
    return before
        .map(current -> MoveResult.section(current.pointer()))
        .orElseGet(() ->
            Report.Section.of(
                "Where the registry stands",
                new Report.Block.Paragraph("Nothing was ever promoted under this name.")));
  }

  private StepResult unapproved(
      Release release, Inputs inputs, Optional<Registry.Current> before, StepContext context) {
    String summary =
        "Not promoted: %s the release of %s; the registry was not touched."
            .formatted(
                switch (release.approval()) {
                  case Approval.Rejected(String who) ->
                      (who.isEmpty() ? "somebody" : who) + " rejected";
                  case Approval.NotGiven _, Approval.Approved _ -> "nobody approved";
                },
                inputs.name());
    Verdict verdict = release.gate().verdict(name(), context, release.approved(), summary);
    return new StepResult.Unapproved(
        new StepResult.Evidence(
            verdict,
            List.of(),
            report(release.gate(), verdict, standing(before)).headed("Not approved"),
            new TreeMap<>(),
            ReleasePages.table(verdict.findings())));
  }

  private StepResult lost(Release release, Pointer current, StepContext context)
      throws IOException {
    Gate gate = release.gate();
    Finding finding =
        MoveResult.finding(
            "pointer",
            Status.INCONCLUSIVE,
            "the pointer moved to move %d, %s, while this promotion was under way; look at it, and promote again if this model should follow it"
                .formatted(current.sequence(), ReleasePages.brief(current.model())));
    Verdict verdict =
        gate.verdict(
            name(),
            context,
            Stream.concat(release.approved().stream(), Stream.of(finding)).toList(),
            "Not promoted: somebody else moved '%s' meanwhile.".formatted(current.name()));
    Map<String, String> parameters = MoveResult.leave(current, context);
    return new StepResult.Conflict(
        new StepResult.Evidence(
            verdict,
            List.of(),
            report(gate, verdict, MoveResult.section(current)).headed("Not promoted"),
            new TreeMap<>(parameters),
            ReleasePages.table(verdict.findings())));
  }

  /// The evidence line by line, and what the verdict holds beyond it.
  private static List<Report.Check> checks(Gate gate, Verdict verdict) {
    List<Report.Check> checks = new ArrayList<>();
    verdict.findings().stream()
        .skip(gate.decision().findings().size())
        .map(Report.Check::of)
        .forEach(checks::add);
    checks.addAll(ReleasePages.checks(gate.decision()));
    return checks;
  }

  private static Report report(Gate gate, Verdict verdict, Report.Section registry) {
    return new Report(
            "Promotion",
            verdict,
            "Decided by the release policy '%s', revision %d."
                .formatted(gate.policy().name(), gate.policy().revision()),
            List.of(registry, ReleasePages.evidence(gate.decision()), ReleasePages.limits()))
        .checking(checks(gate, verdict));
  }
}
