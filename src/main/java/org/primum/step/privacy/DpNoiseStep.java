package org.primum.step.privacy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.document.PrivacyBudgetDocument;
import org.primum.document.PrivacyReleaseDocument;
import org.primum.document.ReleaseResultDocument;
import org.primum.document.Source;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Subject;
import org.primum.privacy.ExactAnswers;
import org.primum.privacy.Ledger;
import org.primum.privacy.Ledger.Wish;
import org.primum.privacy.LedgerEntry.Event;
import org.primum.privacy.LedgerEntry.Reserved;
import org.primum.privacy.Mechanism;
import org.primum.privacy.NoisyAnswers;
import org.primum.privacy.PrivacyBudget;
import org.primum.privacy.Query;
import org.primum.privacy.QueryPlan;
import org.primum.privacy.Release;
import org.primum.privacy.ReleaseResult;
import org.primum.privacy.noise.InsecureTestBits;
import org.primum.privacy.noise.RandomBits;
import org.primum.privacy.noise.SystemRandomBits;
import org.primum.step.Step;
import org.primum.step.StepContext;
import org.primum.step.StepResult;
import org.primum.store.Location;
import org.primum.store.ObjectStore;
import org.primum.table.TableFiles;

/// Answers queries about patients with noise, and pays for it from the budget of their dataset.
public final class DpNoiseStep implements Step<DpNoiseStep.Inputs> {

  public static final String NAME = "dp-noise";

  static final String RELEASE = "release.json";

  /// @param ledger the store that holds the budget
  /// @param runId names the run: tried again under the same name it publishes the same draw
  /// @param insecureSeed a known seed instead of the system's randomness and of the ledger: for
  ///   tests, and never private
  public record Inputs(
      Location data,
      Location release,
      Location budget,
      Location ledger,
      String runId,
      OptionalLong insecureSeed) {}

  /// What is asked, before the data is opened.
  private record Plan(
      PrivacyBudget budget, Release release, Digest releaseFile, List<QueryPlan> queries) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public StepResult run(Inputs inputs, StepContext context) throws IOException {
    Plan plan = plan(inputs, context);
    StepContext.Input data = context.fetch("data", inputs.data());
    Table table = TableFiles.open(data.path(), data.name());
    ExactAnswers answers =
        new ExactAnswers(plan.queries(), plan.budget().unitColumn(), plan.budget().maxRows());
    requireColumns(table, plan, answers);
    DpNoiseWords.forecast(plan.queries()).forEach(context::log);
    Reading reading = new Reading(table, answers, context);
    Subject subject =
        Subject.none()
            .with(Subject.DATASET, data.digest())
            .with(Subject.POLICY, plan.releaseFile());
    DpNoiseVerdict verdict = new DpNoiseVerdict(context.version(), context.now(), subject);
    return inputs.insecureSeed().isPresent()
        ? unprotected(plan, reading, verdict, inputs.insecureSeed().getAsLong())
        : protect(inputs, plan, reading, verdict, runKey(data.digest(), plan, inputs.runId()));
  }

  private static StepResult protect(
      Inputs inputs, Plan plan, Reading reading, DpNoiseVerdict verdict, Digest key)
      throws IOException {
    StepContext context = reading.context();
    try (ObjectStore store = context.open(inputs.ledger())) {
      LedgerStore ledger =
          new LedgerStore(store, plan.budget().dataset(), context.now(), inputs.runId());
      ledger.open(plan.budget());
      return switch (ledger.reserve(key, plan.releaseFile(), events(plan.queries()))) {
        case Wish.Exhausted exhausted -> verdict.exhausted(ledger.ledger(), exhausted);
        case Wish.Granted(Reserved reserved) -> publish(plan, reading, verdict, ledger, reserved);
        case Wish.Known(Reserved reserved) -> publish(plan, reading, verdict, ledger, reserved);
      };
    }
  }

  private static Plan plan(Inputs inputs, StepContext context) throws IOException {
    StepContext.Input budgetFile = context.fetchDocument("budget", inputs.budget());
    StepContext.Input releaseFile = context.fetchDocument("release", inputs.release());
    PrivacyBudget budget =
        PrivacyBudgetDocument.read(Source.of(budgetFile.path(), budgetFile.name()));
    Release release =
        PrivacyReleaseDocument.read(
            Source.of(releaseFile.path(), releaseFile.name()), budget.total().definition());
    List<QueryPlan> queries = new ArrayList<>();
    for (Query query : release.queries()) {
      try {
        queries.add(QueryPlan.of(query, budget.relation(), budget.maxRows()));
      } catch (IllegalArgumentException e) {
        throw new ConfigInvalidException(
            releaseFile.name() + ": query " + query.id() + ": " + e.getMessage(), e);
      }
    }
    return new Plan(budget, release, releaseFile.digest(), queries);
  }

  /// Columns are looked for before anything is spent.
  private static void requireColumns(Table table, Plan plan, ExactAnswers answers) {
    Set<String> names = new HashSet<>(table.schema().names());
    String unit = plan.budget().unitColumn();
    if (!names.contains(unit)) {
      throw new DataInvalidException(
          "UNIT_UNKNOWN: "
              + table.name()
              + ": no column '"
              + unit
              + "', which the budget names as unit.column; without it nobody knows whose a row is."
              + " It has "
              + String.join(", ", table.schema().names()));
    }
    for (Selection selection : answers.selections()) {
      table.schema().require(selection.column(), table.name());
    }
  }

  /// What makes two runs the same: the bytes of the data and of the release, the budget, and the
  /// name of the run.
  private static Digest runKey(Digest data, Plan plan, String runId) {
    return Digest.of(
        String.join(
            "\n",
            data.value(),
            plan.releaseFile().value(),
            Digest.of(plan.budget().canonical()).value(),
            Digest.of(runId).value()));
  }

  private static List<Event> events(List<QueryPlan> plans) {
    List<Event> events = new ArrayList<>();
    for (QueryPlan plan : plans) {
      for (QueryPlan.Part part : plan.parts()) {
        Mechanism mechanism = part.mechanism();
        events.add(
            new Event(
                plan.query().id(), part.name(), mechanism.name(), part.noise(), mechanism.loss()));
      }
    }
    return events;
  }

  private static StepResult publish(
      Plan plan, Reading reading, DpNoiseVerdict verdict, LedgerStore ledger, Reserved reserved)
      throws IOException {
    Optional<byte[]> earlier = ledger.result(reserved.key());
    byte[] published;
    if (earlier.isPresent()) {
      published = earlier.get();
      reading.context().log("this run has published before: the same draw again, at no cost");
    } else {
      Ledger paid = ledger.ledger();
      BigDecimal spent = paid.spentUpTo(reserved);
      ReleaseResult draw =
          new ReleaseResult(
              plan.budget(),
              reading.draw(new SystemRandomBits()),
              spent,
              plan.budget().total().amount().subtract(spent),
              OptionalLong.of(reserved.header().sequence()),
              true);
      published = ledger.publish(reserved.key(), ReleaseResultDocument.write(draw));
    }
    ledger.commit(reserved.key(), published);
    return written(published, verdict, reading.context());
  }

  private static StepResult unprotected(
      Plan plan, Reading reading, DpNoiseVerdict verdict, long seed) throws IOException {
    reading.context().useSeed(seed);
    reading
        .context()
        .log("INSECURE_SEED: the noise can be drawn again by anyone; nothing here is private");
    ReleaseResult draw =
        new ReleaseResult(
            plan.budget(),
            reading.draw(new InsecureTestBits(seed)),
            plan.release().cost(),
            plan.budget().total().amount().subtract(plan.release().cost()),
            OptionalLong.empty(),
            false);
    return written(ReleaseResultDocument.write(draw), verdict, reading.context());
  }

  private static StepResult written(byte[] published, DpNoiseVerdict verdict, StepContext context)
      throws IOException {
    Files.write(context.artifact(RELEASE), published);
    return verdict.released(ReleaseResultDocument.read(new Source(RELEASE, published)));
  }

  /// The data, opened but not read.
  private record Reading(Table table, ExactAnswers answers, StepContext context) {

    List<ReleaseResult.Answer> draw(RandomBits bits) throws IOException {
      context.progress().start("reading", 0);
      try (Batches batches = table.read(answers.selections())) {
        for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
          answers.add(next.get());
          context.progress().advance(next.get().rows());
        }
      }
      return NoisyAnswers.draw(answers, bits);
    }
  }
}
