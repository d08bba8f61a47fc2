package org.primum.step.explanation;

import java.util.Optional;
import java.util.OptionalInt;
import org.primum.step.UsageException;
import org.primum.store.Location;

/// What `shap-batch` reads and keeps beside model, data and background, and with how many threads.
///
/// @param explainer an `explainer.bin` in the place of the model's own form and a background
/// @param saveExplainer whether to leave one
/// @param coverFrom rows to count for the cover of trees
/// @param resume where finished pieces are kept until the run is done
/// @param threads empty for all processors
public record ShapFiles(
    Optional<Location> explainer,
    boolean saveExplainer,
    Optional<Location> coverFrom,
    Optional<Location> resume,
    OptionalInt threads) {

  /// The most threads that can be asked for.
  private static final int MOST_THREADS = 1024;

  public ShapFiles {
    if (explainer.isPresent() && coverFrom.isPresent()) {
      throw new UsageException(
          "--cover-from: the file of --explainer holds the cover; leave one of them out");
    }
    threads.ifPresent(ShapFiles::requireThreads);
  }

  private static void requireThreads(int threads) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new UsageException("--threads must be from 1 to " + MOST_THREADS + ", got " + threads);
    }
  }

  /// @throws UsageException where a background does not go with the files
  void requireFit(boolean hasBackground) {
    if (hasBackground && explainer.isPresent()) {
      throw new UsageException(
          "--background: the file of --explainer says what is compared with; leave one of them out");
    }
    if (hasBackground && coverFrom.isPresent()) {
      throw new UsageException(
          "--cover-from counts rows for path-dependent values, and --background compares with rows"
              + " instead; leave one of them out");
    }
  }
}
