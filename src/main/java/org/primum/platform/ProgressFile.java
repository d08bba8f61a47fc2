package org.primum.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Progress as Argo reads it: the line `N/M` in the file that `$ARGO_PROGRESS_FILE` names.
///
/// N is in percent, M is 100, and N never falls: a step of several phases has no single total.
/// Written at most once a percent.
final class ProgressFile implements Progress {

  private final Path file;
  private long total;
  private long done;
  private int phases;
  private int written = -1;

  ProgressFile(Path file) {
    this.file = file;
  }

  @Override
  public void start(String task, long total) {
    this.total = total;
    this.done = 0;
    phases++;
    write(percent());
  }

  @Override
  public void advance(long units) {
    done += units;
    write(percent());
  }

  @Override
  public void finish() {
    done = Math.max(total, done);
    write(percent());
  }

  /// Each phase takes half of what is left, so that later phases still move.
  private int percent() {
    double before = 1 - Math.pow(0.5, phases - 1.0);
    double within = total > 0 ? Math.min(1, done / (double) total) : 0;
    return (int) Math.floor(100 * (before + within * Math.pow(0.5, phases)));
  }

  private void write(int percent) {
    if (percent <= written) {
      return;
    }
    written = percent;
    try {
      Files.write(file, (percent + "/100\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      written = Integer.MAX_VALUE;
    }
  }
}
