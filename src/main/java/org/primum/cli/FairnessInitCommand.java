package org.primum.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.primum.fairness.proposal.ColumnRoles;
import org.primum.platform.ExitStatus;
import org.primum.step.CommandRun;
import org.primum.step.UsageException;
import org.primum.step.audit.ProposedPolicy;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Proposes a fairness policy. It is no step: it decides nothing, and leaves one file.
@Command(
    name = "fairness-init",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    showDefaultValues = true,
    description = {
      "Proposes a fairness policy from scored data, for a person to edit; also called as"
          + " primum fairness-audit init.",
      "It tells columns by name and content, counts the groups, says which can be tested at all, and"
          + " writes beside each line what it guessed and what a person has to decide. Of the rows"
          + " it writes category names alone. A limit in it is a placeholder, not advice.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum fairness-init --data=scored.parquet --output=proposed.yaml",
      "  primum fairness-audit init --data=scored.parquet --sensitive=race,sex --output=proposed.yaml"
    })
@PlainCommand({
  ExitStatus.PASSED,
  ExitStatus.INTERNAL,
  ExitStatus.USAGE,
  ExitStatus.OUT_OF_MEMORY,
  ExitStatus.CONFIG_INVALID,
  ExitStatus.DATA_INVALID,
  ExitStatus.TRANSIENT,
  ExitStatus.CANCELLED
})
@StepOutput(
    name = "--output",
    kind = StepOutput.Kind.DOCUMENT,
    description = "the policy with its comments, YAML; on stdout where the option is not given")
final class FairnessInitCommand implements Callable<Integer> {

  @StepInput(StepInput.Kind.TABLE)
  @Option(
      names = "--data",
      required = true,
      paramLabel = "TABLE",
      description = "Scored rows, Parquet or CSV.")
  @Nullable Location data;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The file to write; one that is there is never replaced. Default: stdout.")
  @Nullable Location output;

  @Option(
      names = "--name",
      defaultValue = "proposed",
      paramLabel = "NAME",
      description = "What the policy is called.")
  String name = "proposed";

  @Option(
      names = "--label",
      defaultValue = "",
      paramLabel = "COLUMN",
      description = "The column of the outcome, where its name does not tell.")
  String label = "";

  @Option(
      names = "--positive",
      defaultValue = "",
      paramLabel = "VALUE",
      description = "The value of it that says that the outcome happened.")
  String positive = "";

  @Option(
      names = "--prediction",
      defaultValue = "",
      paramLabel = "COLUMN",
      description = "The column of who is flagged.")
  String prediction = "";

  @Option(
      names = "--score",
      defaultValue = "",
      paramLabel = "COLUMN",
      description = "The column of the predicted probability.")
  String score = "";

  @Option(
      names = "--sensitive",
      split = ",",
      paramLabel = "COLUMN[,COLUMN]",
      description = "The columns by which people are audited, instead of those whose names tell.")
  List<String> sensitive = List.of();

  private final Session session;

  FairnessInitCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (data == null) {
      throw new UsageException("--data: name the scored table");
    }
    ColumnRoles.Said said = new ColumnRoles.Said(label, positive, prediction, score, sensitive);
    CommandRun run = session.commandRun();
    String yaml = run.read(new ProposedPolicy(data, said, name)::yaml);
    if (output == null) {
      session.out().print(yaml);
    } else {
      run.create("--output", output, yaml.getBytes(StandardCharsets.UTF_8));
      session.log("proposed: " + output + "; read every line marked TO DECIDE");
    }
    session.out().flush();
    return ExitStatus.PASSED.code();
  }
}
