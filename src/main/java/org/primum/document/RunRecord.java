package org.primum.document;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How one run of a workflow ended.
///
/// @param run what the engine calls the run
/// @param workflow the workflow's name; empty where that was not said
/// @param failures what went wrong, in the engine's order; empty where nothing did
/// @param engine the identifiers the engine set for the process that recorded it
/// @param version of primum
public record RunRecord(
    String run,
    String workflow,
    Ending status,
    List<Failure> failures,
    SortedMap<String, String> engine,
    String version,
    Instant time) {

  /// Messages and names are cut to so many characters.
  public static final int TEXT = 1024;

  /// How a run can end, in the words of Argo Workflows and Kubeflow Pipelines.
  public enum Ending {
    SUCCEEDED,
    FAILED,
    ERROR,
    CANCELLED,
    SKIPPED;

    /// @return empty for a word that is none of an ending, as `Running`
    public static Optional<Ending> of(String word) {
      return switch (word.strip().toUpperCase(java.util.Locale.ROOT)) {
        case "SUCCEEDED" -> Optional.of(SUCCEEDED);
        case "FAILED" -> Optional.of(FAILED);
        case "ERROR" -> Optional.of(ERROR);
        case "CANCELLED", "CANCELED", "CANCELING", "CANCELLING" -> Optional.of(CANCELLED);
        case "SKIPPED", "OMITTED" -> Optional.of(SKIPPED);
        default -> Optional.empty();
      };
    }
  }

  /// One node that failed. Each text is empty where the engine did not say it.
  public record Failure(
      String displayName,
      String templateName,
      String podName,
      String phase,
      String message,
      String finishedAt) {
    public Failure {
      displayName = cut(displayName);
      templateName = cut(templateName);
      podName = cut(podName);
      phase = cut(phase);
      message = cut(message);
      finishedAt = cut(finishedAt);
    }

    private static String cut(String text) {
      if (text.codePointCount(0, text.length()) <= TEXT) {
        return text;
      }
      return text.substring(0, text.offsetByCodePoints(0, TEXT - 1)) + "…";
    }
  }

  public RunRecord {
    failures = List.copyOf(failures);
    engine = Collections.unmodifiableSortedMap(new TreeMap<>(engine));
  }
}
