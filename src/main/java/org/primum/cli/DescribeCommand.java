package org.primum.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.primum.platform.ExitStatus;
import org.primum.report.TextTable;
import org.primum.template.GeneratedFiles;
import org.primum.template.StepModel;
import org.primum.template.StepModelJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Prints the model of all steps, from which templates and pages are made.
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Print all steps with their options, inputs and outputs, for programs or people.",
    footer = {"%nExample:", "  primum describe --format=json"})
final class DescribeCommand implements Callable<Integer> {

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--format",
      defaultValue = "table",
      paramLabel = "table|json",
      description = "A short table, or the whole model as JSON.")
  OutputFormat format = OutputFormat.TABLE;

  @Option(
      names = "--write",
      paramLabel = "ROOT",
      description =
          "Also write what is generated from it below ROOT: pages, templates and components.")
  @Nullable Path root;

  private final Session session;

  DescribeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec before it calls");
    }
    List<StepModel> models = StepModels.of(spec.root().commandLine());
    switch (format) {
      case JSON -> session.out().print(StepModelJson.write(Version.NUMBER, models));
      case TABLE -> session.out().print(table(models));
    }
    session.out().flush();
    if (root != null) {
      write(root, GeneratedFiles.of(Version.NUMBER, models));
    }
    return ExitStatus.PASSED.code();
  }

  private static String table(List<StepModel> models) {
    TextTable table = new TextTable(List.of("STEP", "WHAT IT DOES"));
    models.forEach(model -> table.row(model.name(), model.summary()));
    return table.write();
  }

  private static void write(Path root, SortedMap<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue(), StandardCharsets.UTF_8);
    }
  }
}
