package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the command line answers before any step runs.
final class CommandLineTest {

  @TempDir Path directory;

  @Test
  void saysWhatToDoWithoutACommand() {
    Cli cli = Cli.run();

    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("Missing required subcommand (see: primum --help)");
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void guessesWhatAMistypedCommandMeant() {
    Cli cli = Cli.run("trian");

    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("Did you mean: primum train");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cohort",
        "train",
        "score",
        "fairness-init",
        "fairness-convert",
        "fairness-plan",
        "fairness-audit",
        "fairness-tally",
        "fairness-merge",
        "shap-plan",
        "shap-batch",
        "shap-merge",
        "explain",
        "dp-noise",
        "gate",
        "promote",
        "rollback",
        "record",
        "status",
        "describe"
      })
  void explainsEachCommandWithAnExampleAndItsExitCodes(String command) {
    Cli cli = Cli.run(command, "--help");

    assertThat(cli.code()).isZero();
    assertThat(cli.out()).contains("Usage: primum " + command, "Example", "  primum " + command);
    assertThat(cli.out()).containsAnyOf("Exit codes", "exits 0", "Example:");
  }

  @Test
  void completesForTheShell() {
    Cli cli = Cli.run("completion");

    assertThat(cli.code()).isZero();
    assertThat(cli.out()).contains("complete -F", "fairness-audit", "--on-violation");
  }

  @ParameterizedTest
  @CsvSource({
    "--polcy=x, --polcy",
    "--format=xml, --format",
    "--on-violation=maybe, --on-violation",
    "--data=ftp://x/y, not known here",
    "--overwrite=perhaps, --overwrite"
  })
  void refusesAnOptionItDoesNotUnderstandByName(String option, String named) {
    Cli cli = Cli.run("fairness-audit", "--data=x", "--policy=x", "--output-dir=x", option);

    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains(named);
  }

  @ParameterizedTest
  @CsvSource({"--data, 11", "--policy, 10", "--model, 12"})
  void tellsWhichInputIsMissingByTheExitCode(String absent, int code) throws Exception {
    Path data = Files.writeString(directory.resolve("d.csv"), "label,score\n1,0.5\n");
    Path policy = Path.of("pipelines/local/fairness-policy.yaml");
    String missing = directory.resolve("missing").toString();

    Cli cli =
        Cli.run(
            "fairness-audit",
            "--data=" + (absent.equals("--data") ? missing : data),
            "--policy=" + (absent.equals("--policy") ? missing : policy),
            absent.equals("--model") ? "--model=" + missing : "--model=",
            "--output-dir=" + directory.resolve("out"));

    assertThat(cli.code()).as(cli.err()).isEqualTo(code);
    assertThat(cli.err()).contains(missing);
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void writesWhyItEndedToTheTerminationLog() throws Exception {
    Path log = directory.resolve("termination-log");

    Cli cli =
        Cli.run(
            Map.of("PRIMUM_TERMINATION_LOG", log.toString()),
            "gate",
            "--policy=" + directory.resolve("none.yaml"),
            "--evidence=" + directory,
            "--output-dir=" + directory.resolve("out"));

    assertThat(cli.code()).isEqualTo(10);
    assertThat(log).content().startsWith("CONFIG_INVALID: --policy=").doesNotContain("\n");
  }
}
