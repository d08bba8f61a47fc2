package org.primum.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgressReportsTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void writesTheFileArgoReadsAndNeverFallsBack() throws Exception {
    Progress progress = reports(false);
    List<Integer> seen = new ArrayList<>();
    for (int phase = 0; phase < 3; phase++) {
      progress.start("phase", 10);
      for (int i = 0; i < 10; i++) {
        progress.advance(1);
        seen.add(percent());
      }
      progress.finish();
    }

    assertThat(seen).isSorted();
    assertThat(seen.get(4)).isEqualTo(25);
    assertThat(seen.getLast()).isBetween(87, 100);
    assertThat(Files.readString(file())).matches("\\d+/100\n");
  }

  @Test
  void drawsABarOnlyInATerminal() {
    Progress silent = reports(false);
    silent.start("quiet", 3);
    silent.finish();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();

    Progress bar = reports(true);
    bar.start("scoring", 3);
    bar.advance(3);
    bar.finish();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("scoring").contains("100%");
  }

  private Progress reports(boolean terminal) {
    return ProgressReports.of(
        Map.of("ARGO_PROGRESS_FILE", file().toString()),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal);
  }

  private int percent() throws Exception {
    return Integer.parseInt(Files.readString(file()).replaceAll("/.*\\s", ""));
  }

  private Path file() {
    return directory.resolve("progress");
  }
}
