package org.primum.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.primum.data.Digest;
import org.primum.gate.Finding;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;
import org.primum.model.ModelDirectory;

/// Holds the files of an output directory against each other. The verdict names the manifest's
/// digest, the manifest those of all other files; the verdict itself is bound by what it repeats:
/// values, status, subject and time.
///
/// Without a signature this finds a file that was edited, swapped or mixed in from another run, not
/// a directory that somebody forged as a whole.
record EvidenceBinding(
    String source, VerdictDocument.Recorded recorded, Digest manifestDigest, Manifest manifest) {

  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
  private static final String MODEL_FOLDER = "model/";

  /// Relative. Both numbers were written from one double; the slack is for other writers.
  private static final double ROUNDING = 1e-12;

  /// Passed, refused, inconclusive: the exit codes of a step that decided.
  private static final Set<Integer> FINISHED = Set.of(0, 20, 21);

  void checkManifest() {
    require(manifestDigest.equals(recorded.manifest()), "manifest.json", "verdict.json names");
    Verdict verdict = recorded.verdict();
    require(manifest.step().equals(verdict.step()), "verdict.json", "manifest.json names as step");
    require(
        manifest.version().equals(verdict.stepVersion()),
        "verdict.json",
        "manifest.json names as version");
    Instant created = verdict.createdAt();
    require(
        !created.isBefore(manifest.start().minus(CLOCK_SKEW))
            && !created.isAfter(manifest.end().plus(CLOCK_SKEW)),
        "verdict.json",
        "manifest.json gives as the time of the run");
    checkSubject(verdict.subject());
  }

  /// A subject that was also an input has the input's digest; a model that was trained here is the
  /// one that was written here.
  private void checkSubject(Subject subject) {
    for (Manifest.Artifact input : manifest.inputs()) {
      Optional<Digest> named = subject.find(role(input.name()));
      require(
          named.isEmpty() || named.get().equals(input.digest()),
          "verdict.json",
          "manifest.json names as input " + input.name());
    }
    List<ModelDirectory.Entry> written =
        manifest.outputs().stream()
            .filter(output -> output.name().startsWith(MODEL_FOLDER))
            .map(EvidenceBinding::entry)
            .toList();
    if (!written.isEmpty()) {
      require(
          subject
              .find(Subject.MODEL)
              .filter(new ModelDirectory(written).digest()::equals)
              .isPresent(),
          "verdict.json",
          "manifest.json names as model that was written");
    }
  }

  private static String role(String input) {
    return input.equals("data") ? Subject.DATASET : input;
  }

  private static ModelDirectory.Entry entry(Manifest.Artifact output) {
    return new ModelDirectory.Entry(
        output.name().substring(MODEL_FOLDER.length()), output.bytes(), output.digest());
  }

  void checkOutput(String name, Digest digest) {
    require(
        manifest.outputs().stream()
            .anyMatch(o -> o.name().equals(name) && o.digest().equals(digest)),
        name,
        "manifest.json names");
  }

  /// Every file the manifest lists is there, with its bytes: what bears on a decision cannot be
  /// taken away, and the report that people read is the one that was written.
  void checkOutputs(EvidenceDocument.Directory directory) throws IOException {
    for (Manifest.Artifact output : manifest.outputs()) {
      Optional<Digest> found = directory.digest(output.name());
      if (found.isEmpty()) {
        throw new ProvenanceInvalidException(
            "%s: %s is missing, though manifest.json names it: bring the whole output directory of the step"
                .formatted(source, output.name()));
      }
      require(found.get().equals(output.digest()), output.name(), "manifest.json names");
    }
  }

  /// @param status `params/status`, written from the same verdict
  void checkStatus(Source status) {
    checkOutput("params/status", status.digest());
    String text = new String(status.bytes(), StandardCharsets.UTF_8).strip();
    require(
        text.equalsIgnoreCase(recorded.recordedStatus().name()),
        "verdict.json",
        "params/status repeats as its status");
  }

  /// A value that stands in both files is one value.
  void checkMeasurements(List<Measurement> measured) {
    for (Finding finding : recorded.verdict().findings()) {
      for (Measurement row : measured) {
        require(
            !sameCell(finding.measurement(), row) || agree(finding.measurement(), row),
            "verdict.json",
            String.format(
                Locale.ROOT, "metrics.json holds as %s of %s", row.metric(), row.group()));
      }
    }
  }

  /// Reasons why a directory that is whole must not count.
  List<String> objections() {
    return FINISHED.contains(manifest.exitCode())
        ? List.of()
        : List.of("the step ended with exit code " + manifest.exitCode());
  }

  private static boolean sameCell(Measurement one, Measurement other) {
    return one.metric().equals(other.metric())
        && one.group().equals(other.group())
        && one.comparison().equals(other.comparison());
  }

  private static boolean agree(Measurement one, Measurement other) {
    if (one.value() instanceof Measure.Known(double a)
        && other.value() instanceof Measure.Known(double b)) {
      return Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));
    }
    return true;
  }

  private void require(boolean bound, String file, String claim) {
    if (!bound) {
      throw new ProvenanceInvalidException(
          "%s: %s is not what %s: it was changed after the step wrote it, or comes from another run; run the step again"
              .formatted(source, file, claim));
    }
  }
}
