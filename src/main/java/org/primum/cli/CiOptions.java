package org.primum.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.primum.step.CiFile;
import org.primum.step.CiFile.Format;
import org.primum.store.Location;
import picocli.CommandLine.Option;

/// The options of steps that a CI job runs: the verdict once more, in what CI servers read. Engines
/// have outputs of their own, so templates leave these options out.
final class CiOptions {

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      order = 80,
      description = "Write the verdict as JUnit XML there too, one test case a rule.")
  @Nullable Location junit;

  @Option(
      names = "--sarif",
      paramLabel = "FILE",
      order = 81,
      description =
          "Write what is not met as SARIF 2.1.0 there too, for code scanning; it points to the"
              + " policy's lines.")
  @Nullable Location sarif;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      order = 82,
      description =
          "Write a summary as GitHub-flavored Markdown there too. The file that"
              + " GITHUB_STEP_SUMMARY names is appended to.")
  @Nullable Location summary;

  /// The files that were asked for.
  List<CiFile> files() {
    List<CiFile> files = new ArrayList<>();
    add(files, Format.JUNIT, junit);
    add(files, Format.SARIF, sarif);
    add(files, Format.SUMMARY, summary);
    return files;
  }

  private static void add(List<CiFile> files, Format format, @Nullable Location at) {
    if (at != null) {
      files.add(new CiFile(format, at));
    }
  }
}
