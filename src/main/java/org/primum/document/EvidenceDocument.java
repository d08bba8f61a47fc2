package org.primum.document;

import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.data.Digest;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Measurement;
import org.primum.promotion.Evidence;

/// The output directory of a step, read as [Evidence]: `verdict.json`, `metrics.json`,
/// `manifest.json`, and what else bears on the decision.
public final class EvidenceDocument {

  /// An audit of a thousand groups stays far below this, in bytes.
  public static final int LIMIT = 64 << 20;

  private static final String NOISE = "dp-noise";

  /// The files of a directory, wherever it is.
  public interface Directory {
    /// A file's bytes, where there is one.
    ///
    /// @throws ConfigInvalidException where it has more than [#LIMIT] bytes
    Optional<byte[]> file(String name) throws IOException;

    /// The digest of a file of any size, where there is one.
    Optional<Digest> digest(String name) throws IOException;
  }

  private EvidenceDocument() {}

  /// Reads and cross-checks the directory.
  ///
  /// @param source how messages call it
  /// @return unusable evidence where something is missing, cut off or of another version
  /// @throws ProvenanceInvalidException where its files contradict each other: somebody changed
  ///   them after the step had written them
  public static Evidence read(String source, Directory directory) throws IOException {
    try {
      Optional<byte[]> verdict = directory.file("verdict.json");
      Optional<byte[]> manifest = directory.file("manifest.json");
      Optional<byte[]> metrics = directory.file("metrics.json");
      if (verdict.isEmpty() || manifest.isEmpty() || metrics.isEmpty()) {
        return new Evidence.Unusable(source, "it holds no " + missing(verdict, manifest));
      }
      return presented(
          source,
          directory,
          new Source(source + "/verdict.json", verdict.get()),
          new Source(source + "/manifest.json", manifest.get()),
          new Source(source + "/metrics.json", metrics.get()));
    } catch (ConfigInvalidException | DateTimeException | IllegalArgumentException e) {
      return new Evidence.Unusable(source, "it cannot be read: " + e.getMessage());
    }
  }

  private static String missing(Optional<byte[]> verdict, Optional<byte[]> manifest) {
    if (verdict.isEmpty()) {
      return "verdict.json; is it the output directory of a step that finished?";
    }
    return manifest.isEmpty() ? "manifest.json" : "metrics.json";
  }

  private static Evidence presented(
      String source, Directory directory, Source verdict, Source manifest, Source metrics)
      throws IOException {
    VerdictDocument.Recorded recorded = VerdictDocument.read(verdict);
    EvidenceBinding binding =
        new EvidenceBinding(source, recorded, manifest.digest(), ManifestDocument.read(manifest));
    binding.checkManifest();
    binding.checkOutput("metrics.json", metrics.digest());
    binding.checkOutputs(directory);
    List<Measurement> measured = MetricsDocument.read(metrics);
    binding.checkMeasurements(measured);
    List<String> objections = new ArrayList<>(binding.objections());
    Optional<byte[]> status = directory.file("params/status");
    if (status.isPresent()) {
      binding.checkStatus(new Source(source + "/params/status", status.get()));
    }
    Optional<byte[]> release = directory.file("release.json");
    if (release.isPresent()) {
      Source of = new Source(source + "/release.json", release.get());
      binding.checkOutput("release.json", of.digest());
      objections.addAll(NoisyRelease.objections(of));
    } else if (recorded.verdict().step().equals(NOISE)) {
      objections.add("it holds no release.json, so nobody can tell whether its noise was real");
    }
    return new Evidence.Presented(
        source,
        verdict.digest(),
        recorded.verdict(),
        recorded.recordedStatus(),
        measured,
        objections);
  }
}
