package org.primum.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.primum.model.reader.ModelReader;

/// testdata/models: models as scikit-learn, XGBoost, LightGBM and their ONNX converters saved them,
/// rows, and what the libraries said of the rows (make.py there).
public final class LibraryModels {

  public static final Path FOLDER = Path.of("testdata", "models");

  private LibraryModels() {}

  public static TreeEnsemble trees(String file) {
    try {
      return (TreeEnsemble) ModelReader.read(FOLDER.resolve(file), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the library said, row after row.
  public static double[] expected(String file, String answer) {
    return ShapFixture.numbers(expected().path(file).required(answer));
  }

  /// The last of the numbers that the library said of each row: of two classes, the second.
  public static double[] last(String file, String answer) {
    JsonNode rows = expected().path(file).required(answer);
    var last = new double[rows.size()];
    for (int row = 0; row < last.length; row++) {
      JsonNode numbers = rows.path(row);
      last[row] = (numbers.isArray() ? numbers.path(numbers.size() - 1) : numbers).doubleValue();
    }
    return last;
  }

  private static JsonNode expected() {
    try {
      return JsonMapper.builder().build().readTree(FOLDER.resolve("expected.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The rows the library was asked about; an empty cell is missing.
  public static FeatureMatrix rows(String file) {
    try {
      String name = expected().path(file).path("rows").textValue();
      List<String> lines = Files.readAllLines(FOLDER.resolve(name + ".csv"));
      List<String[]> cells = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
      double[] values =
          cells.stream()
              .flatMap(java.util.Arrays::stream)
              .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
              .toArray();
      return new FeatureMatrix(values, cells.size(), cells.getFirst().length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
