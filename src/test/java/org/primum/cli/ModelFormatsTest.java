package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Selection;
import org.primum.model.LibraryModels;
import org.primum.model.ShapFixture;
import org.primum.table.TableFiles;

/// Model files of every library go through the commands as a user would send them.
final class ModelFormatsTest {

  @TempDir Path folder;

  @Test
  void aForestOfScikitLearnIsExplainedAsTheOracleDoes() throws Exception {
    var fixture = new ShapFixture("h_sklearn_forest");
    Cli run =
        run(
            "shap-batch",
            fixture.file("model.json"),
            fixture.file("rows.csv"),
            "--precision=float64");
    double[] expected = ShapFixture.numbers(fixture.expected("expected_path.json").path("phi"));

    assertThat(run.err()).contains("PASS");
    Batch lines =
        read("shap.parquet", fixture.featureNames().stream().map(f -> "phi." + f).toList());
    for (int i = 0; i < expected.length; i++) {
      assertThat(lines.number(i % 12).value(i / 12)).isCloseTo(expected[i], within(1e-12));
    }
  }

  /// @param model a path below testdata
  @ParameterizedTest
  @CsvSource({"shap/h_sklearn_forest, model.json, count", "shap/a_xgb_binary, model.ubj, hessian"})
  void theFileSaysWhatTheCoverCountsAlsoAfterAMerge(String data, String model, String cover)
      throws Exception {
    Path from = Path.of("testdata").resolve(data);
    Path rows = from.resolve("rows.csv");
    run("shap-batch", from.resolve(model), rows, "--id=row_id");
    Path part = folder.resolve("part");
    Files.move(folder.resolve("out"), part);
    Cli merge =
        Cli.run("shap-merge", "--shards=" + part, "--output-dir=" + folder.resolve("merged"));

    assertThat(merge.code()).isZero();
    for (Path file : List.of(part, folder.resolve("merged"))) {
      assertThat(TableFiles.open(file.resolve("shap.parquet"), "x").metadata())
          .containsEntry("primum.cover", cover);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "forest-binary.onnx, sklearn, cancer",
    "lightgbm-forest.txt, prediction, cancer-missing",
    "simple-hist.json, probability, cancer-missing"
  })
  void scoresAreTheLibrarys(String model, String answer, String rows) throws Exception {
    Path table = LibraryModels.FOLDER.resolve(rows + ".csv");
    String names = model.endsWith(".txt") ? "" : "--features=f0,f1,f2,f3,f4,f5,f6,f7";
    Path data = names.isEmpty() ? renamed(table) : table;
    Cli run = run("score", LibraryModels.FOLDER.resolve(model), data, names);
    double[] expected = LibraryModels.last(model, answer);

    assertThat(run.err()).contains("PASS");
    Batch lines = read("scored.parquet", List.of("score"));
    for (int row = 0; row < expected.length; row++) {
      assertThat(lines.number(0).value(row)).isCloseTo(expected[row], within(2e-7));
    }
  }

  /// LightGBM calls columns without names `Column_0`, `Column_1`, ….
  private Path renamed(Path table) throws IOException {
    Path copy = folder.resolve("renamed.csv");
    return Files.writeString(
        copy, Files.readString(table).replaceAll("\\bf([0-7])\\b", "Column_$1"));
  }

  @Test
  void withoutCoverThereIsNoPathDependentExplanation() {
    Cli run =
        run(
            "shap-batch",
            LibraryModels.FOLDER.resolve("boosting-binary.onnx"),
            LibraryModels.FOLDER.resolve("cancer.csv"));

    assertThat(run.code()).isEqualTo(12);
    assertThat(run.err()).contains("(its cover)").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "forest-columns.onnx",
        "simple-boosting-wine.json",
        "lightgbm-forest-wine.txt",
        "xgboost-parallel.json"
      })
  void aTruncatedOrChangedFileIsRefusedWithoutAStackTrace(String file) throws Exception {
    byte[] original = Files.readAllBytes(LibraryModels.FOLDER.resolve(file));
    var random = new Random(7);
    for (int i = 0; i < 12; i++) {
      byte[] bytes = Arrays.copyOf(original, random.nextInt(original.length - 100));
      Path hostile = Files.write(folder.resolve(file), bytes);
      Cli run = run("shap-batch", hostile, LibraryModels.FOLDER.resolve("wine.csv"));

      assertThat(run.code()).isEqualTo(12);
      assertThat(run.err()).contains(file).doesNotContain("\tat ").doesNotContain("Exception");
    }
  }

  private Cli run(String step, Path model, Path data, String... more) {
    var arguments = new java.util.ArrayList<String>();
    arguments.add(step);
    arguments.add("--model=" + model);
    arguments.add("--data=" + data);
    arguments.add("--overwrite");
    arguments.add("--output-dir=" + folder.resolve("out"));
    Arrays.stream(more).filter(option -> !option.isEmpty()).forEach(arguments::add);
    return Cli.run(arguments.toArray(String[]::new));
  }

  private Batch read(String file, List<String> columns) throws IOException {
    Path path = folder.resolve("out").resolve(file);
    List<Selection> selections = columns.stream().map(Selection::number).toList();
    try (Batches batches = TableFiles.open(path, file).read(selections)) {
      Optional<Batch> first = batches.next();
      return first.orElseThrow();
    }
  }
}
