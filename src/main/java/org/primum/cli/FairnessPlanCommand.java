package org.primum.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.primum.fairness.PlanAssumptions;
import org.primum.fairness.policy.Metric;
import org.primum.gate.ConfigInvalidException;
import org.primum.platform.ExitStatus;
import org.primum.step.CommandRun;
import org.primum.step.UsageException;
import org.primum.step.audit.PlannedAudit;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Tells the patients a policy needs. It is no step: it decides nothing, and leaves at most a page.
@Command(
    name = "fairness-plan",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    showDefaultValues = true,
    description = {
      "Tells how many patients of each group a fairness policy needs, before there are any data.",
      "For each rule: how many it takes to show safety were the groups alike, and to prove harm were"
          + " the truth beyond the limit, with a power of 0.8 and 0.9; and which gap can be seen at"
          + " which size. The chances are those of the audit's own decisions, at its own levels.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum fairness-plan --policy=fairness.yaml",
      "  primum fairness-plan --policy=fairness.yaml --base-rate=0.05 --rate=tpr=0.6,fpr=0.2 \\",
      "    --reference-rows=4 --report=plan.html"
    })
@PlainCommand({
  ExitStatus.PASSED,
  ExitStatus.INTERNAL,
  ExitStatus.USAGE,
  ExitStatus.OUT_OF_MEMORY,
  ExitStatus.CONFIG_INVALID,
  ExitStatus.TRANSIENT,
  ExitStatus.CANCELLED
})
@StepOutput(
    name = "stdout",
    kind = StepOutput.Kind.DOCUMENT,
    description = "a table, or the plan as JSON")
@StepOutput(
    name = "--report",
    kind = StepOutput.Kind.REPORT,
    description = "the plan for people, with power curves: one file, no script")
final class FairnessPlanCommand implements Callable<Integer> {

  @StepInput(StepInput.Kind.POLICY)
  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "The FairnessPolicy, YAML or JSON.")
  @Nullable Location policy;

  @Option(
      names = "--base-rate",
      defaultValue = "0.15",
      paramLabel = "SHARE",
      description = "The share of patients with the outcome.")
  double baseRate;

  @Option(
      names = "--rate",
      split = ",",
      paramLabel = "METRIC=RATE",
      description =
          "Rates of the reference. Default: tpr=0.7,fpr=0.1; those of other metrics follow from base"
              + " rate, tpr and fpr.")
  Map<String, Double> rates = Map.of();

  @Option(
      names = "--reference-rows",
      defaultValue = "1",
      paramLabel = "N",
      description = "How many patients the reference has for each of the group.")
  double referenceRows;

  @Option(
      names = "--groups",
      defaultValue = "5",
      paramLabel = "N",
      description = "How many groups an attribute has whose groups the policy does not declare.")
  int groups;

  @Option(
      names = "--gap",
      defaultValue = "0",
      paramLabel = "NUMBER",
      description =
          "How far beyond the limit the truth lies where harm is to be proven. 0: as far again as the"
              + " limit is from parity, or 0.05.")
  double gap;

  @Option(
      names = "--format",
      defaultValue = "TABLE",
      paramLabel = "table|json",
      description = "What stdout carries: a table, or JSON.")
  OutputFormat format = OutputFormat.TABLE;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write a page with power curves there too; a file that is there is not replaced.")
  @Nullable Location report;

  private final Session session;

  FairnessPlanCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (policy == null) {
      throw new UsageException("--policy: name the FairnessPolicy");
    }
    CommandRun run = session.commandRun();
    PlannedAudit.Pages pages =
        run.read(new PlannedAudit(policy, assumptions(), Version.NUMBER)::pages);
    if (report != null) {
      run.create("--report", report, pages.html().getBytes(StandardCharsets.UTF_8));
      session.log("report: " + report);
    }
    switch (format) {
      case JSON -> session.out().print(pages.json());
      case TABLE -> session.out().print(pages.table());
    }
    session.out().flush();
    return ExitStatus.PASSED.code();
  }

  private PlanAssumptions assumptions() {
    Map<Metric, Double> known = new EnumMap<>(Metric.class);
    rates.forEach((name, rate) ->
        known.put(
            Metric.find(name)
                .orElseThrow(() ->
                    new UsageException(
                        "--rate: '" + name + "' is no metric; docs/metrics.md lists them")),
            rate));
    try {
      return new PlanAssumptions(baseRate, known, referenceRows, groups, gap);
    } catch (ConfigInvalidException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
