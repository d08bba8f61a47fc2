package org.primum.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.primum.document.Manifest;
import org.primum.report.JUnitXml;
import org.primum.report.MarkdownSummary;
import org.primum.report.Report;
import org.primum.report.SarifLog;
import org.primum.store.Location;
import org.primum.store.ObjectStore;
import org.primum.store.Stores;

/// The files for a CI server that one run writes. Each appears whole or not at all, and replaces an
/// earlier one only where `--overwrite` allows that; GitHub's own file of a job's summary, which is
/// always there, is appended to.
record CiFiles(StepRun.Target target, Map<String, String> environment, Stores stores) {

  /// @throws UsageException where a file is there already, or two formats have one place
  void refuseEarlier() throws IOException {
    Set<String> places = new HashSet<>();
    for (CiFile file : target.ciFiles()) {
      if (!places.add(file.at().toString())) {
        throw new UsageException(file.given() + ": another option names this file; name another");
      }
      if (file.at().isLocal()) {
        refuseUnwritable(file, file.at().path().toAbsolutePath().normalize());
      }
      if (!isAppended(file) && exists(file)) {
        throw new UsageException(
            file.given() + ": is there already; name another file, or give --overwrite");
      }
    }
  }

  /// Before the work, not after it.
  private static void refuseUnwritable(CiFile file, Path path) {
    Path above = path.getParent();
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    if (Files.isDirectory(path) || above == null) {
      throw new UsageException(file.given() + ": a directory; name a file");
    }
    if (!Files.isDirectory(above) || !Files.isWritable(above)) {
      throw new UsageException(
          file.given() + ": cannot be written; name a file in a directory this user may write");
    }
  }

  /// Writes every file.
  ///
  /// @param inputs of the step; among them the policy, to which SARIF points
  void write(Report report, List<Manifest.Artifact> inputs) throws IOException {
    for (CiFile file : target.ciFiles()) {
      byte[] bytes =
          switch (file.format()) {
            case JUNIT -> JUnitXml.write(report.verdict());
            case SARIF -> SarifLog.write(report, PolicyPlace.of(inputs));
            case SUMMARY -> summary(report);
          };
      write(file, bytes);
    }
  }

  private byte[] summary(Report report) {
    return MarkdownSummary.write(report, target.directory().resolve("report.html").toString())
        .getBytes(StandardCharsets.UTF_8);
  }

  private void write(CiFile file, byte[] bytes) throws IOException {
    Location at = file.at();
    if (!at.isLocal()) {
      try (ObjectStore store = stores.open(at.wholeBucket())) {
        store.put(at.key(), ObjectStore.Content.of(bytes));
      }
      return;
    }
    if (isAppended(file)) {
      Files.write(at.path(), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } else {
      replace(at.path().toAbsolutePath().normalize(), bytes);
    }
  }

  private static void replace(Path path, byte[] bytes) throws IOException {
    Files.createDirectories(path.resolveSibling("."));
    Path beside = path.resolveSibling(".primum-" + UUID.randomUUID() + ".tmp");
    try {
      Files.write(beside, bytes);
      Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /// GitHub makes this file for each step of a job, and shows what the step added to it.
  private boolean isAppended(CiFile file) {
    String github = environment.getOrDefault("GITHUB_STEP_SUMMARY", "");
    return file.format() == CiFile.Format.SUMMARY
        && file.at().isLocal()
        && !github.isEmpty()
        && file.at().path().toAbsolutePath().equals(Path.of(github).toAbsolutePath());
  }

  private boolean exists(CiFile file) throws IOException {
    if (target.overwrite()) {
      return false;
    }
    if (file.at().isLocal()) {
      return Files.exists(file.at().path());
    }
    try (ObjectStore store = stores.open(file.at().wholeBucket())) {
      return store.stat(file.at().key()).isPresent();
    }
  }
}
