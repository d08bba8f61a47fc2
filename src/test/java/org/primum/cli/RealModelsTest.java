package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Selection;
import org.primum.model.ShapFixture;
import org.primum.table.TableFiles;

/// testdata/explained: models of real data, of three classes, with categories and of depth 12, go
/// through `shap-batch` from the file their own library saved, and come out as XGBoost, LightGBM
/// and shap explain them (make.py there). `make conformance` does the same with larger models.
final class RealModelsTest {

  private static final Path FOLDER = Path.of("testdata", "explained");

  @TempDir Path folder;

  /// XGBoost adds in float32, LightGBM and shap's own code in float64.
  @ParameterizedTest
  @CsvSource({
    "three-classes, json, mixed, 1e-6",
    "three-classes, json, float64, 1e-6",
    "categorical, txt, mixed, 5e-5",
    "categorical, txt, float64, 1e-11",
    "depth-12, json, mixed, 2e-6",
    "depth-12, json, float64, 1e-12"
  })
  void valuesAreTheLibrarys(String name, String type, String precision, double near)
      throws Exception {
    requireNear(name, type, "path-dependent", near, "--precision=" + precision);
  }

  /// shap keeps thresholds and values of leaves in float32 on this way.
  @ParameterizedTest
  @CsvSource({
    "three-classes, mixed, 1e-6",
    "three-classes, float64, 1e-6",
    "depth-12, mixed, 2e-6",
    "depth-12, float64, 1e-6"
  })
  void valuesAgainstABackgroundAreThoseOfShap(String name, String precision, double near)
      throws Exception {
    Path background = FOLDER.resolve(name + "-background.csv");
    requireNear(
        name,
        "json",
        "interventional",
        near,
        "--precision=" + precision,
        "--background=" + background);
  }

  private void requireNear(String name, String type, String mode, double near, String... options)
      throws IOException {
    Path rows = FOLDER.resolve(name + "-rows.csv");
    var arguments =
        new ArrayList<String>(
            List.of(
                "shap-batch",
                "--model=" + FOLDER.resolve(name + "." + type),
                "--data=" + rows,
                "--output-dir=" + folder));
    arguments.addAll(Arrays.asList(options));
    Cli run = Cli.run(arguments.toArray(String[]::new));

    assertThat(run.err()).contains("PASS");
    JsonNode said =
        JsonMapper.builder().build().readTree(FOLDER.resolve(name + ".expected.json").toFile());
    double[] expected = ShapFixture.numbers(said.required(mode));
    assertThat(values(rows, expected.length))
        .as("values, a row and class after the other")
        .usingComparatorWithPrecision(near)
        .containsExactly(expected);
  }

  private double[] values(Path rows, int count) throws IOException {
    List<Selection> columns =
        Arrays.stream(Files.readAllLines(rows).getFirst().split(",", -1))
            .map(feature -> Selection.number("phi." + feature))
            .toList();
    var values = new double[count];
    Path file = folder.resolve("shap.parquet");
    try (Batches batches = TableFiles.open(file, "shap.parquet").read(columns)) {
      Batch lines = batches.next().orElseThrow();
      assertThat(lines.rows() * columns.size()).isEqualTo(count);
      for (int i = 0; i < count; i++) {
        values[i] = lines.number(i % columns.size()).value(i / columns.size());
      }
    }
    return values;
  }
}
