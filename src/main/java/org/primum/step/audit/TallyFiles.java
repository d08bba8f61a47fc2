package org.primum.step.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.primum.data.DataInvalidException;
import org.primum.fairness.tally.CountedTable;
import org.primum.fairness.tally.CountedTally;
import org.primum.fairness.tally.Tally;
import org.primum.fairness.tally.TallyFile;
import org.primum.step.OutputDirectories;
import org.primum.step.OutputDirectory;
import org.primum.step.StepContext;
import org.primum.step.UsageException;
import org.primum.store.Location;
import org.primum.store.ObjectStore;

/// Finds tallies and reads them. The manifest names each file, and each table that it counts.
final class TallyFiles {

  static final String FILE_NAME = "tally.bin";

  /// In bytes; one of as many groups as there may be stays below.
  private static final long LIMIT = 256L << 20;

  private TallyFiles() {}

  /// The one file of a tally at a location: itself, or in the output directory of a step.
  ///
  /// @param role the option it was named with, without the hyphens
  /// @throws UsageException where the location holds several
  private static Location file(String role, Location location, StepContext context)
      throws IOException {
    List<Location> files = at(role, location, context);
    if (files.size() > 1) {
      throw new UsageException(
          "--%s=%s: holds %d tallies; put them together with fairness-merge first"
              .formatted(role, location, files.size()));
    }
    return files.getFirst();
  }

  /// The tally to be audited: a file, or the output directory of a step that left one.
  ///
  /// @throws UsageException where the location holds several
  static CountedTally audited(Location location, StepContext context) throws IOException {
    return read("tally", file("tally", location, context), context);
  }

  /// The tally of the model in use; the tables it counts are not those of the audit.
  ///
  /// @throws UsageException where the location holds several
  static Tally baseline(Location location, StepContext context) throws IOException {
    StepContext.Input input = context.fetch("baseline", file("baseline", location, context));
    return TallyFile.readCounted(bytes(input), input.name()).tally();
  }

  /// The tallies that a location stands for.
  ///
  /// @param role what messages and the manifest call it
  static List<Location> at(String role, Location location, StepContext context) throws IOException {
    if (OutputDirectories.isFile(location, context)) {
      return List.of(location);
    }
    List<Location> files = new ArrayList<>();
    for (Location directory : OutputDirectories.at(location, context)) {
      requireFinished(role, directory, !directory.equals(location), context);
      files.add(directory.resolve(FILE_NAME));
    }
    return files;
  }

  /// @param found whether nobody named this very directory: then it has to have its verdict, which
  ///   a step writes last
  private static void requireFinished(
      String role, Location directory, boolean found, StepContext context) throws IOException {
    try (ObjectStore store = context.open(directory)) {
      if (found && store.stat(OutputDirectory.MARKER).isEmpty()) {
        throw new DataInvalidException(
            "--%s: %s holds no %s; fairness-tally did not finish there: run that shard again, or take the directory away"
                .formatted(role, directory, OutputDirectory.MARKER));
      }
      if (store.stat(FILE_NAME).isEmpty()) {
        throw new DataInvalidException(
            "--%s: %s holds no %s; name the output directory of fairness-tally, fairness-merge or fairness-audit"
                .formatted(role, directory, FILE_NAME));
      }
    }
  }

  /// @param role what messages and the manifest call it
  static CountedTally read(String role, Location file, StepContext context) throws IOException {
    StepContext.Input input = context.fetch(role, file);
    CountedTally counted = TallyFile.readCounted(bytes(input), input.name());
    for (CountedTable table : counted.tables()) {
      context.recordInput("counted", file, table.dataset(), table.bytes());
    }
    return counted;
  }

  private static byte[] bytes(StepContext.Input input) throws IOException {
    Path path = input.path();
    if (Files.size(path) > LIMIT) {
      throw new DataInvalidException(
          "%s: larger than %d bytes; no tally is. Is this the right file?"
              .formatted(input.name(), LIMIT));
    }
    return Files.readAllBytes(path);
  }
}
