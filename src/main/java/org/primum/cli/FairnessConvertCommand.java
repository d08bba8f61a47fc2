package org.primum.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.primum.document.ImportedSettings;
import org.primum.platform.ExitStatus;
import org.primum.step.CommandRun;
import org.primum.step.UsageException;
import org.primum.step.audit.ConvertedPolicy;
import org.primum.store.Location;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Imports the thresholds of other fairness tools. It is no step: it decides nothing, and leaves
/// one file.
@Command(
    name = "fairness-convert",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    showDefaultValues = true,
    description = {
      "Writes the thresholds of another fairness tool as a policy, for a person to complete.",
      "Reads Fairlearn's functions with bounds, TensorFlow Model Analysis' EvalConfig as JSON, and"
          + " Aequitas' configs.yaml. What a policy cannot express is listed at the end of the file"
          + " and on stderr, never dropped silently.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum fairness-convert --from=aequitas --input=configs.yaml --output=imported.yaml",
      "  primum fairness-convert --from=tfma --input=eval_config.json --output=imported.yaml",
      "  primum fairness-convert --from=fairlearn --input=bounds.yaml --output=imported.yaml",
      "",
      "Fairlearn has no file of its own; this one is read:",
      "  y_true: readmitted",
      "  y_pred: flagged",
      "  sensitive_features: [race, sex]",
      "  metrics:",
      "    - {function: equalized_odds_difference, max: 0.1}",
      "    - {function: recall_score_group_min, min: 0.6, sensitive_features: [race]}"
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
    name = "--output",
    kind = StepOutput.Kind.DOCUMENT,
    description = "the policy with its comments, YAML; on stdout where the option is not given")
final class FairnessConvertCommand implements Callable<Integer> {

  @Option(
      names = "--from",
      required = true,
      paramLabel = "fairlearn|tfma|aequitas",
      description = "The tool whose settings they are.")
  ImportedSettings.@Nullable Tool from;

  @StepInput(StepInput.Kind.POLICY)
  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE",
      description = "The settings, YAML or JSON.")
  @Nullable Location input;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The file to write; one that is there is never replaced. Default: stdout.")
  @Nullable Location output;

  private final Session session;

  FairnessConvertCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (from == null || input == null) {
      throw new UsageException("--from and --input are both needed");
    }
    CommandRun run = session.commandRun();
    String yaml = run.read(new ConvertedPolicy(from, input)::yaml);
    if (output == null) {
      session.out().print(yaml);
    } else {
      run.create("--output", output, yaml.getBytes(StandardCharsets.UTF_8));
      session.log("imported: " + output + "; read every line marked TO DECIDE or TO CHECK");
    }
    session.out().flush();
    return ExitStatus.PASSED.code();
  }
}
