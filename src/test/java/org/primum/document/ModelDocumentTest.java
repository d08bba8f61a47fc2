package org.primum.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.data.Digest;
import org.primum.model.Feature;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;
import org.primum.model.LinearModel.Transform;
import org.primum.model.ModelInvalidException;
import org.primum.model.NativeFormat;
import org.primum.model.TrainedModel;

/// A model of two features, age and site, described in `model.json` and held in `linear.json`.
final class ModelDocumentTest {

  private static final TrainedModel MODEL =
      new TrainedModel(
          "logistic-regression",
          new TrainedModel.NativeFile("linear.json", NativeFormat.LINEAR_JSON, Digest.of("x")),
          List.of(Feature.numeric("age"), Feature.categorical("site", List.of("N", "S"))),
          new TrainedModel.Roles("patient_id", "died", "1", List.of("race", "sex")),
          0.25,
          new TrainedModel.Training(
              Digest.of("data"),
              7,
              new TreeMap<>(java.util.Map.of("epochs", "5")),
              List.of("race"),
              "",
              0.25,
              new TrainedModel.Counts(100, 80, 20)));

  private static final LinearModel LINEAR =
      new LinearModel(
          MODEL.features(),
          List.of(
              new Term(0, new Transform.Standardized(60, 10), 0.5, 0),
              new Term(0, new Transform.MissingIndicator(), 0.1, 0.25),
              new Term(1, new Transform.Category(1), -0.3, 0.5)),
          -1.5);

  @TempDir Path directory;

  @Test
  void readsBackWhatItWrote() throws IOException {
    ModelDocument.write(directory, MODEL);
    assertThat(ModelDocument.read(directory.resolve("model.json"))).isEqualTo(MODEL);
  }

  @Test
  void readsBackALinearModel() throws IOException {
    Path file = directory.resolve("linear.json");
    LinearModelDocument.write(file, LINEAR);
    assertThat(LinearModelDocument.read(file)).isEqualTo(LINEAR);
  }

  @Test
  void writesWhatTheSchemasSay() throws IOException {
    ModelDocument.write(directory, MODEL);
    LinearModelDocument.write(directory.resolve("linear.json"), LINEAR);
    assertThat(violations("model.schema.json", directory.resolve("model.json"))).isEmpty();
    assertThat(violations("linear-model.schema.json", directory.resolve("linear.json"))).isEmpty();
  }

  private static List<String> violations(String schema, Path file) throws IOException {
    var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    try (var in = ModelDocumentTest.class.getResourceAsStream("/schema/" + schema)) {
      return registry
          .getSchema(java.util.Objects.requireNonNull(in))
          .validate(Files.readString(file), InputFormat.JSON)
          .stream()
          .map(Object::toString)
          .toList();
    }
  }

  @Test
  void rejectsAnUnknownKeyWithItsPath() throws IOException {
    Path file = changed("\"seed\" : 7", "\"seed\" : 7, \"sede\" : 8");
    assertThatThrownBy(() -> ModelDocument.read(file))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("model.json")
        .hasMessageContaining("training.sede");
  }

  @Test
  void rejectsARepeatedKey() throws IOException {
    Path file = changed("\"seed\" : 7", "\"seed\" : 7, \"seed\" : 8");
    assertThatThrownBy(() -> ModelDocument.read(file))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("seed");
  }

  @Test
  void rejectsAFileNameThatLeavesTheDirectory() throws IOException {
    Path file = changed("\"linear.json\"", "\"../linear.json\"");
    assertThatThrownBy(() -> ModelDocument.read(file))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("plain file name");
  }

  @Test
  void rejectsTextWhereANumberBelongs() throws IOException {
    Path file = changed("\"threshold\" : 0.25", "\"threshold\" : \"0.25\"");
    assertThatThrownBy(() -> ModelDocument.read(file))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("threshold");
  }

  @Test
  void rejectsWhatIsNotJson() throws IOException {
    Path file = Files.writeString(directory.resolve("model.json"), "not a model");
    assertThatThrownBy(() -> ModelDocument.read(file))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("not JSON");
  }

  private Path changed(String from, String to) throws IOException {
    ModelDocument.write(directory, MODEL);
    Path file = directory.resolve("model.json");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    return Files.writeString(file, text.replace(from, to));
  }
}
