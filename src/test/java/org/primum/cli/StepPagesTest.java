package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.primum.document.Documents;
import org.primum.document.Source;
import org.primum.template.StepModel;
import org.primum.template.StepPage;

/// What is generated from the command line has to be what is committed; `make generate` writes it.
final class StepPagesTest {

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

  @TestFactory
  Stream<DynamicTest> thePageOfEachStepIsUpToDate() {
    return MODELS.stream()
        .map(model ->
            dynamicTest(
                model.name(),
                () ->
                    assertThat(Path.of("steps", model.name(), "README.md"))
                        .content()
                        .isEqualTo(StepPage.write(model))));
  }

  @Test
  void noPageIsLeftOfAStepThatIsGone() throws Exception {
    try (Stream<Path> pages = Files.list(Path.of("steps"))) {
      assertThat(pages.filter(Files::isDirectory).map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(MODELS.stream().map(StepModel::name).toList());
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
        .containsExactly("cohort", "status");
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
