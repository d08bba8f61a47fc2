package org.primum.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.primum.document.LoadedModel;
import org.primum.model.ModelDirectory;
import org.primum.store.Location;
import org.primum.store.ObjectStore;

/// Brings a model to this machine and opens it: a directory that `train` wrote, or a file as its
/// library saved it.
final class ModelInput {

  private ModelInput() {}

  /// @param features names for a file that holds none, in the model's column order
  static LoadedModel open(Location location, Optional<List<String>> features, StepContext context)
      throws IOException {
    if (!isDirectory(location, context)) {
      return LoadedModel.open(file(location, context), features);
    }
    Path directory = context.fetchDirectory("model", location);
    ModelDirectory files = ModelDirectory.read(directory);
    long bytes = files.entries().stream().mapToLong(ModelDirectory.Entry::size).sum();
    context.recordInput("model", location, files.digest(), bytes);
    return LoadedModel.open(directory, Optional.empty());
  }

  /// A file that is not there is the model's fault, not the data's: the opener says so.
  private static Path file(Location location, StepContext context) throws IOException {
    if (location.isLocal() && !Files.isRegularFile(location.path())) {
      return location.path();
    }
    return context.fetch("model", location).path();
  }

  private static boolean isDirectory(Location location, StepContext context) throws IOException {
    if (location.isLocal()) {
      return Files.isDirectory(location.path());
    }
    try (ObjectStore store = context.open(location)) {
      return !store.list("").isEmpty();
    }
  }
}
