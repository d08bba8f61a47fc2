package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.Batch;
import org.primum.data.Selection;
import org.primum.model.LibraryModels;
import org.primum.table.TableFiles;

/// Linear models of three classes, as Tribuo saved them, through `shap-batch`: in every mode that
/// explains a linear model, 40 rows of three classes each.
final class ShapClassesTest {

  private static final Path MODEL = LibraryModels.FOLDER.resolve("tribuo-logistic-classes.pb");
  private static final Path ROWS = LibraryModels.FOLDER.resolve("cancer.csv");
  private static final String BACKGROUND =
      "--background=" + LibraryModels.FOLDER.resolve("cancer-training.csv");

  @TempDir private Path folder = Path.of("unset");

  private Cli explain(String out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "shap-batch",
                "--model=" + MODEL,
                "--data=" + ROWS,
                "--output-dir=" + folder.resolve(out)));
    arguments.addAll(Arrays.asList(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private Batch lines(String out, String... columns) throws IOException {
    try (var batches =
        TableFiles.open(folder.resolve(out).resolve("shap.parquet"), "shap.parquet")
            .read(Arrays.stream(columns).map(Selection::number).toList())) {
      return batches.next().orElseThrow();
    }
  }

  /// Against the softmax of Tribuo's own numbers.
  @Test
  void everyRowHasALineOfEachClassThatAddsUpToItsMargin() throws Exception {
    assertThat(explain("out").code()).isZero();

    double[] expected = LibraryModels.expected("tribuo-logistic-classes.pb", "tribuo");
    Batch lines =
        lines(
            "out",
            "base_value",
            "margin",
            "phi.f0",
            "phi.f1",
            "phi.f2",
            "phi.f3",
            "phi.f4",
            "phi.f5",
            "phi.f6",
            "phi.f7");
    assertThat(lines.rows()).isEqualTo(120);
    for (int line = 0; line < lines.rows(); line += 3) {
      double sum = 0;
      for (int output = 0; output < 3; output++) {
        double total = lines.number(0).value(line + output);
        for (int feature = 0; feature < 8; feature++) {
          total += lines.number(2 + feature).value(line + output);
        }
        assertThat(total).isCloseTo(lines.number(1).value(line + output), within(1e-9));
        sum += Math.exp(lines.number(1).value(line + output) - lines.number(1).value(line));
      }
      for (int output = 0; output < 3; output++) {
        double margin = lines.number(1).value(line + output) - lines.number(1).value(line);
        assertThat(Math.exp(margin) / sum).isCloseTo(expected[line + output], within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--mode=linear",
        "--mode=auto",
        "--mode=interventional",
        "--mode=correlated",
        "--mode=permutation --samples=200 --background-rows=20",
        "--mode=linear --interactions=top:3",
        "--mode=linear --output-space=probability --background-rows=20 --samples=200"
      })
  void everyModeOfLinearModelsTakesSeveralClasses(String options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options.split(" ")));
    all.add(BACKGROUND);
    Cli cli = explain("out", all.toArray(String[]::new));

    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(lines("out", "class").rows()).isEqualTo(120);
  }

  /// Each class is explained as a model of that class alone would be: where the background's
  /// features are correlated the sums still are the margins, and the base values those of the
  /// independent ones.
  @Test
  void correlatedValuesStartWhereIndependentOnesDo() throws Exception {
    explain("independent", "--mode=linear", BACKGROUND);
    explain("correlated", "--mode=correlated", BACKGROUND);

    Batch one = lines("independent", "base_value", "margin", "phi.f0");
    Batch other = lines("correlated", "base_value", "margin", "phi.f0");
    double apart = 0;
    for (int line = 0; line < 120; line++) {
      assertThat(other.number(0).value(line)).isCloseTo(one.number(0).value(line), within(1e-9));
      assertThat(other.number(1).value(line)).isEqualTo(one.number(1).value(line));
      apart = Math.max(apart, Math.abs(other.number(2).value(line) - one.number(2).value(line)));
    }
    assertThat(apart).isGreaterThan(0.01);
  }

  @ParameterizedTest
  @CsvSource({
    "tribuo-logistic-classes.pb",
    "tribuo-liblinear-logistic-classes.pb",
    "tribuo-elastic-net.pb"
  })
  void theSavedExplainerGivesTheSameBytes(String model) throws Exception {
    Path file = LibraryModels.FOLDER.resolve(model);
    Cli.run(
        "shap-batch",
        "--model=" + file,
        "--data=" + ROWS,
        BACKGROUND,
        "--save-explainer",
        "--output-dir=" + folder.resolve("saved"));
    Cli again =
        Cli.run(
            "shap-batch",
            "--model=" + file,
            "--data=" + ROWS,
            "--explainer=" + folder.resolve("saved/explainer.bin"),
            "--output-dir=" + folder.resolve("again"));

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(folder.resolve("again/shap.parquet"))
        .hasSameBinaryContentAs(folder.resolve("saved/shap.parquet"));
  }

  @Test
  void shardsOfClassesMergeToTheSameBytes() throws Exception {
    explain("whole");
    explain("parts/0", "--shard=0/2");
    explain("parts/1", "--shard=1/2");
    Cli merged =
        Cli.run(
            "shap-merge",
            "--shards=" + folder.resolve("parts"),
            "--output-dir=" + folder.resolve("merged"));

    assertThat(merged.code()).as(merged.err()).isZero();
    assertThat(folder.resolve("merged/summary.json"))
        .hasSameBinaryContentAs(folder.resolve("whole/summary.json"));
  }

  @Test
  void pathDependentNamesTheModeThatFits() {
    Cli cli = explain("out", "--mode=path-dependent");

    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("--mode=linear fits it");
  }

  /// A regression has no probability, in the table and on the patient's page.
  @Test
  void aLinearRegressionPredictsANumber() throws Exception {
    Path file = LibraryModels.FOLDER.resolve("tribuo-lasso.pb");
    Cli cli =
        Cli.run(
            "shap-batch",
            "--model=" + file,
            "--data=" + ROWS,
            "--output-dir=" + folder.resolve("out"));

    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode summary =
        JsonMapper.builder().build().readTree(folder.resolve("out/summary.json").toFile());
    assertThat(summary.path("rows").intValue()).isEqualTo(40);
    assertThat(TableFiles.open(folder.resolve("out/shap.parquet"), "shap.parquet").schema().names())
        .doesNotContain("probability");
    Cli probability =
        Cli.run(
            "shap-batch",
            "--model=" + file,
            "--data=" + ROWS,
            BACKGROUND,
            "--output-space=probability",
            "--output-dir=" + folder.resolve("probability"));
    assertThat(probability.code()).isEqualTo(12);
    assertThat(probability.err()).contains("predicts a number and no probability");
    assertThat(Files.exists(folder.resolve("probability"))).isFalse();
  }
}
