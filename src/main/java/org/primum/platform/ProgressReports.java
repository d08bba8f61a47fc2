package org.primum.platform;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Progress to everybody who watches: a terminal, Argo, both or nobody.
public final class ProgressReports implements Progress {

  private final List<Progress> watchers;

  private ProgressReports(List<Progress> watchers) {
    this.watchers = List.copyOf(watchers);
  }

  /// @param terminal whether `err` is a person's terminal
  public static Progress of(Map<String, String> environment, PrintStream err, boolean terminal) {
    List<Progress> watchers = new ArrayList<>();
    String file = environment.getOrDefault("ARGO_PROGRESS_FILE", "");
    if (!file.isBlank()) {
      watchers.add(new ProgressFile(Path.of(file)));
    }
    if (terminal) {
      watchers.add(new ProgressBarLine(err));
    }
    return new ProgressReports(watchers);
  }

  @Override
  public void start(String task, long total) {
    watchers.forEach(watcher -> watcher.start(task, total));
  }

  @Override
  public void advance(long units) {
    watchers.forEach(watcher -> watcher.advance(units));
  }

  @Override
  public void finish() {
    watchers.forEach(Progress::finish);
  }
}
