package org.primum.model;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.model.reader.ModelReader;

/// One folder of testdata/shap: a model as its library saved it, rows, and expected values from a
/// float64 enumeration of all feature subsets (README there).
public final class ShapFixture {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final Path folder;

  public ShapFixture(String name) {
    this.folder = Path.of("testdata", "shap", name);
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  /// The model under the feature names of `rows.csv`.
  public Scorer model(String file) {
    try {
      return ModelReader.read(file(file), Optional.of(featureNames()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TreeEnsemble trees(String file) {
    return (TreeEnsemble) model(file);
  }

  /// The model under the names in its own file.
  public TreeEnsemble lightgbm(String file) {
    try {
      return (TreeEnsemble) ModelReader.read(file(file), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public JsonNode expected(String file) {
    try {
      return JSON.readTree(file(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<String> featureNames() {
    List<String> header = List.of(lines("rows.csv").getFirst().split(",", -1));
    return header.subList(1, header.size());
  }

  /// The rows as the model's features read them; an empty cell is missing, a name its code.
  public FeatureMatrix rows(Scorer model) {
    return rows(model, "rows.csv");
  }

  /// The rows of the interventional values, in the same form.
  public FeatureMatrix background(Scorer model) {
    return rows(model, "background.csv");
  }

  private FeatureMatrix rows(Scorer model, String file) {
    List<String> lines = lines(file);
    int columns = model.features().size();
    var values = new double[(lines.size() - 1) * columns];
    for (int row = 0; row + 1 < lines.size(); row++) {
      String[] cells = lines.get(row + 1).split(",", -1);
      for (int column = 0; column < columns; column++) {
        values[row * columns + column] = value(model.features().get(column), cells[column + 1]);
      }
    }
    return new FeatureMatrix(values, lines.size() - 1, columns);
  }

  private static double value(Feature feature, String cell) {
    if (cell.isEmpty()) {
      return Double.NaN;
    }
    return feature.kind() == Feature.Kind.CATEGORICAL
        ? feature.categories().indexOf(cell)
        : Double.parseDouble(cell);
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(file(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The numbers of an array, nested ones one after another.
  public static double[] numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    collect(array, numbers);
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void collect(JsonNode node, List<Double> numbers) {
    if (node.isArray()) {
      node.forEach(element -> collect(element, numbers));
    } else {
      numbers.add(node.doubleValue());
    }
  }
}
