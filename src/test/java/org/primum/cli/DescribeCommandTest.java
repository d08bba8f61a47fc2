package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.primum.document.Documents;
import org.primum.document.Source;
import org.primum.template.GeneratedFiles;
import org.primum.template.StepModel;

/// What is generated from the command line has to be what is committed; `make generate` writes it.
final class DescribeCommandTest {

  private static final List<StepModel> MODELS =
      StepModels.of(
          Primum.commandLine(
              new Session(
                  List.of(),
                  new PrintStream(PrintStream.nullOutputStream()),
                  new PrintStream(PrintStream.nullOutputStream()),
                  Map.of(),
                  Clock.systemUTC(),
                  false)));

  private static final SortedMap<String, String> FILES = GeneratedFiles.of(Version.NUMBER, MODELS);

  @TestFactory
  Stream<DynamicTest> eachGeneratedFileIsUpToDate() {
    return FILES.entrySet().stream()
        .map(file ->
            dynamicTest(
                file.getKey(),
                () -> assertThat(Path.of(file.getKey())).content().isEqualTo(file.getValue())));
  }

  @Test
  void nothingIsLeftOfAFileThatIsNoLongerGenerated() throws Exception {
    try (Stream<Path> steps = Files.walk(Path.of("steps"));
        Stream<Path> pipelines = Files.walk(Path.of("pipelines"))) {
      // the chart holds copies, with a test of their own
      Stream<Path> marked =
          pipelines
              .filter(file -> !file.startsWith("pipelines/chart"))
              .filter(Files::isRegularFile)
              .filter(this::saysItIsGenerated);
      assertThat(Stream.concat(steps.filter(Files::isRegularFile), marked))
          .extracting(Path::toString)
          .isSubsetOf(FILES.keySet());
    }
  }

  private boolean saysItIsGenerated(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.limit(3).anyMatch(line -> line.contains("Generated from the command line by"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void writesEveryGeneratedFileBelowARoot(@TempDir Path root) throws Exception {
    Cli described = Cli.run("describe", "--write=" + root);

    assertThat(described.code()).as(described.err()).isZero();
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile).map(p -> root.relativize(p).toString()))
          .containsExactlyInAnyOrderElementsOf(FILES.keySet());
    }
  }

  @TestFactory
  Stream<DynamicTest> eachStepSaysWhatItDoesShowsAnExampleAndDescribesEveryOption() {
    return MODELS.stream().map(model -> dynamicTest(model.name(), () -> isDescribed(model)));
  }

  /// `cohort` and `status` are no steps, but pipelines run them.
  @Test
  void everyCommandOfAPipelineIsDescribed() {
    assertThat(MODELS.stream().map(StepModel::name)).contains("cohort", "train", "gate", "status");
    assertThat(MODELS.stream().filter(m -> !m.hasOutputDirectory()).map(StepModel::name))
        .containsExactly(
            "cohort", "fairness-init", "fairness-convert", "fairness-plan", "explain", "status");
  }

  @Test
  void commandsWithoutAnOutputDirectoryPromiseNoVerdict() {
    assertThat(MODELS)
        .filteredOn(m -> !m.hasOutputDirectory())
        .allSatisfy(m -> {
          assertThat(m.outputs()).extracting(StepModel.Output::name).doesNotContain("verdict.json");
          assertThat(m.exitCodes()).doesNotContainKeys(20, 21, 22).containsKeys(0, 1, 2, 75);
        });
  }

  @Test
  void describeWritesWhatItsSchemaSays() {
    Cli described = Cli.run("describe", "--format=json");
    Source source = new Source("describe", described.out().getBytes(StandardCharsets.UTF_8));
    assertThat(Documents.read(source, "step-model").required("steps")).hasSameSizeAs(MODELS);
  }

  private static void isDescribed(StepModel model) {
    assertThat(model.summary()).isNotBlank().hasSizeLessThan(120);
    assertThat(model.example()).isNotEmpty();
    assertThat(String.join(" ", model.example())).contains("primum " + model.name());
    assertThat(model.options()).allSatisfy(o -> assertThat(o.description()).isNotBlank());
  }
}
