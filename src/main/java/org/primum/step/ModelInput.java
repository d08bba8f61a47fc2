package org.primum.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.document.LoadedModel;
import org.primum.model.ModelDirectory;
import org.primum.model.ModelInvalidException;
import org.primum.store.Location;
import org.primum.store.ObjectStore;

/// A model at a location: a directory that `train` wrote, or a file as its library saved it. Every
/// step that takes a model comes through here, so that all of them name it by the same digest.
public final class ModelInput {

  private static final String ROLE = "model";

  private ModelInput() {}

  /// The model, opened.
  ///
  /// @param features names for a file that holds none, in the model's column order
  public static LoadedModel open(
      Location location, Optional<List<String>> features, StepContext context) throws IOException {
    if (!isDirectory(location, context)) {
      return LoadedModel.open(file(location, context), features);
    }
    Path directory = context.fetchDirectory(ROLE, location);
    files(directory, location, context);
    return LoadedModel.open(directory, Optional.empty());
  }

  /// What names the model: of a directory its `dirHash`, of a file the digest of its bytes.
  public static Digest digest(Location location, StepContext context) throws IOException {
    return isDirectory(location, context)
        ? files(context.fetchDirectory(ROLE, location), location, context).digest()
        : fileDigest(location, context);
  }

  private static Digest fileDigest(Location location, StepContext context) throws IOException {
    try {
      return context.fetch(ROLE, location).digest();
    } catch (DataInvalidException e) {
      throw new ModelInvalidException(String.valueOf(e.getMessage()), e);
    }
  }

  /// The files of a model directory, registered as an input.
  ///
  /// @param directory where it is on this machine
  /// @param location where it was given
  public static ModelDirectory files(Path directory, Location location, StepContext context)
      throws IOException {
    ModelDirectory files = ModelDirectory.read(directory);
    long bytes = files.entries().stream().mapToLong(ModelDirectory.Entry::size).sum();
    context.recordInput(ROLE, location, files.digest(), bytes);
    return files;
  }

  /// A file that is not there is the model's fault, not the data's: the opener says so.
  private static Path file(Location location, StepContext context) throws IOException {
    if (location.isLocal() && !Files.isRegularFile(location.path())) {
      return location.path();
    }
    return context.fetch(ROLE, location).path();
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
