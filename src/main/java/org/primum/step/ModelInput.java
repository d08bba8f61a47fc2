package org.primum.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.primum.document.LoadedModel;
import org.primum.model.ModelInvalidException;
import org.primum.store.Location;
import org.primum.store.ObjectStore;

/// A model that a step was given: a directory of ours or a file of a library, here or in a bucket.
final class ModelInput {

  private static final String ROLE = "model";

  private ModelInput() {}

  /// Brings the model here, opens it, and names it in the manifest.
  ///
  /// @param features names in the model's column order, for a file that holds none
  /// @throws ModelInvalidException where there is none, or it cannot be read
  static LoadedModel open(Location location, Optional<List<String>> features, StepContext context)
      throws IOException {
    Path path = location.isLocal() ? location.path() : download(location, context);
    LoadedModel model = LoadedModel.open(path, features);
    context.recordInput(ROLE, location, model.digest(), size(path));
    return model;
  }

  private static Path download(Location location, StepContext context) throws IOException {
    boolean isDirectory;
    try (ObjectStore store = context.open(location)) {
      isDirectory = !store.list("").isEmpty();
    }
    if (isDirectory) {
      return context.fetchDirectory(ROLE, location);
    }
    Path file = Files.createTempFile(context.scratch(), ROLE, "");
    Location bucket = new Location.Remote("s3://" + location.bucket(), location.bucket(), "");
    try (ObjectStore store = context.open(bucket)) {
      if (store.stat(location.key()).isEmpty()) {
        throw new ModelInvalidException(location + ": no such model; check bucket and key");
      }
      try (var in = store.open(location.key())) {
        Files.copy(in, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return file;
  }

  private static long size(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return Files.size(path);
    }
    long size = 0;
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }
}
