package org.primum.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.primum.data.Digest;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.model.LinearModel;
import org.primum.model.ModelDirectory;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.TrainedModel;
import org.primum.model.TreeEnsemble;
import org.primum.model.reader.ModelReader;
import org.primum.model.xgboost.XgboostReader;

/// A model that is ready to score, with what is known of it.
///
/// @param scorer a [TreeEnsemble] or a [LinearModel]
/// @param description what `model.json` says; empty for a model that others saved
/// @param digest of the directory (its `dirHash`), or of the file
public record LoadedModel(Scorer scorer, Optional<TrainedModel> description, Digest digest) {

  /// Opens a model directory of ours, or a file of a form that [ModelReader] reads.
  ///
  /// @param features the names in the model's column order, for a file that holds none; not for
  ///   directories, which hold them
  /// @throws ModelInvalidException where there is no such model or it cannot be read
  /// @throws ProvenanceInvalidException where the model's file is not the one `model.json` names
  public static LoadedModel open(Path path, Optional<List<String>> features) throws IOException {
    if (Files.isDirectory(path)) {
      return directory(path);
    }
    if (!Files.isRegularFile(path)) {
      throw new ModelInvalidException(
          path + ": no such model; give the model directory that train wrote, or a model file");
    }
    return new LoadedModel(ModelReader.read(path, features), Optional.empty(), Digest.of(path));
  }

  private static LoadedModel directory(Path path) throws IOException {
    ModelDirectory files = ModelDirectory.read(path);
    Path document = path.resolve(ModelDocument.FILE_NAME);
    if (!Files.isRegularFile(document)) {
      throw new ModelInvalidException(
          path + ": no " + ModelDocument.FILE_NAME + " in it; give the directory train wrote");
    }
    TrainedModel description = ModelDocument.read(document);
    Path file = path.resolve(description.file().name());
    if (!Files.isRegularFile(file)) {
      throw new ModelInvalidException(file + ": missing, though model.json names it");
    }
    Digest found = Digest.of(file);
    if (!found.equals(description.file().digest())) {
      throw new ProvenanceInvalidException(
          file
              + ": changed since it was trained: model.json says "
              + description.file().digest()
              + ", the file is "
              + found);
    }
    return new LoadedModel(scorer(file, description), Optional.of(description), files.digest());
  }

  private static Scorer scorer(Path file, TrainedModel description) throws IOException {
    return switch (description.file().format()) {
      case XGBOOST_JSON ->
          named(
              XgboostReader.readJson(bytes(file), file.toString(), names(description)),
              file,
              description);
      case XGBOOST_UBJ ->
          named(
              XgboostReader.readUbj(bytes(file), file.toString(), names(description)),
              file,
              description);
      case LINEAR_JSON -> {
        LinearModel model = LinearModelDocument.read(file);
        requireSameFeatures(model.features().equals(description.features()), file);
        yield model;
      }
    };
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > ModelReader.MAX_BYTES) {
      throw new ModelInvalidException(
          file + ": models of at most " + ModelReader.MAX_BYTES + " bytes are read");
    }
    return Files.readAllBytes(file);
  }

  private static Optional<List<String>> names(TrainedModel description) {
    return Optional.of(description.features().stream().map(f -> f.name()).toList());
  }

  private static TreeEnsemble named(TreeEnsemble ensemble, Path file, TrainedModel description) {
    requireSameFeatures(ensemble.features().size() == description.features().size(), file);
    return ensemble.withFeatures(description.features());
  }

  private static void requireSameFeatures(boolean same, Path file) {
    if (!same) {
      throw new ModelInvalidException(file + ": its features are not those of model.json");
    }
  }
}
