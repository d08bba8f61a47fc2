package org.primum.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.primum.document.PointerDocument;
import org.primum.platform.ExitStatus;
import org.primum.step.UsageException;
import org.primum.step.release.StatusStep;
import org.primum.store.Location;
import org.primum.store.ObjectStore;
import org.primum.store.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `primum status`. Reads only, and needs no output directory.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    showDefaultValues = true,
    description = {
      "Tells which model is current under a name of a registry, which was before, and where a"
          + " rollback would go.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  primum status --name=readmission --registry=s3://models/prod --format=json"
    })
@PlainCommand({
  ExitStatus.PASSED,
  ExitStatus.INTERNAL,
  ExitStatus.USAGE,
  ExitStatus.OUT_OF_MEMORY,
  ExitStatus.CONFIG_INVALID,
  ExitStatus.PROVENANCE_INVALID,
  ExitStatus.TRANSIENT,
  ExitStatus.CANCELLED
})
@StepOutput(
    name = "stdout",
    kind = StepOutput.Kind.DOCUMENT,
    description = "sentences, or the pointer as promote and rollback leave it in pointer.json")
final class StatusCommand implements Callable<Integer> {

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      order = 1,
      description = "The name under which the model serves.")
  @Nullable String name;

  @Option(
      names = "--registry",
      required = true,
      paramLabel = "URI",
      order = 2,
      description =
          "Where the registry is: a directory, s3://bucket/prefix or minio://bucket/prefix.")
  @StepInput(StepInput.Kind.STORE)
  @Nullable Location registry;

  @Option(
      names = "--format",
      defaultValue = "TABLE",
      paramLabel = "table|json",
      order = 92,
      description = "What stdout carries: sentences, or the pointer as JSON.")
  OutputFormat format = OutputFormat.TABLE;

  private final Session session;

  StatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (name == null || registry == null) {
      throw new UsageException("--name and --registry are both needed");
    }
    try (ObjectStore store = new Stores(session.environment()).open(registry)) {
      StatusStep.Status status = StatusStep.read(store, name);
      switch (format) {
        case JSON ->
            session
                .out()
                .print(new String(PointerDocument.write(status.pointer()), StandardCharsets.UTF_8));
        case TABLE -> session.out().print(status.lines());
      }
      session.out().flush();
    }
    return ExitStatus.PASSED.code();
  }
}
