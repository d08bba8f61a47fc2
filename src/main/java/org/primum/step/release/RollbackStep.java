package org.primum.step.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.primum.data.Digest;
import org.primum.document.DecisionDocument;
import org.primum.gate.Finding;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;
import org.primum.promotion.History;
import org.primum.promotion.Move;
import org.primum.promotion.Pointer;
import org.primum.report.Report;
import org.primum.step.Step;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.step.UsageException;
import org.primum.store.Location;
import org.primum.store.ObjectStore;

/// Goes back to the last known good model of a registry, after reading every byte of it.
public final class RollbackStep implements Step<RollbackStep.Inputs> {

  private static final int LONGEST_REASON = 1000;

  /// @param reason why, for those who ask later; no patient's data
  public record Inputs(String name, Location registry, String reason) {
    public Inputs {
      if (reason.isBlank() || reason.length() > LONGEST_REASON) {
        throw new UsageException(
            "--reason: say why in 1 to " + LONGEST_REASON + " characters; it is kept for good");
      }
    }
  }

  private final Supplier<String> nonces;

  public RollbackStep() {
    this(new Nonces());
  }

  RollbackStep(Supplier<String> nonces) {
    this.nonces = nonces;
  }

  /// A rollback that knows its own earlier try: a run whose answer or output was lost after the
  /// pointer had moved does not go back twice.
  ///
  /// @param run names the run, the same for each try of it
  public static RollbackStep ofRun(String run) {
    String nonce = Digest.of(run).hex().substring(0, Nonces.DIGITS);
    return new RollbackStep(() -> nonce);
  }

  @Override
  public String name() {
    return "rollback";
  }

  @Override
  public StepResult run(Inputs inputs, StepContext context) throws IOException {
    try (ObjectStore store = context.open(inputs.registry())) {
      return run(inputs, store, context);
    }
  }

  StepResult run(Inputs inputs, ObjectStore store, StepContext context) throws IOException {
    Registry registry = new Registry(store, inputs.name());
    Registry.Current before =
        registry.current().orElseThrow(() -> StatusStep.nothing(inputs.name(), store));
    store.probeConditionalWrites();
    registry.settle(before);
    History history = registry.history(before);
    String nonce = nonces.get();
    if (before.pointer().nonce().equals(nonce)) {
      return doneBefore(registry, history, inputs, context);
    }
    Optional<Digest> target = history.lastKnownGood();
    if (target.isEmpty()) {
      return nowhereToGo(before.pointer(), inputs, context);
    }
    registry.blobs().verify(target.get(), context.progress());
    Verdict verdict = verdict(target.get(), before.pointer(), inputs, context);
    Digest decision =
        registry
            .blobs()
            .keep(
                DecisionDocument.write(
                    verdict, inputs.name(), inputs.reason(), List.of(), context.now()));
    Pointer next = history.rollback(new Move(decision, nonce, context.now())).orElseThrow();
    return switch (registry.move(Optional.of(before), next)) {
      case Registry.Moved.Here(Pointer pointer) -> done(verdict, pointer, inputs, context);
      case Registry.Moved.Superseded(Pointer pointer, Pointer _) ->
          done(verdict, pointer, inputs, context);
      case Registry.Moved.Lost(Pointer current) -> lost(current, inputs, context);
    };
  }

  private StepResult doneBefore(
      Registry registry, History history, Inputs inputs, StepContext context) throws IOException {
    Pointer current = history.current();
    registry.blobs().verify(current.model(), context.progress());
    context.log("this run has moved the pointer before; it is not moved again");
    Pointer before = history.entries().get(history.entries().size() - 2);
    return done(verdict(current.model(), before, inputs, context), current, inputs, context);
  }

  private Verdict verdict(Digest target, Pointer before, Inputs inputs, StepContext context) {
    Finding finding =
        MoveResult.finding(
            "last-known-good",
            Status.PASS,
            "every byte of %s is as it was promoted".formatted(ReleasePages.brief(target)));
    return verdict(
        target,
        finding,
        "Rolled back: '%s' serves %s again, no longer %s. Reason given: %s"
            .formatted(
                inputs.name(),
                ReleasePages.brief(target),
                ReleasePages.brief(before.model()),
                inputs.reason()),
        context);
  }

  private Verdict verdict(Digest model, Finding finding, String summary, StepContext context) {
    return new Verdict(
        name(),
        context.version(),
        Subject.none().with(Subject.MODEL, model),
        List.of(finding),
        summary,
        context.now(),
        new Verdict.Expiry.Never());
  }

  private StepResult done(Verdict verdict, Pointer pointer, Inputs inputs, StepContext context)
      throws IOException {
    return StepResult.of(
        verdict,
        List.of(),
        report(verdict, pointer, inputs),
        MoveResult.leave(pointer, context),
        table(pointer));
  }

  private StepResult nowhereToGo(Pointer current, Inputs inputs, StepContext context)
      throws IOException {
    Finding finding =
        MoveResult.finding(
            "last-known-good",
            Status.INCONCLUSIVE,
            "no earlier model of '%s' passed its gate, served, and was not rolled back; promote a model that passes instead"
                .formatted(inputs.name()));
    Verdict verdict =
        verdict(
            current.model(),
            finding,
            "Not rolled back: '%s' has no last known good model; %s is still current."
                .formatted(inputs.name(), ReleasePages.brief(current.model())),
            context);
    return StepResult.of(
        verdict,
        List.of(),
        report(verdict, current, inputs),
        MoveResult.leave(current, context),
        table(current));
  }

  private StepResult lost(Pointer current, Inputs inputs, StepContext context) throws IOException {
    Finding finding =
        MoveResult.finding(
            "pointer",
            Status.INCONCLUSIVE,
            "the pointer moved to move %d while this rollback was under way; look at the status, and roll back again if it is still wanted"
                .formatted(current.sequence()));
    Verdict verdict =
        verdict(
            current.model(),
            finding,
            "Not rolled back: somebody else moved '%s' meanwhile.".formatted(inputs.name()),
            context);
    Map<String, String> parameters = MoveResult.leave(current, context);
    return new StepResult.Conflict(
        new StepResult.Evidence(
            verdict,
            List.of(),
            report(verdict, current, inputs),
            new TreeMap<>(parameters),
            table(current)));
  }

  private static Report report(Verdict verdict, Pointer pointer, Inputs inputs) {
    List<Report.Section> sections = new ArrayList<>();
    sections.add(
        Report.Section.of("The reason given", new Report.Block.Paragraph(inputs.reason())));
    sections.add(MoveResult.section(pointer));
    sections.add(
        Report.Section.of(
            "Why this model",
            new Report.Block.Paragraph(
                "A rollback goes to the last known good model: the newest one that passed its gate,"
                    + " served under this name, and was not rolled back itself. Every byte of it is"
                    + " read and compared with its digest before the name moves. The model that was"
                    + " left counts as known good again only after a promotion of its own, with"
                    + " evidence of its own.")));
    sections.add(
        Report.Section.of(
            "What this cannot say",
            new Report.Block.Bullets(
                List.of(
                    "Whether the model was the cause of what was seen on the wards.",
                    "Whether the older model still fits the patients of today: its evidence is as"
                        + " old as it is."))));
    String headline = verdict.status() == Status.PASS ? "Rolled back" : "Not rolled back";
    return new Report("Rollback", verdict, "", sections).headed(headline);
  }

  private static String table(Pointer pointer) {
    return String.join("\n", MoveResult.lines(pointer)) + "\n";
  }
}
