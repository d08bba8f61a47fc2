package org.primum.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.primum.data.Digest;
import org.primum.model.Feature;
import org.primum.model.ModelInvalidException;
import org.primum.model.NativeFormat;
import org.primum.model.TrainedModel;

/// `model.json`, the description that lies beside a model's own file. Its form is
/// `schema/model.schema.json`. It holds no time and no machine, so that the same training gives the
/// same bytes.
public final class ModelDocument {

  public static final String FILE_NAME = "model.json";
  static final String SCHEMA = "primum.dev/model/v1alpha1";

  private ModelDocument() {}

  private record Wire(
      String schema,
      String learner,
      WireFile file,
      List<WireFeature> features,
      String id,
      WireLabel label,
      List<String> sensitive,
      double threshold,
      WireTraining training) {}

  private record WireFile(String name, String format, String digest) {}

  private record WireLabel(String column, String positive) {}

  private record WireTraining(
      String dataset,
      long seed,
      SortedMap<String, String> hyperparameters,
      List<String> reweighed,
      String weight,
      double holdout,
      long rows,
      long patients,
      long positives) {}

  /// Reads `model.json` itself.
  ///
  /// @throws ModelInvalidException naming the file and the key, where it is not what the schema
  ///   says
  public static TrainedModel read(Path file) throws IOException {
    Wire wire = ModelJson.read(file, Wire.class);
    if (!wire.schema().equals(SCHEMA)) {
      throw new ModelInvalidException(
          file + ": schema: this version reads " + SCHEMA + ", got '" + wire.schema() + "'");
    }
    try {
      return fromWire(wire);
    } catch (IllegalArgumentException | ModelInvalidException e) {
      throw new ModelInvalidException(file + ": " + e.getMessage(), e);
    }
  }

  /// Writes `model.json` into the directory.
  public static void write(Path directory, TrainedModel model) throws IOException {
    Files.write(directory.resolve(FILE_NAME), ModelJson.write(toWire(model)));
  }

  private static TrainedModel fromWire(Wire wire) {
    NativeFormat format =
        NativeFormat.find(wire.file().format())
            .orElseThrow(() ->
                new ModelInvalidException("file.format: unknown '" + wire.file().format() + "'"));
    return new TrainedModel(
        wire.learner(),
        new TrainedModel.NativeFile(wire.file().name(), format, new Digest(wire.file().digest())),
        wire.features().stream().map(WireFeature::feature).toList(),
        new TrainedModel.Roles(
            wire.id(), wire.label().column(), wire.label().positive(), wire.sensitive()),
        wire.threshold(),
        training(wire.training()));
  }

  private static TrainedModel.Training training(WireTraining wire) {
    return new TrainedModel.Training(
        new Digest(wire.dataset()),
        wire.seed(),
        wire.hyperparameters(),
        wire.reweighed(),
        wire.weight(),
        wire.holdout(),
        new TrainedModel.Counts(wire.rows(), wire.patients(), wire.positives()));
  }

  private static Wire toWire(TrainedModel model) {
    TrainedModel.Training training = model.training();
    return new Wire(
        SCHEMA,
        model.learner(),
        new WireFile(
            model.file().name(), model.file().format().wireName(), model.file().digest().value()),
        model.features().stream().map(WireFeature::of).toList(),
        model.roles().id(),
        new WireLabel(model.roles().label(), model.roles().positive()),
        model.roles().sensitive(),
        model.threshold(),
        new WireTraining(
            training.dataset().value(),
            training.seed(),
            training.hyperparameters(),
            training.reweighed(),
            training.weight(),
            training.holdout(),
            training.counts().rows(),
            training.counts().patients(),
            training.counts().positives()));
  }

  /// A feature as the JSON files of a model directory write it.
  ///
  /// @param kind `numeric` or `categorical`
  /// @param categories empty for numeric features
  record WireFeature(String name, String kind, List<String> categories) {

    static WireFeature of(Feature feature) {
      String kind =
          switch (feature.kind()) {
            case NUMERIC -> "numeric";
            case CATEGORICAL -> "categorical";
          };
      return new WireFeature(feature.name(), kind, feature.categories());
    }

    Feature feature() {
      return switch (kind) {
        case "numeric" -> Feature.numeric(name);
        case "categorical" -> Feature.categorical(name, categories);
        default ->
            throw new ModelInvalidException(
                "features: kind of '" + name + "' must be numeric or categorical");
      };
    }
  }
}
