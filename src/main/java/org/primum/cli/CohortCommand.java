package org.primum.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.primum.cohort.Cohort;
import org.primum.platform.ExitStatus;
import org.primum.platform.Progress;
import org.primum.platform.ProgressReports;
import org.primum.platform.TerminationMessage;
import org.primum.step.UsageException;
import org.primum.step.training.CohortFile;
import org.primum.store.Location;
import org.primum.store.Stores;
import org.primum.table.TableFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Writes a synthetic cohort. It is no step: it decides nothing, and leaves one file.
@Command(
    name = "cohort",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    showDefaultValues = true,
    description = {
      "Writes a synthetic readmission cohort with planted biases (docs/cohort.md).",
      "The same seed gives the same bytes. No row is a real patient.",
      ""
    },
    footer = {"", "Example:", "  primum cohort --patients=60000 --seed=1 --output=cohort.parquet"})
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
    kind = StepOutput.Kind.TABLE,
    description = "the cohort: one table, Parquet or CSV")
final class CohortCommand implements Callable<Integer> {

  @Option(
      names = "--patients",
      defaultValue = "10000",
      paramLabel = "N",
      description = "How many people; each has one to six admissions.")
  long patients;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Chooses the cohort; any whole number.")
  long seed;

  @Option(
      names = "--months",
      defaultValue = "12",
      paramLabel = "N",
      description = "Over how many months the admissions are spread, from 2024-01 on.")
  int months;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The file to write: a path, s3://bucket/key or minio://bucket/key.")
  @Nullable Location output;

  @Option(
      names = "--format",
      defaultValue = "PARQUET",
      paramLabel = "parquet|csv",
      description = "The file's format.")
  TableFormat format = TableFormat.PARQUET;

  @Option(
      names = "--overwrite",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      paramLabel = "true|false",
      description = "Replace a file that is there.")
  boolean overwrite;

  private final Session session;

  CohortCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (output == null) {
      throw new IllegalStateException("picocli lets no command run without its required options");
    }
    Progress progress =
        ProgressReports.of(session.environment(), session.err(), session.terminal());
    long rows =
        new CohortFile(
                cohort(), output, format, overwrite, new TerminationMessage(session.environment()))
            .write(new Stores(session.environment()), progress);
    session.out().println(rows + " admissions of " + patients + " patients: " + output);
    return ExitStatus.PASSED.code();
  }

  private Cohort cohort() {
    try {
      return new Cohort(patients, seed, months);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage());
    }
  }
}
