package org.primum.cli;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.primum.step.Step;
import org.primum.step.UsageException;
import org.primum.step.privacy.DpNoiseStep;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `primum dp-noise`.
@Command(
    name = DpNoiseStep.NAME,
    description = {
      "Release counts, tables, sums and means about patients with differential privacy.",
      "The release is paid from the budget of its dataset, which is kept in a ledger; when the budget"
          + " is used up, the step exits with 22 and releases nothing.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum dp-noise --data=scored.parquet --release=privacy-release.yaml \\",
      "    --budget=budget.yaml --ledger=s3://privacy/prod --output-dir=noise",
      "",
      "The smallest budget, for all releases together, and the smallest release:",
      "  apiVersion: primum.dev/v1alpha1",
      "  kind: PrivacyBudget",
      "  dataset: readmission-2026",
      "  unit: {column: patient_id, maxRows: 1}",
      "  neighbouring: add-remove",
      "  definition: pure",
      "  epsilon: 3.0",
      "",
      "  apiVersion: primum.dev/v1alpha1",
      "  kind: PrivacyRelease",
      "  metadata: {name: by-race, revision: 1}",
      "  queries:",
      "    - {id: by-race, kind: histogram, column: race,",
      "       categories: [White, Black], epsilon: 0.5}",
      "",
      "Tried again with the same data, release, budget and run id it publishes the same numbers"
          + " again at no cost; everything else spends. See docs/privacy.md."
    })
@StepOutput(
    name = "release.json",
    kind = StepOutput.Kind.DOCUMENT,
    description = "the noisy answers with their intervals")
@StepOutput(
    name = "params/epsilon_spent",
    kind = StepOutput.Kind.NUMBER,
    description = "epsilon of all releases so far")
@StepOutput(
    name = "params/epsilon_remaining",
    kind = StepOutput.Kind.NUMBER,
    description = "epsilon that is left")
@StepOutput(
    name = "params/ledger_sequence",
    kind = StepOutput.Kind.INTEGER,
    description = "number of the ledger entry that paid")
final class DpNoiseCommand extends StepCommand<DpNoiseStep.Inputs> {

  private static final String ALLOW_SEED = "PRIMUM_ALLOW_INSECURE_SEED";

  @StepInput(StepInput.Kind.TABLE)
  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "Rows with a column that says whose each is: Parquet or CSV.")
  @Nullable Location data;

  @StepInput(StepInput.Kind.POLICY)
  @Option(
      names = "--release",
      required = true,
      paramLabel = "FILE",
      description = "The queries, with categories, bounds and what each may cost (PrivacyRelease).")
  @Nullable Location release;

  @StepInput(StepInput.Kind.POLICY)
  @Option(
      names = "--budget",
      required = true,
      paramLabel = "FILE",
      description = "What all releases of the dataset may cost together (PrivacyBudget).")
  @Nullable Location budget;

  @StepInput(StepInput.Kind.STORE)
  @Option(
      names = "--ledger",
      required = true,
      paramLabel = "PREFIX",
      description = "Where budgets are kept: the same for all releases of the same patients.")
  @Nullable Location ledger;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description =
          "Names the run. By default PRIMUM_RUN_ID, ARGO_WORKFLOW_UID or KFP_RUN_ID, whichever is"
              + " set first, else the output directory.")
  @Nullable String runId;

  @Option(
      names = "--insecure-test-seed",
      paramLabel = "N",
      description =
          "For tests: noise from this seed, nothing private, nothing paid, exit 20. Needs "
              + ALLOW_SEED
              + "=1.")
  @Nullable Long insecureSeed;

  DpNoiseCommand(Session session) {
    super(session);
  }

  @Override
  Step<DpNoiseStep.Inputs> step() {
    return new DpNoiseStep();
  }

  @Override
  DpNoiseStep.Inputs inputs() {
    if (data == null || release == null || budget == null || ledger == null) {
      throw new IllegalStateException("picocli lets no command run without its required options");
    }
    return new DpNoiseStep.Inputs(
        data, release, budget, ledger, Optional.ofNullable(runId).orElseGet(this::ofRun), seed());
  }

  private OptionalLong seed() {
    if (insecureSeed == null) {
      return OptionalLong.empty();
    }
    if (!"1".equals(session().environment().get(ALLOW_SEED))) {
      throw new UsageException(
          "INSECURE_SEED: --insecure-test-seed gives noise that anyone can take off again; for a"
              + " test set "
              + ALLOW_SEED
              + "=1, for a release leave it out");
    }
    return OptionalLong.of(insecureSeed);
  }
}
