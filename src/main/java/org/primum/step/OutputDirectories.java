package org.primum.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.primum.document.ShapleyShardDocument;
import org.primum.store.Location;
import org.primum.store.ObjectStore;

/// The output directories of steps that a location stands for. An engine puts what several steps
/// left side by side into one directory, and names only that.
public final class OutputDirectories {

  /// What a directory holds that is itself an output directory, also where the step was stopped
  /// before its verdict was there.
  private static final Set<String> OWN =
      Set.of(
          OutputDirectory.MARKER,
          "manifest.json",
          "metrics.json",
          "tally.bin",
          ShapleyShardDocument.FILE_NAME);

  private OutputDirectories() {}

  /// The location itself; or, where it holds directories and nothing of a step's own, each of these
  /// in the order of their names. None is left out: one without a verdict is absent evidence, and
  /// who asks has to say so. Only names that start with `.` and `lost+found` are nobody's.
  public static List<Location> at(Location location, StepContext context) throws IOException {
    Set<String> below = location.isLocal() ? locally(location.path()) : remotely(location, context);
    if (below.isEmpty()) {
      return List.of(location);
    }
    return below.stream().map(name -> resolve(location, name)).toList();
  }

  /// Whether the location is a file, or names none; else it holds what a step left.
  public static boolean isFile(Location location, StepContext context) throws IOException {
    if (location.isLocal()) {
      return !Files.isDirectory(location.path());
    }
    if (location.key().isEmpty()) {
      return false;
    }
    try (ObjectStore store = context.open(location.wholeBucket())) {
      return store.stat(location.key()).isPresent();
    }
  }

  private static Set<String> locally(Path directory) throws IOException {
    Set<String> names = new TreeSet<>();
    if (!Files.isDirectory(directory)) {
      return names;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.toList()) {
        String name = String.valueOf(entry.getFileName());
        if (OWN.contains(name)) {
          return Set.of();
        }
        if (Files.isDirectory(entry) && isSomebodys(name)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static Set<String> remotely(Location prefix, StepContext context) throws IOException {
    Set<String> names = new TreeSet<>();
    try (ObjectStore store = context.open(prefix)) {
      if (store.stat(OutputDirectory.MARKER).isPresent()) {
        return names;
      }
      for (ObjectStore.Stat object : store.list("")) {
        String key = object.key();
        int slash = key.indexOf('/');
        if (OWN.contains(key)) {
          return Set.of();
        }
        if (slash > 0 && isSomebodys(key.substring(0, slash))) {
          names.add(key.substring(0, slash));
        }
      }
    }
    return names;
  }

  private static boolean isSomebodys(String name) {
    return !name.startsWith(".") && !name.equals("lost+found");
  }

  private static Location resolve(Location location, String name) {
    try {
      return location.resolve(name);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          location + ": holds a directory whose name no location can have: " + e.getMessage());
    }
  }
}
